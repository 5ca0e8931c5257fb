ebb study lyapunov rinaldi_linear --for 100 --transient 20
