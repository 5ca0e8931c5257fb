ebb study equilibria rinaldi_secure --starts 20 --format csv
ebb study sweep rinaldi_linear --vary appeal --from 0 --to 1 --steps 2 --settle 20 --format csv
