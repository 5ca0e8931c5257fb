ebb simulate strogatz --scenario centre
