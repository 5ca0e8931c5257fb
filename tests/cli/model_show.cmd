ebb model show tides.ebb
