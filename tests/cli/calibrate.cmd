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
