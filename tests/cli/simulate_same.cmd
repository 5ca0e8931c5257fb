# the same bytes for any number of threads and either engine
for form in csv json text; do
    ebb simulate tides.ebb -n 700 --for 3 --every 0.5 --format $form --threads 1 >one
    ebb simulate tides.ebb -n 700 --for 3 --every 0.5 --format $form --threads 2 >two
    ebb simulate tides.ebb -n 700 --for 3 --every 0.5 --format $form --threads 7 --engine interpreter >seven
    cmp one two && cmp one seven && echo same $form
done
ebb simulate pursuit_minimal -s exhausted --format csv --engine auto >auto
ebb simulate pursuit_minimal -s exhausted --format csv --engine interpreter | cmp - auto && echo same engine
ebb simulate tides.ebb --for 3 --format csv --seed 18446744073709551615 >one
ebb simulate tides.ebb --for 3 --format csv | cmp -s - one || echo another seed
