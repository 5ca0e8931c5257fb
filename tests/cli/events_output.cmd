# the table goes to the file, the talk to stderr, nothing to stdout; no part file is left
ebb events couple.json -o out.csv && wc -l <out.csv && ls
