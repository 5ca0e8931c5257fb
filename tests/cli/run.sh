#!/bin/sh
# Runs every tests/cli/NAME.cmd with sh in a scratch folder that holds a copy of data/,
# with `ebb` in PATH, and compares what it prints and how it ends with NAME.stdout,
# NAME.stderr and NAME.exit. These test the command line, not the library.
#
#   run.sh PROGRAM VERSION [NAME...]         compare
#   run.sh --set PROGRAM VERSION [NAME...]   write the expectations anew; then read the diff
set -u
set_them=
if [ "${1-}" = --set ]; then
    set_them=yes
    shift
fi
program=$(realpath "$1")
version=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" && ln -s "$program" "$scratch/bin/ebb"
[ $# -gt 0 ] || set -- $(cd "$here" && ls *.cmd | sed 's/\.cmd$//')

unset NO_COLOR COLUMNS
export PATH="$scratch/bin:$PATH" LC_ALL=C TERM=xterm TZ=UTC

failed=0
for name in "$@"; do
    rm -rf "$scratch/room"
    mkdir "$scratch/room"
    cp "$here"/data/* "$scratch/room/"
    (cd "$scratch/room" && sh "$here/$name.cmd") </dev/null >"$scratch/stdout" 2>"$scratch/stderr"
    echo $? >"$scratch/exit"
    # the version is written in one place only
    sed -i "s/ebb $version/ebb @VERSION@/g" "$scratch/stdout"
    for part in stdout stderr exit; do
        if [ "$set_them" ]; then
            cp "$scratch/$part" "$here/$name.$part"
        elif ! diff -u "$here/$name.$part" "$scratch/$part" >"$scratch/diff" 2>&1; then
            echo "$name: $part differs"
            cat "$scratch/diff"
            failed=$((failed + 1))
        fi
    done
done
echo "$# cases, $failed differences"
[ "$failed" -eq 0 ]
