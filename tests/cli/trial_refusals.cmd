ebb trial
ebb trial parting.ebb
ebb trial healing.ebb:pulls
ebb trial healing.ebb --resume x --part 0/2
ebb population healing.ebb
