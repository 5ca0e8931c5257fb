# couples that differ by a law; each person draws for herself; a number set later counts
ebb simulate tides.ebb -n 3 --set 'reserve=uniform(-1, 1)' --for 1 --every 1 --only answer --format csv
ebb simulate tides.ebb -n 2 --a 'reserve=normal(0,1)' --start 'calm=uniform( 0 , 1 )' --for 1 --every 1 --only calm --format json | grep -o '"set".*"method"'
ebb simulate tides.ebb --set 'reserve=normal(0,1)' --set reserve=0.5 --for 1 --every 1 --format json | grep -o '"set".*"start"'
ebb simulate strogatz -n 5 --set 'own=normal(0, 0.1)' --for 2 --only love | sed -n 2,3p
for law in 'reserve=normal(0, 0)' 'reserve=uniform(1, -1)' 'reserve=uniform(-9, 1)' 'reserve=norml(0, 1)' \
    'reserve=normal(0)' 'reserve=normal(0, 1) x' 'visit=uniform(0, 1)' 'answer=normal(0, 1)'; do
    ebb simulate tides.ebb --set "$law" 2>&1 | head -1
done
ebb study equilibria tides.ebb --set 'reserve=normal(0, 1)' 2>&1 | head -1
