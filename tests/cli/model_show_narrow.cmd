# no line is longer than asked for
ebb model show jules_and_jim --width 50 | awk 'length > 50 { print "too long: " $0 }'
ebb model show tides.ebb --width 50 | head -22
