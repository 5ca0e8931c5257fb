#!/bin/sh
# SPDX-License-Identifier: MIT
# Holds the rooms to their order: a file of src/ROOM includes its own room, rooms above it
# in the list below, and include/; everything outside src/ but the unit tests sees only
# include/ and its own folder; nothing below cli/ names the system outside host/.
set -u
cd "$(dirname "$0")/.." || exit 1

rooms="core math lang run study infer engine evidence host messages bridge cycle safety store report"

# lines "FILE INCLUDED" for every include in quotes
included() {
    find "$@" -name '*.[ch]' 2>/dev/null | sort |
        xargs grep -Hn '^ *# *include *"' /dev/null |
        sed 's/^\([^:]*\):[0-9]*: *# *include *"\([^"]*\)".*/\1 \2/'
}


inside() {
    allowed=
    for room in $rooms; do
        allowed="$allowed $room"
        [ -d "src/$room" ] || continue
        included "src/$room" | while read -r file name; do
            top=${name%%/*}
            case $name in
            ebb/*) [ -f "include/$name" ] || echo "$file includes $name, which is not there" ;;
            */*)
                case "$allowed " in
                *" $top "*) ;;
                *) echo "$file includes $name, which is not above src/$room" ;;
                esac
                ;;
            esac
            case $name in */* | ../*) ;; *)
                [ -f "src/$room/$name" ] || echo "$file includes $name, which is not beside it"
                ;;
            esac
        done
    done
}

outside() {
    included cli bench examples verify fuzz | while read -r file name; do
        folder=${file%/*}
        case $name in
        ebb/* | ebb.h) ;;
        generator.h) ;; # of verify/: it also makes the example, and chats for bench/
        messages/typedstream.h) ;; # of src/: too deep in a database for fuzz/ to reach
        lanes.h) ;; # of tests/: the functions of src/math by name, which bench/ times
        *)
            [ -f "$folder/$name" ] || [ -f "${folder%%/*}/$name" ] ||
                echo "$file includes $name, which is neither in include/ nor its own"
            ;;
        esac
    done
    included include | while read -r file name; do
        case $name in ebb/*) ;; *) echo "$file includes $name" ;; esac
    done
}

# what only host/ may know: files, threads, clock, locale, environment
system='sys/|unistd|fcntl|pthread|sched|time\.h|locale|signal|dirent|poll|termios|langinfo|threads\.h'
touching() {
    find src -name '*.[ch]' ! -path 'src/host/*' | sort |
        xargs grep -HnE "^ *# *include *<($system)" /dev/null
}

problems=$(
    inside
    outside
    touching
)
[ -z "$problems" ] || {
    echo "$problems"
    exit 1
}
