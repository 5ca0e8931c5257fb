# a few messages: no claim, and a full answer, which ends well
ebb report chat.txt 2>/dev/null | grep -e "cannot be told" -e "^What is" -e "^How long"
