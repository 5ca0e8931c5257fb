# what stood there stands there still
mkdir there && echo kept >there/out.csv && chmod a-w there
ebb events couple.json -o nowhere/out.csv 2>&1 >/dev/null | tail -1
ebb events couple.json -o there 2>/dev/null; echo "status $?"
cat there/out.csv; chmod u+w there
