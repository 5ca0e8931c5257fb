# all errors at once with their places; the other file is still checked
ebb model check broken.ebb strogatz
