# no model, a wrong one, two
ebb simulate; echo "status $?"
ebb simulate strogats; echo "status $?"
ebb simulate nowhere.ebb; echo "status $?"
ebb simulate broken.ebb; echo "status $?"
ebb simulate strogatz strogatz; echo "status $?"
ebb simulate - --for 1 --every 1 --format csv <tides.ebb
