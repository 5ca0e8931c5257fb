ebb report couple.json --country NZ 2>/dev/null | sed -n 3p
ebb report couple.json --country nz
