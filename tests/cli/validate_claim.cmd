# one claim: in words, as numbers (which change with the model), and what is known
ebb validate --claims A22 --ablate --couples 10 >out
fold -w 100 out | grep -c '.\{81\}'
sed 's/-\{0,1\}[0-9][0-9]*\.[0-9]*\(e-[0-9]*\)\{0,1\}/#/g' out | tr -s ' \n' '  ' | fold -s -w 76
