# each person has a letter of her own, and a few numbers of a run go on a line
ebb simulate jules_and_jim -s film --only love,lean --width 60
