# two results in one place
ebb report couple.json --html both.html -o both.html; echo "status $?"
ebb report couple.json --html - --format json; echo "status $?"
ebb report couple.json --html - --output -
