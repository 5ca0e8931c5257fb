printf 'time,person\nyesterday,Ann\n' >a.csv; printf 'time,person\n' >b.csv; printf '\211PNG\r\n\032\n\000\000\000\377\376\375' >c.png
for file in a.csv b.csv c.png; do ebb report $file; done
