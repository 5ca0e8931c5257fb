ebb chat.txt
