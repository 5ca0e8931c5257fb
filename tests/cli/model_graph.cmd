# one drawing that is whole; other quantities when asked
ebb model graph pursuit_minimal -o pursuit.svg && head -c 4 pursuit.svg && echo && tail -n 1 pursuit.svg
ebb model graph pursuit_minimal | cmp - pursuit.svg && echo same
ebb model graph pursuit_minimal --lets none >none.svg; grep -c '>pursuit<' pursuit.svg none.svg
ebb model graph pursuit_minimal --lets some; echo "status $?"
