#!/bin/sh
# SPDX-License-Identifier: MIT
# All of src/ compiles as one file, room by room in order: names of statics are unique,
# and one line of a compiler is enough to embed the library. And src/engine.c, which is
# one file already, has all of the rooms that it is made of, but for files that say in
# their first lines that they are not in it.
set -u
cd "$(dirname "$0")/.." || exit 1
missing=$(for room in core math lang run study infer engine; do
    find "src/$room" -name '*.c' 2>/dev/null | sort | while read -r file; do
        head -3 "$file" | grep -q 'Not in src/engine\.c' ||
            grep -qF "#include \"${file#src/}\"" src/engine.c || echo "src/engine.c lacks $file"
    done
done)
[ -z "$missing" ] || {
    echo "$missing"
    exit 1
}
{
    echo '#define _GNU_SOURCE'
    for room in core math lang run study infer engine evidence host messages bridge cycle safety store report; do
        find "src/$room" -name '*.c' 2>/dev/null | sort | while read -r file; do
            echo "#line 1 \"$file\""
            sed 's/^#define _[A-Z_]*_SOURCE.*//' "$file"
        done
    done
} | gcc -std=c17 -Wall -Wextra -Werror -fsyntax-only -Isrc -Iinclude \
    $(pkg-config --cflags libzip yajl expat sqlite3 icu-i18n icu-uc) -x c -
