#!/bin/sh
# SPDX-License-Identifier: MIT
# The main job on the example that ships: the picture in the terminal, and the page.
#
#   tools/demo.sh BUILD
set -eu
build=$1
here=$(cd "$(dirname "$0")/.." && pwd)
export="$here/examples/example-whatsapp.txt"
page=$build/demo.html
"$build/ebb" report "$export" --html "$page"
truth=$here/examples/example-truth.json
share=$(sed -n 's/.*"pursuer":0.*"loop_share":0\.\(..\)\([0-9]*\).*/\1.\2/p' "$truth")
planted=$(LC_ALL=C printf %.0f "$share")
# the truth counts the two as their maker does; in the report A is who writes first
pursuer=$(sed -n 's/.*"names":\["\([^"]*\)".*/\1/p' "$truth")
first=$(sed -n 's/^[^-]* - \([^:]*\): .*/\1/p' "$export" | head -n 1)
[ "$first" = "$pursuer" ] && letter=A || letter=B
"$build/ebb" lab -o "$build/lab.html" || true # says why, where it was built without
cat <<EOT

The two in this example never were: a program wrote their messages, and planted
a loop by way of which about $planted of 100 follow-ups of $letter come.
The page: $(realpath "$page")
EOT
