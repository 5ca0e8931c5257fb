ebb validate --claims A202
ebb validate --claims 7
ebb validate --claims A5-A2
ebb validate --claims A5,
ebb validate A5
ebb validate --sample draws
ebb validate --figures pair_cross --draws 5
ebb validate --figures pair_cross --draws 1 --sample draws
ebb validate --figures pair_cross --sample draws
printf 'lever\n0.5\nhalf\n' | ebb validate --figures pair_cross --sample -
printf 'lever\n0.5\n7\n' | ebb validate --figures pair_cross --sample -
printf 'rope\n0.5\n' | ebb validate --figures pair_cross --sample -
ebb validate --claims A1 --html page.html -o page.html
