ebb study sweep pursuit_minimal --vary trigger --from -1 --to 0.6 --steps 160 --width 60
