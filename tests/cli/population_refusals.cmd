ebb population
ebb population parting.ebb more.ebb
ebb population parting.ebb:slow
ebb population parting.ebb --part 1/2
ebb population parting.ebb --resume x --part 3/2
ebb population parting.ebb --couples 0
printf 'population p uses pursue_withdraw\ngroup g when 1\n' | ebb population -
printf 'population p uses parting\nrun 5\n' | ebb population -
