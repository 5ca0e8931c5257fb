# what was set to disappear is left out, and that is told; also where it is all there is
cat >signal.json <<'EOF'
[
{"type":"incoming","sent_at":1714932001000,"conversationId":"c","body":"hi","expireTimer":0},
{"type":"outgoing","sent_at":1714932002000,"conversationId":"c","body":"gone","expireTimer":60},
{"type":"outgoing","sent_at":1714932003000,"conversationId":"c","body":"ho","expireTimer":0}
]
EOF
ebb events signal.json
sed 's/"expireTimer":0/"expireTimer":60/' signal.json >gone.json
ebb events gone.json
ebb events signal.json --keep-disappearing 2>/dev/null | grep -c ephemeral
