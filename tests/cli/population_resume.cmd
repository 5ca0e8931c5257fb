# threads, a folder, parts: the same bytes; other work in the folder is refused
ebb population parting.ebb --threads 1 --format json >one
ebb population parting.ebb --threads 3 --resume kept --format json | cmp - one && echo same
ls kept
rm kept/shard-00000001.txt && echo broken >kept/shard-00000002.txt
ebb population parting.ebb --resume kept --format json | cmp - one && echo resumed
ebb population parting.ebb --resume parts --part 1/2
ebb population parting.ebb --resume parts --part 2/2
ebb population parting.ebb --resume parts --format json | cmp - one && echo parts
ebb population parting.ebb --resume kept --seed 1
