# no date is above 12: only the order in time tells, and what it rests on is said so
printf '03/01/2024, 10:00 - Ann: a\n04/01/2024, 10:00 - Ben: b\n05/01/2024, 10:00 - Ann: c\n01/02/2024, 10:00 - Ben: d\n02/02/2024, 10:00 - Ann: e\n01/03/2024, 10:00 - Ben: f\n' | ebb events - >/dev/null
# ... the American way round
printf '1/3/24, 10:00 AM - Ann: a\n1/4/24, 10:00 AM - Ben: b\n2/1/24, 10:00 AM - Ann: c\n2/2/24, 10:00 AM - Ben: d\n3/1/24, 10:00 AM - Ann: e\n' | ebb events - >/dev/null
