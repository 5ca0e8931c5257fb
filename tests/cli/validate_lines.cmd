ebb validate --claims A22-A25 --ablate --couples 10 >out
grep -c '.\{81\}' out
sed 's/-\{0,1\}[0-9][0-9]*\.[0-9]*\(e-[0-9]*\)\{0,1\}/#/g; s/  */ /g; s/ *$//' out
