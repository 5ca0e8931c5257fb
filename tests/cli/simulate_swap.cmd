# who sits where changes nothing but the names
ebb simulate strogatz --a own=0.3 --b other=-1 --start a.love=2 --for 3 --every 1 --only a.love,b.love --format csv | tail -n +2 >one
ebb simulate strogatz --b own=0.3 --a other=-1 --start b.love=2 --for 3 --every 1 --only b.love,a.love --format csv | tail -n +2 | cmp - one && echo swapped
