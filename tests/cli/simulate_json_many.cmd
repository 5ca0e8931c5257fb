ebb simulate tides.ebb -n 40 --for 2 --every 1 --only calm --format json
