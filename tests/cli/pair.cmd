# kinds of couples, the curve, what is known; 80 columns
ebb pair --couples 512 --seed 2 >out
cat out
grep -c '.\{90\}' out
