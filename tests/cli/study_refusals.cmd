ebb study
ebb study equilibria
ebb study equilibria pursuit_minimal --set triger=1
ebb study gain pursuit_minimal
ebb study gain pursuit_minimal --cut trigger
ebb study gain rinaldi_linear --cut love
ebb study continue pursuit_minimal --vary trigger
ebb study continue pursuit_minimal --vary pursuer.threat --from 0 --to 1
ebb study cycle gottman_murray_ojive
ebb study lyapunov liebovitch_delay
ebb study equilibria tides.ebb --hold nothing=1
