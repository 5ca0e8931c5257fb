# who is A and who is B comes back from a table with names, also when B wrote first
printf '29.01.2018, 12:24 - Kim: a\n29.01.2018, 12:25 - Alex: b\n' >chat2.txt
for form in csv json; do
    ebb events chat2.txt --me Alex --names --format $form -o named 2>/dev/null
    ebb events named 2>/dev/null
    ebb events named --names --format $form 2>/dev/null | cmp - named && echo the same bytes
done
# a name given at the second reading decides
ebb events named --me Kim 2>/dev/null
# two tables that contradict each other leave it to who wrote first
printf 'time,person,letter\n2018-01-29T12:24:00,Kim,A\n2018-01-29T12:25:00,Alex,B\n' >other.csv
ebb events named other.csv --names 2>/dev/null
