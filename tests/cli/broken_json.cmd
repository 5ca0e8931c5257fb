# where it broke: file, line and column, a caret, and nothing of the words
head -c 19880 couple.json >cut.json
ebb events cut.json
