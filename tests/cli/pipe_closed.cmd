# the reader is gone before ebb writes: quiet, and no error
{ sleep 0.2; ebb help --man; echo "status $?" >&2; } | true
