ebb simulate tides.ebb -n 2 --for 1 --every 0.5 --format csv
ebb simulate strogatz --a other=1 --b other=-1 --for 0.3 --every 0.1 --only b.love,a.love --format csv
