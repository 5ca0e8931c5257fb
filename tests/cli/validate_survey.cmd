# claims about many people: a child's is exact to the digit, whatever the model of a couple is; a market's with its links cut
ebb validate --claims B18 --ablate --couples 400
ebb validate --claims B12 --ablate --couples 256 --threads 1 >one
ebb validate --claims B12 --ablate --couples 256 --threads 3 | cmp - one && echo same
grep -c '.\{81\}' one
ebb validate --claims C7 --format json --couples 100 | grep -o '"check":"surveys","model":"develop"\|"interval":"jackknife"'
