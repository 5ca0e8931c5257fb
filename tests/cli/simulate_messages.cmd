# what a couple would write, as a table or as lines, read back by report
{ echo 'model letters "Two who write"'; echo 'time day'; echo 'trait zeal = 1'; echo 'state x = 1'; echo 'd x = 0'
  echo 'let texting = 15*zeal*x'; echo 'let following = texting'; echo 'let answering = 200*x'
  echo 'scenario eager "One writes more" uses letters'; echo 'run 1'; echo 'a: zeal = 2'; } >letters.ebb
ebb simulate letters.ebb -s eager --messages - --begin 2024-02-29
ebb simulate letters.ebb -s eager --messages one.jsonl --only a.texting --every 1 --format csv; head -4 one.jsonl
ebb simulate letters.ebb --for 60 --messages two.csv >/dev/null
ebb report two.csv --format json 2>/dev/null | grep -o '"minute_clock":[a-z]*'; ebb events two.csv 2>/dev/null | head -3
# one of many; and the picture elsewhere
ebb simulate letters.ebb -n 3 --couple 2 --for 0.4 --messages - -o picture.txt; head -1 picture.txt
# what is wrong, and nothing is left behind
for wrong in '--messages x.csv --couple 1' '--couple 1' '--begin 2024-01-01' '--messages x.csv --begin yesterday' \
    '--messages x.csv --for 30000'; do
    ebb simulate letters.ebb $wrong 2>&1 >/dev/null | head -1
done
ebb simulate strogatz --messages x.csv; echo "status $?"
ebb simulate letters.ebb --for 1 --messages nowhere/x.csv; echo "status $?"
ebb simulate letters.ebb --for 1 --messages - >/dev/full; echo "status $?"
ls *.csv
