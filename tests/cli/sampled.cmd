# over draws of the parameters: the same for any number of threads; what is of one run, or fits nothing, is told
printf 'population p uses pursue_withdraw\nrun 15\nset hazard_scale = 0.05\npeople anxiety = normal(0, 1)\ngroup worried when lowest(anxiety) > 0\nsatisfied when lowest(satisfaction) > 0.5\n' >people.ebb
printf 'hazard_scale\tbarrier\n0.001\t2\n0.1\t3\n' >draws
ebb population people.ebb --sample draws --draws 2 --couples 60 >out
grep -c '.\{81\}' out
sed 's/[0-9][0-9]*\.[0-9]*/#/g; s/  *[.:#]*$//; s/  */ /g' out
ebb population people.ebb --sample draws --draws 2 --couples 60 --threads 1 --format json >one
ebb population people.ebb --sample draws --draws 2 --couples 60 --threads 3 --format json | cmp - one && echo same
head -c 250 one
ebb population people.ebb --sample draws --draws 2 --couples 60 --format csv | head -1
ebb population people.ebb --sample draws --resume folder
ebb population people.ebb --sample draws --rows couples.csv
ebb population people.ebb --sample draws --draws 2 --couples 60 --html - | grep -c '"schema":"ebb/sampled"'
ebb population people.ebb --draws 3
printf 'barrier\n2\n' >draws
ebb population people.ebb --sample draws
printf 'hazard_scale\n-2\n' >draws
ebb population people.ebb --sample draws
ebb population people.ebb --sample nowhere
