ebb events --alias Ann chat.csv
