# by name, with the model and without; a file of that name goes first
ebb simulate -s low_voice --every 30 --only issue --format csv
ebb simulate conversation -s low_voice --every 30 --only issue --format csv
ebb simulate pursue_withdraw -s low_voice; echo "status $?"
ebb simulate -s low_vioce; echo "status $?"
ebb simulate conversation -s talkk; echo "status $?"
ebb simulate; echo "status $?"
ebb simulate -s others.ebb:slow --for 1 --every 1 --format csv; echo "status $?"
printf 'scenario low_voice "mine" uses conversation\nrun 2 minute\n' >low_voice
ebb simulate -s low_voice --every 1 --only issue --format csv
ebb simulate -s - --every 1 --only issue --format csv <low_voice
ebb study equilibria conversation -s low_voice --only issue --starts 2 | head -1
ebb model check low_voice
