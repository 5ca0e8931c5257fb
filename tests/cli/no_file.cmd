ebb events
