# groff is an extra: without it the page is not rendered here
command -v groff >/dev/null || exit 0
ebb help --man | groff -man -Tutf8 -ww -z
