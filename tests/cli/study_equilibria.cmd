ebb study equilibria pursuit_minimal
ebb study equilibria strogatz --a other=2 --b other=-0.5 --starts 5 --width 60
ebb study equilibria gottman_murray_ojive --only mood
ebb study equilibria liebovitch_delay --b response=-2 --only feeling
# what was held, what was left out, and where there is a line
cat >rests.ebb <<EOF
model rests "Three states of rest, one of them beyond the range; a line; a state that stays"
time day
state warmth = 0.5 in [-1, 1]
state memory = 0.2 in [0, 1] "stays where warmth is gone"
shared together = 1 in [0, 1]
d warmth = together*warmth*(0.5 - warmth)*(warmth + 3)
d memory = warmth*(0.3 - memory)
d together = 0
EOF
ebb study equilibria rests.ebb --starts 6 --only warmth,memory
ebb study equilibria rests.ebb --hold together=1 --hold a.memory=0.1 --hold b.memory=0.1 | head -4
