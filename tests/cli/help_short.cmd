ebb events -h
