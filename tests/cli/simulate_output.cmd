# whole or not at all; what stood there stands there still
echo kept >out.csv
ebb simulate strogatz --for 1 --every 1 --format csv -o out.csv; cat out.csv
ebb simulate strogatz --for 1 -o nowhere/out; echo "status $?"
ebb simulate strogatz --for 1 --format csv -o nowhere/out; echo "status $?"
ebb simulate strogatz --for 1 --format csv >/dev/full; echo "status $?"
ebb simulate strogatz --for 1 >/dev/full; echo "status $?"
ebb simulate inertia_coordination -n 100000 --for 9 --format csv | head -2; ls
