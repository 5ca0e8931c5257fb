ebb report --tz Mars/Base couple.json
