ebb evnts
