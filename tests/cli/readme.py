#!/usr/bin/env python3
"""The commands of README.md ("    $ …") run, and print what stands there below them.

With --write, put what they print into README.md. Commands on files that are not here are passed over."""
import os, shlex, subprocess, sys, tempfile

HERE = os.getcwd()
TRAVELS = "../shared/travels"


def blocks(lines):
    """(first line, line after the command, line after its output, command) of each command."""
    i = 0
    while i < len(lines):
        if not lines[i].startswith("    $ "):
            i += 1
            continue
        first, command = i, lines[i][6:]
        while command.endswith("\\") or command.count("'") % 2:
            i += 1
            command += "\n" + lines[i]
        after = i = i + 1
        while i < len(lines) and lines[i].startswith("    ") and not lines[i].startswith("    $ "):
            i += 1
        yield first, after, i, command


def prepare(folder):
    os.symlink(os.path.join(HERE, "entente"), os.path.join(folder, "entente"))
    os.symlink(os.path.join(HERE, "tests"), os.path.join(folder, "tests"))
    os.mkdir(os.path.join(folder, "demo"))
    for name in os.listdir(TRAVELS) if os.path.isdir(TRAVELS) else []:
        os.symlink(os.path.abspath(os.path.join(TRAVELS, name)), os.path.join(folder, name))


def missing(folder, command):
    """The inputs of COMMAND that are not there."""
    words = shlex.split(command)
    inputs = [w for before, w in zip(words, words[1:]) if before != "-o" and w.endswith((".tsv", ".ttl"))]
    return [w for w in inputs if not os.path.exists(os.path.join(folder, w))]


def main():
    with open("README.md", encoding="utf-8") as f:
        lines = f.read().split("\n")
    out, done, bad = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        for first, after, end, command in blocks(lines):
            out += lines[done:after]
            done = end
            if missing(folder, command):
                print(f"skipped: {command}")
                out += lines[after:end]
                continue
            ran = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True)
            printed = [("    " + line).rstrip() for line in ran.stdout.rstrip("\n").split("\n")] if ran.stdout else []
            out += printed
            if ran.returncode:
                print(f"FAILED: {command}\n{ran.stderr}")
                bad = 1
            elif printed != lines[after:end] and "--write" not in sys.argv:
                print(f"FAILED: {command}\n" + "\n".join(printed) + "\n(tests/cli/readme.py --write mends README.md)")
                bad = 1
    if "--write" in sys.argv:
        with open("README.md", "w", encoding="utf-8") as f:
            f.write("\n".join(out + lines[done:]))
    return bad


if __name__ == "__main__":
    sys.exit(main())
