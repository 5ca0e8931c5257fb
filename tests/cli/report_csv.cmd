ebb report couple.json --format csv 2>/dev/null | head -1
