# a figure and two parameters of short talks; the last needs what no figure shows
mkdir fit
printf 'scenario talk "x" uses conversation\nrun 4 minute\n' >fit/talk.ebb
printf 'name\truns\tlow\thigh\tscale\ninertia\ttalk\t0.2\t3\tlog\nnearing\ttalk\t0.01\t0.05\tplain\n' >fit/parameters.tsv
printf 'id\tvalue\tlow\thigh\tused\nself\t0.3\t0.2\t0.4\tfit\nother\t0.3\t0.2\t0.4\tfit\n' >fit/fit.tsv
printf 'id\trun\tfigure\nself\ttalk\town\nother\t-\t-\n' >fit/figures.tsv
ebb calibrate fit --couples 10 --evaluations 50 --seed 5 --sample sample.tsv
head -2 sample.tsv
wc -l <sample.tsv
ebb calibrate fit --couples 10 --evaluations 42 --recover 2
mkdir few
printf 'trial quick "x" uses pursue_withdraw\nrun 21\npeople anxiety = normal(0, 1), avoidance = normal(0, 1)\nenter at 10 below 0.8\nend at 20\noutcome mean(satisfaction)\nsd 0.3\nreliability 0.9\nrecovered above 0.9\narm waiting\narm other\n' >few/quick.ebb
printf 'name\truns\tlow\thigh\tscale\nhazard_scale\tquick\t0.001\t0.9\tlog\n' >few/parameters.tsv
printf 'id\tvalue\tlow\thigh\tused\ngain\t0.3\t0.2\t0.4\tfit\n' >few/fit.tsv
printf 'id\trun\tfigure\ngain\tquick\tchange waiting\n' >few/figures.tsv
ebb calibrate few --couples 200 --evaluations 28 --recover 1 | tail -2
ebb calibrate few --couples 10 --evaluations 28 --recover 1
