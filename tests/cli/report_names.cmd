# A and B unless names are asked for; the weeks have none
for names in "" --names; do
    for format in text json csv; do
        ebb report couple.json $names --format $format >out 2>/dev/null
        grep -q -e Annabel -e Oake out && echo "$format $names: names"
    done
done
true
