# who is A is told on a terminal only
command -v script >/dev/null || exit 0
script -qec "ebb events couple.json -o out.csv" /dev/null | grep -c "A is Bertram Oake, B is Annabel Quill"
ebb events couple.json 2>&1 >/dev/null | grep -c Annabel
