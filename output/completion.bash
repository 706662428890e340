# bash completion for entente
_entente() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  local common='--output --ontology --base --from --to --skip-bad --quiet --help --version'
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
  esac
  if [[ $cur == -* ]]; then
    case $command in
    build) common="$common --date --author --jobs --fast --trace --progress --min-confidence --vocabulary --map --model" ;;
    parse) common="$common --pretokenized --jobs --fast --progress --model" ;;
    query) common="$common --results --query" ;;
    draw) common="$common --level --focus --depth --relation --since --until --factuality --min-weight --layout --theme --scale --link --title --all --layout-timeout" ;;
    check) common="$common --text" ;;
    esac
    COMPREPLY=($(compgen -W "$common" -- "$cur"))
    return
  fi
  COMPREPLY=($(compgen -f -- "$cur"))
}
complete -o filenames -F _entente entente
