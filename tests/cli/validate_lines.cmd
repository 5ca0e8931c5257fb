ebb validate --claims A20-A25 --ablate --couples 40
