ebb simulate tides.ebb --scenario alone --set longing=2 --b reserve=1 --start calm=0.5 --every 2.5 --format json
