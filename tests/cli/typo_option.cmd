ebb events --nmaes chat.csv
