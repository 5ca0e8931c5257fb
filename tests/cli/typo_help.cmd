ebb help evnts
