ebb develop --without mod
ebb develop --caregiver kind
ebb develop --set turns=9
ebb develop --set responsive=0 --set inconsistent=0 --set rejecting=0 --set frightening=0
