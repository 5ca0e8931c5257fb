ebb events --tz
