# by name in the model's file, by file, by file and name
ebb simulate strogatz -s fire_and_water --every 10 --format csv
ebb simulate strogatz -s others.ebb:slow --every 2 --format csv
ebb simulate strogatz -s others.ebb; echo "status $?"
ebb simulate strogatz -s centr; echo "status $?"
ebb simulate strogatz -s film; echo "status $?"
ebb simulate strogatz -s others.ebb:stranger; echo "status $?"
ebb simulate laura_petrarch -s others.ebb:slow; echo "status $?"
