ebb population hasty.ebb:quick --couples 300 --seed 4 --format csv
