ebb study share rinaldi_linear --cut a.love --value 0 --outcome b.love --from 30 --for 40 -n 2
