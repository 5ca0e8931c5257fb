ebb events --between Ann
