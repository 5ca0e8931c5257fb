# a couple that cannot be run to the end is named, with the reason
ebb simulate loud.ebb --for 20; echo "status $?"
ebb simulate loud.ebb --for 20 --every 9 --format csv; echo "status $?"
ebb simulate loud.ebb --for 20 -n 3 --format json >/dev/null; echo "status $?"
