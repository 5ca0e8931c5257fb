# all that was read and not read is told: lines, the place not understood, dates, the gap
{ echo "planted line before the first"; cat chat.txt; } >more.txt
ebb events more.txt -o out.csv
