# one line, one schema, and never a word of a message
ebb report couple.json --format json -o out.json 2>/dev/null
head -c 80 out.json; echo; wc -l <out.json; grep -c planted out.json
