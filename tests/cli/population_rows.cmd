# a line for each couple, in their order, the same for any number of threads; what is counted is as without
printf 'population p uses pursue_withdraw\nrun 6\nset hazard_scale = 0.05\npeople anxiety = normal(0, 1)\ngroup worried when lowest(anxiety) > 0\nkeep worry at 1 = highest(anxiety)\nkeep last = mean(satisfaction) > 0.5\n' >kept.ebb
ebb population kept.ebb --couples 600 --threads 1 --rows one.csv --format json >one
ebb population kept.ebb --couples 600 --threads 3 --rows two.csv --format json | cmp - one && cmp one.csv two.csv && echo same
ebb population kept.ebb --couples 600 --format json | cmp - one && echo counted
wc -l <one.csv | tr -d ' '
head -1 one.csv
sed 's/\.[0-9]*/.#/g' one.csv | cut -d, -f1,3- | sed -n '2,4p'
cut -d, -f2 one.csv | grep -c .
ebb population kept.ebb --rows one.csv --resume folder
ebb population kept.ebb --couples 10 --rows nowhere/one.csv
