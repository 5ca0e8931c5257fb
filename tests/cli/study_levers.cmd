P="pursue_withdraw -s pursuer --hold early=0 --events mean --slower-than 10 --cut b.withdrawal"
ebb study gain $P
ebb study gain $P --start issues=0.9
ebb study levers $P
ebb study levers $P --only lower_volume,check_ins,b.restraint --draws 12 --within 0.1 --seed 2
ebb study levers $P --only lower_volume,check_ins --draws 12 --width 40
ebb study levers $P --only a.need_named,b.mindfulness --start issues=0.9 --draws 4
ebb study levers $P --only a.lower_volume --draws 3 --format json
ebb study levers $P --only lower_volume,apart --draws 3 --format csv
ebb study levers $P --only apart --format csv
