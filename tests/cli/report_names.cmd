# A and B unless names are asked for
for names in "" --names; do
    for format in text json csv; do
        printf "%s: " "$format $names"
        ebb report couple.json $names --format $format 2>/dev/null | grep -c -e Annabel -e Oake
    done
done
