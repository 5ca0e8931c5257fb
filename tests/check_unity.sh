#!/bin/sh
# SPDX-License-Identifier: MIT
# All of src/ compiles as one file, room by room in order: names of statics are unique,
# and one line of a compiler is enough to embed the library.
set -u
cd "$(dirname "$0")/.." || exit 1
{
    echo '#define _GNU_SOURCE'
    for room in core math lang run study infer host messages cycle safety store report; do
        find "src/$room" -name '*.c' 2>/dev/null | sort | while read -r file; do
            echo "#line 1 \"$file\""
            sed 's/^#define _[A-Z_]*_SOURCE.*//' "$file"
        done
    done
} | gcc -std=c17 -Wall -Wextra -Werror -fsyntax-only -Isrc -Iinclude \
    $(pkg-config --cflags libzip yajl icu-i18n icu-uc) -x c -
