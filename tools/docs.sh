#!/bin/sh
# SPDX-License-Identifier: MIT
# Draws docs/report.png, the picture of the README: the loop of the example, as the
# program shows it, in Chromium. Letters look as the fonts of this machine do.
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
