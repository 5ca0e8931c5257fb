ebb events --names couple.json 2>/dev/null | cut -d, -f3 | sort | uniq -c
