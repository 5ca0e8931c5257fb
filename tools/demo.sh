#!/bin/sh
# The main job on the example that ships: a picture in the terminal, and a page.
#
#   tools/demo.sh BUILD
set -eu
build=$1
here=$(cd "$(dirname "$0")/.." && pwd)
page=$build/demo.html
"$build/ebb" report "$here/examples/example-whatsapp.txt" --html "$page"
echo
echo "The page: $(realpath "$page")"
