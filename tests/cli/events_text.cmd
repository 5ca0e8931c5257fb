# the words come only when asked for
ebb events couple.json 2>/dev/null | grep -c planted
ebb events --text couple.json 2>/dev/null | grep -c planted
