# a whole download: the chats are listed, and one is chosen
chat() {
    printf '{"participants": [{"name": "%s"}, {"name": "Ben"}], "messages": [\n' "$1"
    printf '{"sender_name": "Ben", "timestamp_ms": 1714932002000, "content": "b"},\n'
    printf '{"sender_name": "%s", "timestamp_ms": 1714932001000, "content": "a"}]}\n' "$1"
}
mkdir -p messages/inbox/ann_1 messages/inbox/cleo_2
chat Ann >messages/inbox/ann_1/message_1.json
chat Cleo >messages/inbox/cleo_2/message_1.json
ebb events messages
echo $?
ebb events messages --partner Ann --tz Europe/Berlin
