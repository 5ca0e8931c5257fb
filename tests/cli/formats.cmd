ebb formats | grep "^[A-Z]"
