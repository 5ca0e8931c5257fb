# on a terminal colour, unless NO_COLOR or a dumb terminal says no; never in a pipe
command -v script >/dev/null || exit 0
esc=$(printf "\033")
script -qec "ebb report couple.json" /dev/null | grep -c "$esc\[1m" | grep -qv "^0$" && echo colour
NO_COLOR=1 script -qec "ebb report couple.json" /dev/null | grep -c "$esc\["
NO_COLOR= script -qec "ebb report couple.json" /dev/null | grep -c "$esc\[" | grep -qv "^0$" && echo colour
TERM=dumb script -qec "ebb report couple.json" /dev/null | grep -c "$esc\["
ebb report couple.json 2>/dev/null | grep -c "$esc\["
