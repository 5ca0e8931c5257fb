# the same bytes whatever the number of threads
ebb report couple.json --format json --threads 1 2>/dev/null >one
ebb report couple.json --format json --threads 3 2>/dev/null >three
cmp one three && echo same
