ebb events nowhere.txt
