# the text, and a page beside it; in the form asked for; a page alone where it takes stdout
ebb report couple.json --html page.html 2>said | sed -n 1,3p
tail -1 said
grep -c "ebb/report" page.html; grep -c "@@EBB_REPORT@@" page.html; ls
ebb report couple.json --html page.html --format csv 2>/dev/null | head -1 | cut -d, -f1
ebb report couple.json --html - 2>/dev/null | cmp - page.html
ebb report couple.json --html - -o weeks.csv --format csv 2>/dev/null | cmp - page.html
cut -d, -f1 weeks.csv | head -1
# a reader that leaves early, or a full disk for the text, does not cost the page
rm page.html
ebb report couple.json --html page.html 2>said >/dev/full; echo "status $?"; tail -2 said; tail -c 8 page.html
