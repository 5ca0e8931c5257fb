# names cannot choose between the chats of a zip, so none are asked for
printf '29.01.2018, 12:24 - Ann: a\n29.01.2018, 12:25 - Ben: b\n' >'WhatsApp Chat with Ben.txt'
cp 'WhatsApp Chat with Ben.txt' 'WhatsApp Chat with Cleo.txt'
python3 -c 'import sys, zipfile
with zipfile.ZipFile("chats.zip", "w") as z:
    for name in sys.argv[1:]:
        z.write(name)' 'WhatsApp Chat with Ben.txt' 'WhatsApp Chat with Cleo.txt'
ebb events chats.zip
