ebb study equilibria pursue_withdraw -s pursuer --hold early=0 --events mean --slower-than 10 --only withdrawal,contact
ebb study equilibria pursuit_minimal --slower-than 1000
ebb study equilibria pursuit_minimal --slower-than 0.01 --format json --starts 5
ebb study continue pursue_withdraw -s pursuer --hold early=0 --events mean --slower-than 10 --vary b.hardness --from 0 --to 1 --only b.withdrawal
