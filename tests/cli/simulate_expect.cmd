# what is expected is listed, and decides the status
ebb simulate tides.ebb -s weekend --only calm | tail -5; echo "status $?"
ebb simulate tides.ebb -s weekend >/dev/null; echo "status $?"
ebb simulate tides.ebb -s alone >/dev/null; echo "status $?"
ebb simulate tides.ebb -s weekend -n 9 --only calm | tail -6
ebb simulate tides.ebb -s weekend --every 10 --only calm --format csv; echo "status $?"
ebb simulate tides.ebb -s weekend --format json >/dev/null; echo "status $?"
