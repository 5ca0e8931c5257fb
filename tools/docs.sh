#!/bin/sh
# SPDX-License-Identifier: MIT
# Draws the pictures of the README, in Chromium: docs/report.png, the loop of the example
# as the program shows it, and docs/lab.png, the sandbox of the lab. Letters look as the fonts of this machine do.
#
#   tools/docs.sh BUILD
set -eu
build=$(realpath "$1")
cd "$(dirname "$0")/.."
ninja -C "$build" ebb web/dev.stamp >/dev/null
page=$build/docs.html
"$build/ebb" report examples/example-whatsapp.txt --html "$page" >/dev/null 2>&1
EBB_WEB_MODULES=$build/web/dev/node_modules node web/tools/shot.mjs "$page" docs/report.png \
    --width 948 --part loop --until .loop-figure
"$build/ebb" lab -o "$build/lab.html" 2>/dev/null
mine='# with at 180: check_ins = 0.8
# with at 180: b.stated_return = 1
scenario mine "Made in the sandbox" uses pursue_withdraw
run 730
a: anxiety = 1.2, avoidance = -0.3
b: anxiety = -0.3, avoidance = 1.2'
fragment=$(node -p 'encodeURIComponent(process.argv[1])' "$mine")
EBB_WEB_MODULES=$build/web/dev/node_modules node web/tools/lab_shot.mjs "$build/lab.html" docs/lab.png \
    "#sandbox/$fragment" 1280 980
