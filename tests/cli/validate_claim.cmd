# one claim: in words, as numbers, and what is known; and without its link
ebb validate --claims A22 --ablate --couples 40
