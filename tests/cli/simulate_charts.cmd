# on a terminal that can, lines of dots in colour; else letters
command -v script >/dev/null || exit 0
run() { script -qec "ebb simulate strogatz -s centre" /dev/null | tr -d '\r' >out; }
LC_ALL=C.UTF-8 run; grep -c "$(printf '\342\240\201')" out | grep -qv '^0$' && echo dots
LC_ALL=C.UTF-8 NO_COLOR=1 run; LC_ALL=C.UTF-8 ebb simulate strogatz -s centre | cmp - out && echo plain
LC_ALL=C run; sed "s/$(printf '\033')\[[0-9]*m//g" out >letters
ebb simulate strogatz -s centre | cmp - letters && echo letters
