# of few mechanisms, each out and each alone; then the curve as a table
ebb pair --couples 256 --without courtship --without calm --without likeness --without security --compare | tail -14
ebb pair --couples 256 --only suppressed --set suppressed=1 --cut 1 --format csv | cut -d, -f1-7 | head -5
ebb pair --couples 256 --format json | head -c 300
