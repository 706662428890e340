# bash completion for entente
_entente() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  local all='--output --from --ontology --help --version'
  local view='--level --focus --depth --relation --since --until --factuality --min-weight --all'
  view="$view --layout --layout-timeout --theme --scale --link --title"
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W 'build parse query draw explain check --help --version' -- "$cur"))
    return
  fi
  case $prev in
  --level) COMPREPLY=($(compgen -W 'actor country' -- "$cur")); return ;;
  --theme) COMPREPLY=($(compgen -W 'light dark' -- "$cur")); return ;;
  --layout) COMPREPLY=($(compgen -W 'dot neato fdp sfdp circo twopi' -- "$cur")); return ;;
  --results) COMPREPLY=($(compgen -W 'table csv tsv json xml' -- "$cur")); return ;;
  --vocabulary) COMPREPLY=($(compgen -W 'aligned' -- "$cur")); return ;;
  --factuality) COMPREPLY=($(compgen -W 'actual planned possible denied' -- "$cur")); return ;;
  esac
  if [[ $cur == -* ]]; then
    case $command in
    build)
      all="$all $view --to --date --author --base --model --min-confidence --vocabulary --map --jobs"
      all="$all --fast --trace --progress --skip-bad --quiet"
      ;;
    parse) all="$all --base --model --pretokenized --jobs --fast --quiet" ;;
    query) all="$all --to --results --query --skip-bad" ;;
    draw) all="$all $view --to --skip-bad --quiet" ;;
    explain) all="$all --base --model --skip-bad --quiet" ;;
    check) all="$all --text --skip-bad --quiet" ;;
    esac
    COMPREPLY=($(compgen -W "$all" -- "$cur"))
    return
  fi
  COMPREPLY=($(compgen -f -- "$cur"))
}
complete -o filenames -F _entente entente
