# help on a verb of a verb, and what is wrong with one
ebb model --help
ebb model show -h
ebb help model check | head -3
ebb model; echo "status $?"
ebb model shwo x; echo "status $?"
ebb help model shwo; echo "status $?"
ebb help report all; echo "status $?"
