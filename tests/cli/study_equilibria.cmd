ebb study equilibria pursuit_minimal
ebb study equilibria strogatz --a other=2 --b other=-0.5 --starts 5 --width 60
ebb study equilibria gottman_murray_ojive --only mood
ebb study equilibria liebovitch_delay --b response=-2 --only feeling
