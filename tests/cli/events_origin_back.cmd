# who exported and where the clocks stood come back from JSON; a table has no room for it
for form in json csv; do
    ebb events couple.json --me "Bertram Oake" --tz Europe/Berlin --format $form -o back 2>/dev/null
    ebb report back --format json 2>/dev/null | grep -o '"made_by":[^,]*\|"zone":[^,]*'
    ebb events back --format $form 2>/dev/null | cmp - back && echo the same bytes
done
# what is said at the second reading counts
ebb events couple.json --me "Bertram Oake" --tz Europe/Berlin --format json -o back 2>/dev/null
ebb report back --me B --tz Asia/Tokyo --format json 2>/dev/null | grep -o '"made_by":[^,]*\|"zone":[^,]*'
# the two as they are asked for; who exported stays who that was
ebb report back --between B A --format json 2>/dev/null | grep -o '"made_by":[^,]*'
ebb report couple.json --between "Annabel Quill" "Bertram Oake" --me "Bertram Oake" --format json 2>/dev/null |
    grep -o '"made_by":[^,]*'
