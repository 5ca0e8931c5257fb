ebb validate --claims A22 --couples 10 --format json | head -c 400
