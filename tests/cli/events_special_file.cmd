# a pipe is written to, never replaced by a file
mkfifo pipe
cat pipe >got & ebb events couple.json -o pipe 2>/dev/null
wait; test -p pipe && wc -l <got
