#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the C table of src/report/engine_asset.h: the bytes of the engine's module.

    bytes_table.py OUTPUT [ENGINE.wasm]        without a module the table is empty
"""
import sys


def main():
    data = b""
    if len(sys.argv) > 2:
        with open(sys.argv[2], "rb") as file:
            data = file.read()
    with open(sys.argv[1], "w", encoding="ascii") as file:
        file.write("/* Made by tools/bytes_table.py; do not edit. */\n"
                   '#include "report/engine_asset.h"\n\n'
                   "const unsigned char ebb_engine_module[] = {\n")
        for at in range(0, len(data), 24):
            file.write("    " + ",".join(map(str, data[at:at + 24])) + ",\n")
        file.write(f"    0}};\n\nconst size_t ebb_engine_module_size = {len(data)};\n")


main()
