ebb formats chat.csv
