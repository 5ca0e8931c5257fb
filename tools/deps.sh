#!/bin/sh
# Knows what ebb needs from Debian, by purpose, and brings it.
#
#   tools/deps.sh PURPOSE   as root: installs what is missing
#                           else: prints the one apt line and exits 2
#   PURPOSE is build, or test or bench, which take the needs of build in. What bench
#   compares with may be missing: it is skipped then.
#
# A need counts as met by what is found, not by which package brought it: a command, a
# pkg-config module, a file. So hand-made toolchains and other systems are left alone.
#
# To link ebb statically takes what libzip was built with; libzip-dev brings zlib's files
# along, those of bzip2 and OpenSSL it leaves to whoever asks for them.
set -u

# purpose, package, how it is found
needs() {
    cat <<'LIST'
build gcc               command gcc
build libc6-dev         file /usr/include/stdio.h
build ninja-build       command ninja
build meson             command meson
build pkg-config        command pkg-config
build libzip-dev        module libzip
build libyajl-dev       module yajl
build libexpat1-dev     module expat
build libsqlite3-dev    module sqlite3
build libicu-dev        module icu-i18n
build nodejs            command node
build npm               command npm
build clang             command clang
build lld               command wasm-ld
build wasi-libc         file /usr/lib/wasm32-wasi/libc.a
build libclang-rt-14-dev-wasm32 file /usr/lib/llvm-14/lib/clang/14*/lib/wasi/libclang_rt.builtins-wasm32.a
test clang-tidy         command clang-tidy
test clang-format       command clang-format
test llvm               command llvm-symbolizer
test libclang-rt-14-dev file /usr/lib/llvm-14/lib/clang/14*/lib/linux/libclang_rt.fuzzer-x86_64.a /usr/lib/llvm-14/lib/clang/14*/lib/linux/libclang_rt.fuzzer-aarch64.a
test chromium           command chromium chromium-browser google-chrome
test firefox-esr        command firefox-esr firefox
test poppler-utils      command pdfinfo
test groff-base         command groff
test libbz2-dev         file /usr/include/bzlib.h
test libssl-dev         file /usr/include/openssl/ssl.h
test python3            command python3
test git                command git
bench r-base-core       command Rscript
bench r-cran-desolve    file /usr/lib/R/site-library/deSolve/DESCRIPTION
bench python3-numpy     file /usr/lib/python3/dist-packages/numpy/__init__.py
bench openmpi-bin       command mpirun
LIST
}

# $1 kind, $2... alternatives, any of which will do
found() {
    kind=$1
    shift
    for one; do
        case $kind in
        command) command -v "$one" >/dev/null 2>&1 && return 0 ;;
        module) pkg-config --exists "$one" 2>/dev/null && return 0 ;;
        file) [ -e "$one" ] && return 0 ;;
        esac
    done
    return 1
}

missing() {
    needs | while read -r purpose package kind places; do
        # unquoted: alternatives are separate words, and may be patterns
        case " $* " in
        *" $purpose "*) found "$kind" $places || printf '%s ' "$package" ;;
        esac
    done
}

case "$*" in
build) ;;
test) set -- build test ;;
bench) set -- build bench ;;
*)
    echo "usage: tools/deps.sh build|test|bench" >&2
    exit 2
    ;;
esac

packages=$(missing "$@")
packages=${packages% }
[ -n "$packages" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing, by the names Debian gives them: $packages" >&2
    exit 2
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Missing packages. As root:" >&2
    echo "apt-get update && apt-get install -y --no-install-recommends $packages" >&2
    exit 2
fi
echo "Installing $packages" >&2
export DEBIAN_FRONTEND=noninteractive
{
    apt-get update -qq &&
        apt-get install -y -qq --no-install-recommends $packages
} >/dev/null || {
    echo "apt-get could not install: $packages" >&2
    exit 1
}
packages=$(missing "$@")
[ -z "$packages" ] || {
    echo "Installed, yet not found: $packages" >&2
    exit 1
}
