# where the mark is the app's, its words are nobody's text; people's below them are
printf '[29.01.18, 12:24:00] Ann: he left\n[29.01.18, 12:24:01] Ben: \342\200\216Ben left\n[29.01.18, 12:24:02] Ben: \342\200\216Forwarded\n\nold joke\n' >few.txt
ebb events few.txt --text 2>/dev/null
# where it stands before every text, it says nothing
printf '[29.01.18, 12:24:00] Ann: \342\200\216he left\n[29.01.18, 12:24:01] Ben: \342\200\216oh\n[29.01.18, 12:24:02] Ben: \342\200\216Forwarded\n\nold joke\n' >all.txt
ebb events all.txt --text 2>/dev/null
