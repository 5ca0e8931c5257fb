# what is said of many couples is of those that still are one
ebb simulate parting.ebb -n 400 --for 6 --only warmth,together --width 60
ebb simulate parting.ebb -n 400 --for 6 --every 3 --only a.warmth,together --format json
# one couple, and one that lasts to the end
ebb simulate parting.ebb --for 20 --only together --width 50 | tail -3
ebb simulate parting.ebb --for 20 --only together --set leaving_rate=0 --format json | grep -o '"lasting":.....'
ebb simulate strogatz --for 1 --every 1 --format json | grep -o '"lasting":null'
# every couple's numbers are in the table
ebb simulate parting.ebb -n 3 --for 20 --every 10 --only a.warmth,together --format csv
