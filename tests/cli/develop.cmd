# four caregivers; 80 columns
ebb develop --children 50 --seed 2 >out
cat out
grep -c '.\{90\}' out
