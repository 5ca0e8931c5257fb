P="pursue_withdraw -s pursuer --events mean"
ebb study levers $P --slower-than 10
ebb study levers $P --slower-than 10 --cut b.withdrawal --only lower_volum
ebb study levers $P --slower-than 10 --cut b.withdrawal --only a.alarm
ebb study levers $P --slower-than 10 --cut b.withdrawal --only reaction
ebb study levers $P --slower-than 10 --cut b.withdrawal --only ,
ebb study levers $P --slower-than 10 --cut b.withdrawal --within 1.5
ebb study levers $P --slower-than 10 --cut b.trust
ebb study levers pursuit_minimal --cut withdrawer.withdrawal
ebb study gain $P --slower-than 0 --cut b.withdrawal
