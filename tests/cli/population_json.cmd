ebb population hasty.ebb --format json | head -c 700
