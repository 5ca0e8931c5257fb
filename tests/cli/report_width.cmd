ebb report couple.json --width 40 2>/dev/null | awk "length > 120" | wc -l
ebb report couple.json --width 30
