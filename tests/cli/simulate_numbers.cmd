# numbers of options that cannot be
for option in "--for 0" "--for -3" "--for long" "--for inf" "--for 1e400" "--for 1e300" "--only ," "--step 0" "--every 0" \
    "--couples 0" "--couples 4294967297" "--couples 1.5" "--couples -1" "--threads 0" \
    "--seed 18446744073709551616" "--seed +1" "--tolerance 2" "--every 1e-7" "--width 20"; do
    ebb simulate strogatz $option 2>&1 | head -1
done
ebb simulate gottman_murray_bilinear --for 2.5; echo "status $?"
ebb simulate gottman_murray_bilinear --every 0.5; echo "status $?"
ebb simulate gottman_murray_bilinear --method heun; echo "status $?"
ebb simulate strogatz -n 2 --every 0.001; echo "status $?"
