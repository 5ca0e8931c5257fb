# the notice stands first; then sections in this order
ebb report couple.json 2>/dev/null | sed -n "2,4p; /^[A-Z ]*$/p" | grep .
