ebb events couple.json >/dev/full
