ebb population parting.ebb
