ebb trial healing.ebb
