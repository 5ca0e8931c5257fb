ebb events -x
