# what the model wants shown comes first, in its order; what --only names comes in that order
ebb simulate parting.ebb --for 20 --set leaving_rate=1 | grep -E '^[a-z]+  |^[a-z]+$|^Not|^Does'
echo
ebb simulate parting.ebb --for 20 --set leaving_rate=1 --only warmth,together,reaching,reserve | grep -E '^[a-z]+  |^[a-z]+$'
ebb simulate parting.ebb --for 20 --every 20 --format csv | head -1
ebb simulate pursue_withdraw -s pursuer | grep -E '^[a-z]+  |^[a-z]+$|^Not'
