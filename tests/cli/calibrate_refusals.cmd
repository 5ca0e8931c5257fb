ebb calibrate; echo $?
ebb calibrate fit more; echo $?
ebb calibrate fit; echo $?
mkdir fit
ebb calibrate fit; echo $?
printf 'name\truns\tlow\thigh\tscale\ninertia\ttalk\t0.2\t3\tlog\n' >fit/parameters.tsv
printf 'id\tvalue\tlow\thigh\tused\nself\t0.3\t0.2\t0.4\tfit\n' >fit/fit.tsv
printf 'id\trun\tfigure\nself\ttalk\town\n' >fit/figures.tsv
ebb calibrate fit; echo $?
printf 'scenario talk "x" uses conversation\nrun 4 minute\n' >fit/talk.ebb
ebb calibrate fit --evaluations 20; echo $?
ebb calibrate fit --couples 5; echo $?
printf 'id\tvalue\tlow\thigh\tused\nself\t0.3\tlow\t0.4\tfit\n' >fit/fit.tsv
ebb calibrate fit; echo $?
