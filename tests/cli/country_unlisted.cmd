for cc in UK XX; do ebb report couple.json --country $cc 2>/dev/null | sed -n 3p; done
ebb report couple.json --country XX --format json 2>/dev/null | grep -c '"number":"112"'
