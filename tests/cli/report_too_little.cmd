# two messages by each are the least
printf "%s" '{"name":"B","type":"personal_chat","id":1,"messages":[
{"id":1,"type":"message","date":"2025-01-06T07:00:00","date_unixtime":"1736146800","from":"A","from_id":"user1","text":"x"},
{"id":2,"type":"message","date":"2025-01-06T08:00:00","date_unixtime":"1736150400","from":"B","from_id":"user2","text":"y"}]}' >two.json
ebb report two.json
