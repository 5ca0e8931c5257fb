{ echo 'model wide "Many"'; echo 'time step'
  for k in 1 2 3 4 5 6 7 8 9 10; do echo "state x$k = $k"; echo "next x$k = x$k + 1"; done; } >wide.ebb
ebb simulate wide.ebb --for 3 --width 50 | tail -12
