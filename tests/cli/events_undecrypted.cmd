# what could not be decrypted counts, and is told aloud
cat >room.json <<'EOF'
{"room_name":"Ana","exported_by":"Ben","messages":[
{"type":"m.room.message","sender":"@ana:example.org","origin_server_ts":1714932001000,"content":{"msgtype":"m.text","body":"hi"}},
{"type":"m.room.message","sender":"@ben:example.org","origin_server_ts":1714932002000,"content":{"msgtype":"m.bad.encrypted","body":"** Unable to decrypt **"}}
]}
EOF
ebb events room.json
