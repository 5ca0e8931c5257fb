ebb study cycle pursuit_minimal --set trigger=0.65 --set weariness=0.6
ebb study cycle pursuit_minimal
