# a scenario's numbers and starts, and inputs as they are at --time; --set counts more
cat >led.ebb <<EOF
model led "Led up and down"
time day
param pull = 1
trait reserve = 0 in [-3, 3]
shared input visit = 0 in [0, 1]
state warmth = 0.2
let out = pull*visit + reserve
d warmth = out - warmth
scenario week "A visit that grows" uses led
run 20
set pull = 2
a: reserve = 1
start b.warmth = 0.7
ramp 10 to 20: visit = 1
EOF
ebb study equilibria led.ebb -s week --only warmth
ebb study equilibria led.ebb -s week --time 15 --only warmth
ebb study equilibria led.ebb -s week --time 15 --set visit=0 --set pull=5 --a reserve=0.5 --only warmth | tail -1
ebb study equilibria led.ebb -s weak; echo "status $?"
# simulate takes inputs too: they stay, whatever the scenario says
ebb simulate led.ebb -s week --set visit=0.5 --every 10 --only out --format csv
ebb simulate led.ebb -s week --every 10 --only out --format csv
ebb simulate led.ebb --set visit=2; echo "status $?"
ebb simulate led.ebb --start visit=1; echo "status $?"
