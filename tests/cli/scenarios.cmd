# one line each, however wide the sentence; as it is on a terminal
ebb scenarios | grep -E '^(low_voice|gone_girl|miranda) '
ebb scenarios | awk 'length($0) > 80' | head -1
ebb scenarios --width 200 | grep '^miranda '
script -qec "ebb scenarios" /dev/null | tr -d '\r' >seen; NO_COLOR=1 ebb scenarios | cmp - seen && echo same
ebb scenarios -o list.txt; ebb scenarios | cmp - list.txt && echo file
ebb scenarios | sort -c && echo sorted
ebb scenarios --format json | grep -o '"name":"[a-z_]*"' | cut -d'"' -f4 >names; ebb scenarios | cut -d' ' -f1 | cmp - names && echo 'the same names'
ebb scenarios miranda --format json
ebb scenarios gone_girl --format json | head -c 70; echo
