# claims, populations and trials, in their model's file and alone
ebb model check hasty.ebb
printf 'population p uses pursue_withdraw\nrun 10\n\ntrial t uses pursue_withdraw\nrun 10\n' >alone.ebb
ebb model check alone.ebb
printf 'claim c uses pursue_withdraw\nrun 10\nexpect mean(a.satisfaction) > 0\n' >claim.ebb
ebb model check claim.ebb
printf 'population p uses somebody\nrun 10\n' >stranger.ebb
ebb model check stranger.ebb
