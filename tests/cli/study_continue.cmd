ebb study continue pursuit_minimal --vary trigger --from -1.5 --to 1.5 --only pursuer.threat
ebb study continue liebovitch_delay --b response=-2 --vary late --from 0.05 --to 1 --only feeling --format csv | grep Hopf | cut -c 1-8
