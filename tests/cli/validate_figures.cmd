# figures: in words, a line each, as a table; the same for any number of threads
ebb validate --figures soft_withdrawal,cycling_ever --couples 12 >out
grep -c '.\{81\}' out
sed 's/-\{0,1\}[0-9][0-9]*\.[0-9]*\(e-[0-9]*\)\{0,1\}/#/g' out
ebb validate --figures pair_cross,pair_alike,pair_same,soft_withdrawal --couples 12 --threads 1 >one
ebb validate --figures pair_cross,pair_alike,pair_same,soft_withdrawal --couples 12 --threads 3 | cmp - one && echo same
grep -c '.\{81\}' one
sed 's/-\{0,1\}[0-9][0-9]*\.[0-9]*\(e-[0-9]*\)\{0,1\}/#/g; s/  */ /g; s/inside\|outside/verdict/' one | head -4
ebb validate --figures cycling_ever,pair_cross --couples 10 --set hazard_scale=0.001 --format json | head -c 300
ebb validate --figures cycling_ever --format csv
ebb validate --figures pair_cross --claims A2
ebb validate --figures pair_cross --set nothing=1
ebb validate --figures pair_cross --set barrier
ebb validate --figures pair_cross --set barrier=-3
ebb validate --set barrier=1
ebb validate --format csv
printf 'lever\tbarrier\n0.2\t2\n0.5\t3\n0.9\t4\n' >draws
ebb validate --figures soft_withdrawal,cycling_ever --couples 10 --sample draws --draws 3 >out
grep -c '.\{81\}' out
sed 's/-\{0,1\}[0-9][0-9]*\.[0-9]*\(e-[0-9]*\)\{0,1\}/#/g; s/  */ /g; s/inside\|outside/verdict/' out | tail -9 | head -2
ebb validate --figures cycling_ever --sample draws --format json | head -c 130
ebb validate --figures pair_stabel
