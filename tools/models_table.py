#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the C table of src/lang/library.c: the models that ship, as text.

    models_table.py OUTPUT MODEL.ebb...

The name and the sentence are those of the `model` statement, and the file is called
after the name; else it is refused, as a model must be found under the name it has.
"""
import os
import re
import sys

HEAD = re.compile(r'^model\s+(\w+)\s+"([^"]*)"', re.MULTILINE)


def c_string(text):
    octal = (chr(b) if 0x20 <= b < 0x7F and chr(b) not in '"\\?' else f"\\{b:03o}"
             for b in text.encode())
    return '"' + "".join(octal) + '"'


def c_bytes(data):
    lines = (data[at:at + 20] for at in range(0, len(data), 20))
    return ",\n".join("    " + ", ".join(map(str, line)) for line in lines)


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    head = HEAD.search(data.decode())
    if not head:
        raise SystemExit(f"{path}: no line `model NAME \"sentence\"`")
    if head[1] + ".ebb" != os.path.basename(path):
        raise SystemExit(f"{path}: the model is called {head[1]}")
    return head[1], head[2], data


def main():
    output, paths = sys.argv[1], sys.argv[2:]
    models = sorted(read(path) for path in paths)
    with open(output, "w", encoding="ascii") as file:
        file.write("/* Made by tools/models_table.py; do not edit. */\n")
        file.write('#include "lang/library.h"\n\n')
        for name, _, data in models:
            file.write(f"static const unsigned char model_{name}[] = {{\n"
                       f"{c_bytes(data)}}};\n\n")
        file.write("const ebb_library_row_t ebb_library_rows[] = {\n")
        for name, sentence, data in models:
            file.write(f"    {{{c_string(name)}, {c_string(sentence)},\n"
                       f"     model_{name}, {len(data)}}},\n")
        file.write(f"}};\nconst size_t ebb_library_row_count = {len(models)};\n")


main()
