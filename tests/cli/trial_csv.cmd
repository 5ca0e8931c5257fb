ebb trial healing.ebb:pushes --couples 300 --seed 2 --format csv
