# one caregiver with the spread of children, and without a mechanism; then as a table
ebb develop --caregiver frightening --children 50 --without alarm | head -24
ebb develop --children 20 --compare | tail -17 | head -9
ebb develop --caregiver rejecting --children 20 --format csv | head -4
ebb develop --children 20 --format json | head -c 300
