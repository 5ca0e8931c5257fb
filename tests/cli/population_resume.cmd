# threads, a folder, parts: the same bytes; other work in the folder is refused
ebb population hasty.ebb --threads 1 --format json >one
ebb population hasty.ebb --threads 3 --resume kept --format json | cmp - one && echo same
ls kept
rm kept/shard-00000001.txt && echo broken >kept/shard-00000002.txt
ebb population hasty.ebb --resume kept --format json | cmp - one && echo resumed
ebb population hasty.ebb --resume parts --part 1/2
ebb population hasty.ebb --resume parts --part 2/2
ebb population hasty.ebb --resume parts --format json | cmp - one && echo parts
ebb population hasty.ebb --resume kept --seed 1
