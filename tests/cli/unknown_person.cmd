ebb report --me Dorothea couple.json
