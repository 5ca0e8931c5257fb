ebb events - <couple.json | wc -l
