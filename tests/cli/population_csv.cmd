ebb population parting.ebb:quick --couples 300 --seed 4 --format csv
