# a page and nothing else; both when both are asked for
ebb report couple.json --html page.html 2>&1 | tail -1
grep -c "ebb/report" page.html; grep -c "@@EBB_REPORT@@" page.html; ls
ebb report couple.json --html page.html --format csv 2>/dev/null | head -1 | cut -d, -f1
