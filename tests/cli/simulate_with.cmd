# both arms, and how they differ; the lever is what a scenario says, and errors are its own
ebb simulate tides.ebb --for 8 --every 1 --width 60 --with 'from 2 to 8: visit = 1' --with 'b: reserve = 1'
ebb simulate tides.ebb -n 50 --set 'reserve=normal(0, 1)' --for 4 --every 1 --only warmth --width 60 --with 'from 2 to 4: visit = 1' | tail -5
ebb simulate tides.ebb --for 2 --every 1 --only warmth --format json --with 'at 1: visit = 1' | grep -o '"with":.*'
ebb simulate tides.ebb --for 2 --with 'at 1: vist = 1'
ebb simulate tides.ebb --for 2 --with 'run 3'
ebb simulate tides.ebb --for 2 --with 'at 1: visit = 1' --format csv
ebb simulate tides.ebb --for 2 -n 2000000 --with 'at 1: visit = 1'
