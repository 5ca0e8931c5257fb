#!/bin/sh
# SPDX-License-Identifier: MIT
# What leaves the house: an installation that works and can be taken away again, and an
# archive that is the same twice and builds by itself.
#
#   tests/ship.sh BUILD SCRATCH
#
# Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 1
build=$(realpath "$1")
rm -rf "$2" && mkdir -p "$2" && scratch=$(realpath "$2") || exit 1
passed=0 failed=0

# $1 what is checked, then the command that must hold
holds() {
    what=$1
    shift
    if "$@" >"$scratch/said" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $what"
        cat "$scratch/said"
    fi
}

root=$scratch/root
installed() { [ -n "$(find "$root" -path "*/$1")" ]; }
pkg() {
    PKG_CONFIG_PATH=$(dirname "$(find "$root" -name ebb.pc)") \
        PKG_CONFIG_SYSROOT_DIR=$root pkg-config "$@"
}
# $1 name of the program; $2... how pkg-config is asked
client_builds() {
    program=$1
    shift
    gcc -std=c17 -Wall -Wextra -Werror tests/ship/client.c -o "$scratch/$program" \
        $(pkg --cflags --libs "$@" ebb)
}
front_door() { make --no-print-directory BUILD="$build" DESTDIR="$root" "$@"; }
version_is() { [ "$("$1" --version | head -n 1)" = "ebb $(cat VERSION)" ]; }
nothing_left() { [ -z "$(find "$root" ! -type d)" ]; }

holds "installs" front_door install
for file in bin/ebb include/ebb.h include/ebb/messages.h share/man/man1/ebb.1 \
    bash-completion/completions/ebb zsh/site-functions/_ebb fish/vendor_completions.d/ebb.fish; do
    holds "installs $file" installed "$file"
done
holds "the installed program says its version" version_is "$(find "$root" -path '*/bin/ebb')"
holds "the manual page renders without complaint" sh -c \
    "! groff -man -Tutf8 -ww -z '$(find "$root" -name ebb.1)' 2>&1 | grep ."
holds "the completion for bash is one" bash -n "$(find "$root" -path '*completions/ebb')"
holds "pkg-config knows the version" [ "$(pkg --modversion ebb)" = "$(cat VERSION)" ]
holds "a client builds by pkg-config alone" client_builds client
holds "the client runs" "$scratch/client"
holds "a client builds when asked to be static" client_builds client-static --static
holds "that client runs" "$scratch/client-static"
holds "uninstalls" front_door uninstall
holds "leaves nothing behind" nothing_left

if git rev-parse HEAD >/dev/null 2>&1; then
    archive=ebb-$(cat VERSION).tar.gz
    holds "packs" tools/dist.sh "$scratch/first"
    holds "packs again" tools/dist.sh "$scratch/second"
    holds "packs the same bytes" cmp "$scratch/first/$archive" "$scratch/second/$archive"
    tar -C "$scratch" -xf "$scratch/first/$archive"
    unpacked=$scratch/${archive%.tar.gz}
    # with the packages that are here already, and without optimising: it is for the files
    holds "makes the page of the archive" node "$unpacked/web/tools/build.mjs" \
        --out "$scratch" --modules "$build/web/modules/node_modules"
    holds "builds the archive" make -C "$unpacked" \
        "MESON_FLAGS=--werror -Dtests=false -Doptimization=0 -Dpage=$scratch/page_asset.c"
    holds "its program says its version" version_is "$unpacked/build/ebb"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
