# too many steps: how many, and what helps
ebb simulate strogatz --method euler --step 1e-12; echo "status $?"
ebb simulate gottman_murray_bilinear --for 1e11; echo "status $?"
ebb simulate strogatz --for 1e15; echo "status $?"
ebb simulate strogatz --only '' --for 1; echo "status $?"
