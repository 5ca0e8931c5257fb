# the same export twice counts once
ebb events couple.json couple.json | wc -l
