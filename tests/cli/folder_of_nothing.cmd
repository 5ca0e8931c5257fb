mkdir folder; ebb events folder
