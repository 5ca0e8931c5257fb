# a scenario that does not fit the model it uses
printf 'scenario late uses strogatz\nset owm = 1\n' >late.ebb
ebb model check late.ebb
