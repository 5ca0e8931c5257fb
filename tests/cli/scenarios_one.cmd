# one that ships, one of a file, and what cannot be found
ebb scenarios low_voice
ebb scenarios strogatz:centre --width 60
ebb scenarios others.ebb:slow; echo "status $?"
ebb scenarios low_vioce; echo "status $?"
ebb scenarios nothing_like_it; echo "status $?"
ebb scenarios others.ebb; echo "status $?"
ebb scenarios broken.ebb; echo "status $?"
ebb scenarios couple.json >/dev/null 2>&1; echo "status $?"
ebb scenarios low_voice miranda; echo "status $?"
