#!/bin/sh
# SPDX-License-Identifier: MIT
# What the compiled library shows and asks for.
#
#   tests/check_symbols.sh BUILD
#
# It shows only names that begin with ebb_ (or the same with an underscore); it has no
# writable data, so that any number of threads may use it; and outside src/host it asks
# the system for nothing but memory and arithmetic: no files, clock, environment, locale,
# processes, and nothing is printed.
set -u
library=$1/src/libebb.a
[ -f "$library" ] || {
    echo "no $library"
    exit 1
}
# names of other libraries that src/messages uses: libzip, yajl, expat, SQLite, ICU
foreign='(zip|yajl|XML|sqlite3|u|ucal|uenum)_.*'
# of the C library, without the variants that fortifying and large files make of names:
memory='malloc|realloc|free|mem[a-z]+|str(len|nlen|n?cmp|r?chr|str|spn|cspn|pbrk|cat)'
numbers='exp|log|log1p|expm1|pow|sqrt|sin|cos|tan|tanh|floor|ceil|l?l?round|fmod|fmin|fmax|ldexp|frexp|lgamma|erfc?|qsort'
text='v?snprintf|strto(f|d|l|ll|ul|ull)'
# what the compiler adds; setjmp serves yajl, whose callbacks cannot say why they stop
compiler='__assert_fail|abort|_?setjmp|longjmp|__cpu_.*|__popcount.*|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_'
everywhere="_?ebb_.*|$foreign|$memory|$numbers|$text|$compiler"
# Only host/ asks more of the machine:
host='open|dup|mkdir|read|pread|write|close|opendir|readdir|closedir|fstat|lstat|realpath|fsync|fchmod|stat|rename|unlink|rmdir|mkstemps?|getenv|strerror|__errno_location|pthread_.*|(__)?sched_.*|syscall'

complaints=$(
    nm -g --defined-only "$library" | awk 'NF == 3 && $3 !~ /^_?ebb_/ { print "global name without ebb_: " $3 }'
    objdump -h -w "$library" | awk '
        /:     file format/ { file = $1 }
        $2 ~ /^\.(data|bss|tdata|tbss)/ && $2 !~ /^\.data\.rel\.ro/ && $3 !~ /^0+$/ {
            print file " has writable data: " $3 " bytes (hexadecimal) in " $2 }'
    nm -u -A "$library" |
        sed -E 's/^.*[:/]([^/:]*\.o): *[Uw] /\1 /; s/(__)?([a-z]+)_chk$/\2/; s/__isoc[0-9]+_//; s/64$//' |
        grep -vE " ($everywhere)\$" | grep -vE "^host_.* ($host)\$" | sed 's/ / asks for /'
)
[ -z "$complaints" ] || {
    printf '%s\n' "$complaints"
    exit 1
}
