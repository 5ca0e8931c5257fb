# the same bytes on several threads and in parts
ebb trial healing.ebb --threads 1 --format json >one
ebb trial healing.ebb --threads 3 --format json | cmp - one && echo same
ebb trial healing.ebb --resume kept --part 1/2
ebb trial healing.ebb --resume kept --part 2/2
ebb trial healing.ebb --resume kept --format json | cmp - one && echo parts
head -c 1200 one
