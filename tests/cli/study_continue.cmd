ebb study continue pursuit_minimal --vary trigger --from -1.5 --to 1.5 --only pursuer.threat
ebb study continue liebovitch_delay --b response=-2 --vary late --from 0.05 --to 1 --only feeling --format csv | grep Hopf | cut -c 1-8
# the branch that has no fold, and the one that does: which one depends on the start
ebb study continue pursuit_minimal --vary trigger --from 0 --to 0.3 --only pursuer.threat | tail -5
