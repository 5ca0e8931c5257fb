# a document that is whole, to standard output or a file
ebb model latex strogatz | sed -n '1p;$p'
ebb model latex strogatz -o love.tex && ebb model latex strogatz | cmp - love.tex && echo same
ebb model latex broken.ebb 2>/dev/null; echo "status $?"
