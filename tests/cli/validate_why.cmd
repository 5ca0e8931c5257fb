ebb validate --claims A1-A2,A9 --couples 4 --format json | grep -o '"why":[^,]*'
ebb validate --figures pair_alike,cycling_ever --couples 60 --format json | grep -o '"why":[^,]*'
