# Ben's lines are dated so that there is no such day or hour: that is told, then who is left
printf '01/03/2023, 10:00 - Ann: a\n29/02/2023, 10:00 - Ben: b\n02/03/2023, 25:00 - Ben: c\n' | ebb events -
