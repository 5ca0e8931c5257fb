# the median and a band, never a couple
ebb simulate tides.ebb -n 300 --seed 5 --for 20 --only calm,warmth
