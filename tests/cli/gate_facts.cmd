# declared of one's own couple: counts alone
ebb report couple.json --facts fear,control --country DE 2>/dev/null; echo "status $?"
ebb report couple.json --facts fear --format json 2>/dev/null
ebb report couple.json --facts fear --format csv 2>/dev/null | tail -2
ebb report couple.json --facts injury --html page.html 2>/dev/null | grep -c 'used force'; grep -c 'used force' page.html
ebb report couple.json --facts fear --html - --country US 2>/dev/null | grep -E 'title|911'
ebb simulate strogatz --facts weapons | head -4
ebb simulate strogatz --facts fear,; echo "status $?"
ebb simulate strogatz --facts weapon; echo "status $?"
ebb report couple.json --facts jealousy; echo "status $?"
