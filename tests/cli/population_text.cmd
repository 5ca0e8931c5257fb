ebb population hasty.ebb
