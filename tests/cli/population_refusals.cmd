ebb population
ebb population hasty.ebb more.ebb
ebb population hasty.ebb:slow
ebb population hasty.ebb --part 1/2
ebb population hasty.ebb --resume x --part 3/2
ebb population hasty.ebb --couples 0
printf 'population p uses pursue_withdraw\ngroup g when 1\n' | ebb population -
printf 'population p uses parting\nrun 5\n' | ebb population -
ebb population hasty.ebb --html both -o both
