# a scenario of a model that is not at hand is wrong: which was meant, or where to check it
printf 'scenario one uses strogats\nset own = 1\n' >one.ebb
ebb model check one.ebb; echo "status $?"
printf 'scenario two uses my_own_model\nset own = 1\n' >two.ebb
ebb model check two.ebb; echo "status $?"
