# a scenario that declares facts, in every form and at every place
ebb simulate -s gone_girl; echo "status $?"
ebb simulate -s gone_girl --format json; echo "status $?"
ebb simulate -s gone_girl -n 1000000 --format csv -o out.csv; echo "status $?"; head -3 out.csv
ebb scenarios gone_girl --width 40 | head -12
ebb study gain pursue_withdraw -s gone_girl --cut a.withdrawal >said; echo "status $?"; head -3 said
ebb simulate pursue_withdraw --for 9 --with 'facts threats' --html - --format json -o out.json | grep -c '<h1>'; head -c 120 out.json; echo
printf 'scenario s "" uses pursue_withdraw\nrun 1\nfacts fear, contol\n' | ebb simulate -s -; echo "status $?"
