ebb events novel.txt
