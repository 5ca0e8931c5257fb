ebb model check strogats; echo "status $?"
ebb model check nowhere/at.ebb; echo "status $?"
ebb model check nothing_like_it; echo "status $?"
ebb model check; echo "status $?"
