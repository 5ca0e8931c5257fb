#!/bin/sh
# SPDX-License-Identifier: MIT
# Every equation the code cites stands in docs/maths, and every one that stands there is
# cited. An equation is defined where [eq N] ends a line of docs/maths, two spaces or more
# behind the rest; it is cited as [eq N], or [eq N, M], in src/ or include/.
set -u
cd "$(dirname "$0")/.." || exit 1

# the numbers in "[eq ...]" of the lines on standard input, one a line
numbers() {
    grep -oE '\[eq [^]]*\]' | grep -oE '[0-9]+(\.[0-9]+)?' | sort -u
}

definition='  \[eq [0-9.]+\] *$'
defined=$(grep -hoE "$definition" docs/maths/*.md | numbers)
twice=$(grep -hoE "$definition" docs/maths/*.md | sort | uniq -d)
cited=$(cat $(find src include -name '*.[ch]') | sed -E 's/section [0-9]+[^]]*//' | numbers)
in_text=$(cat docs/maths/*.md | numbers)

status=0
complain() {
    echo "$1"
    status=1
}
holds() { printf '%s\n' "$2" | grep -qxF "$1"; }

[ -n "$defined" ] || complain "docs/maths defines no equation"
[ -z "$twice" ] || complain "defined twice: $twice"
for n in $cited; do
    holds "$n" "$defined" || complain "src or include cites [eq $n]; docs/maths has no such equation"
done
for n in $in_text; do
    holds "$n" "$defined" || complain "docs/maths speaks of [eq $n] and does not define it"
done
for n in $defined; do
    holds "$n" "$cited" || complain "no code cites [eq $n] of docs/maths"
done
exit $status
