# every option that names persons is called as it is written
ebb report chat.txt --me Ann --partner Ann
ebb report chat.txt --between Ann Ann
ebb report chat.txt --me Dora --between Ann Ben
ebb events chat.txt --partner Dora --between Ann Ben
