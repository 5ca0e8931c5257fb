#!/bin/sh
# SPDX-License-Identifier: MIT
# Packs the last commit into FOLDER/ebb-VERSION.tar.gz. The same commit gives the same
# bytes: times are the commit's, and gzip is told to keep none.
set -eu
folder=$1
mkdir -p "$folder"
archive=$(realpath "$folder")/ebb-$(cat "$(dirname "$0")/../VERSION").tar.gz
cd "$(dirname "$0")/.."
[ -z "$(git status --porcelain)" ] || echo "What is not committed is not in it." >&2
name=$(basename "$archive" .tar.gz)
git archive --format=tar --prefix="$name/" HEAD | gzip -9n >"$archive.part"
mv "$archive.part" "$archive"
sha256sum "$archive"
