ebb events --xyzzy chat.csv
