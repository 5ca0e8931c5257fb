#!/bin/sh
# SPDX-License-Identifier: MIT
# Fuzzes one target for a while; fails when it finds anything.
#
#   fuzz/run.sh BUILD TARGET SECONDS
#
# Starts from fuzz/corpus/NAME and what earlier runs kept in BUILD/found/NAME; what
# crashes is written to BUILD/crashes/NAME-*.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1 target=$2 seconds=$3
name=${target#fuzz_}
mkdir -p "$build/found/$name" "$build/crashes"
set -- "$build/found/$name" "$here/corpus/$name"
# seconds for one input; a whole measure under sanitizers takes some even when all is well
limit=60
case $name in
cycle) ;;
imessage) # its seeds are shorter than the databases made of them
    limit=10
    set -- -max_len=32768 "$@" "$here/../tests/fixtures/messages"
    ;;
typedstream) limit=10 ;;
tables)
    limit=10
    set -- "$@" "$here/../evidence/fit"
    ;;
lang) # the largest model that ships takes ten under sanitizers
    limit=30
    set -- "$@" "$here/../models" "$here/../tests/lang/good" "$here/../tests/lang/broken" \
        "$here/../scenarios" "$here/../evidence/checks"
    ;;
*)
    limit=10
    set -- "$@" "$here/../tests/fixtures/messages"
    ;;
esac
[ ! -f "$here/dict/$name.dict" ] || set -- "-dict=$here/dict/$name.dict" "$@"
UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
    exec "$build/fuzz/$target" -max_total_time="$seconds" -timeout="$limit" -rss_limit_mb=1024 \
    -print_final_stats=1 -verbosity=1 -artifact_prefix="$build/crashes/$name-" "$@"
