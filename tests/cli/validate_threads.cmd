# the same for any number of threads, other chance for another seed
ebb validate --claims A22 --couples 30 --threads 1 >one
ebb validate --claims A22 --couples 30 --threads 3 | cmp - one && echo same
ebb validate --claims A22 --couples 30 --seed 2 | cmp -s - one || echo other
