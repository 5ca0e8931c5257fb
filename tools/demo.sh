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
planted=$(sed -n 's/.*"pursuer":0.*"loop_share":0\.\([0-9][0-9]\).*/\1/p' \
    "$here/examples/example-truth.json")
cat <<EOT

The two in this example never were: a program wrote their messages, and planted
a loop by way of which about $planted of 100 follow-ups of one of them come.
The page: $(realpath "$page")
EOT
