# one file, by itself; the result beside it goes where it always goes
ebb simulate tides.ebb --for 8 --only warmth --html page.html -o text.txt
head -c 15 page.html && echo
grep -o 'id="report">{"schema":"ebb/couple","version":1,"model":{"name":"tides"' page.html
grep -c 'https*://[^w]' page.html
ebb simulate tides.ebb --for 8 --only warmth --html - | cmp - page.html && echo same
ebb simulate tides.ebb --for 8 --only warmth --html page.html --with 'at 2: visit = 1' -o text.txt
grep -o '"orders":\[[^]]*\]' page.html
ebb simulate tides.ebb --html page.html --format csv
ebb simulate tides.ebb --html - --format json
ebb simulate tides.ebb --html /nowhere/page.html >/dev/null
