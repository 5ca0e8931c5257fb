# right in one line, also scenarios alone and several files
ebb model check tides.ebb strogatz
ebb model check others.ebb
