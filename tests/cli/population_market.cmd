# partners out of the market: said in the result; what nobody can do is told
people='people anxiety = normal(0, 1), avoidance = normal(0, 1)\ncorrelation 0.4\n'
printf "population met uses pursue_withdraw\nrun 10\ncouples 128\n${people}pairing market without calm\n" >met.ebb
ebb population met.ebb --format json | grep -o '"partners":"[^"]*"'
printf "population met uses pursue_withdraw\nrun 10\ncouples 128\n${people}pairing market\n" >met.ebb
ebb population met.ebb | sed -n 2,3p
printf "population met uses pursue_withdraw\nrun 10\n${people}pairing market with hazard = 1, outgoing = 0.01\n" >none.ebb
ebb population none.ebb
