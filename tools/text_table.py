#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the C table of src/core/words.h from the text table.

    text_table.py OUTPUT LANGUAGE[:PREFIX]=FILE...

Each FILE is one flat JSON object, key -> text; of a file with a prefix only the keys
that begin with it are taken, as the page's words are not needed in the program. A key that stands in two files of one
language is an error, and so is a text that is empty.
"""
import json
import sys


def read(path, prefix, words):
    def pairs(items):
        for key, text in items:
            if not key.startswith(prefix):
                continue
            if key in words:
                raise SystemExit(f"{path}: '{key}' stands there twice")
            if not isinstance(text, str) or not text:
                raise SystemExit(f"{path}: '{key}' has no text")
            words[key] = text

    with open(path, encoding="utf-8") as file:
        json.load(file, object_pairs_hook=pairs)


def c_string(text):
    """One C literal; what is not plain ASCII in octal, which cannot run on."""
    out = []
    for byte in text.encode():
        plain = 0x20 <= byte < 0x7F and chr(byte) not in '"\\?'
        out.append(chr(byte) if plain else f"\\{byte:03o}")
    return '"' + "".join(out) + '"'


def main():
    output, languages = sys.argv[1], {}
    for argument in sys.argv[2:]:
        selector, path = argument.split("=", 1)
        language, _, prefix = selector.partition(":")
        read(path, prefix, languages.setdefault(language, {}))
    rows = [
        f"    {{{c_string(language)}, {c_string(key)}, {c_string(text)}}},"
        for language, words in sorted(languages.items())
        for key, text in sorted(words.items(), key=lambda row: row[0].encode())
    ]
    with open(output, "w", encoding="ascii") as file:
        file.write("/* Made by tools/text_table.py from web/text; do not edit. */\n")
        file.write('#include "core/words.h"\n\n')
        file.write("const ebb_word_row_t ebb_word_rows[] = {\n")
        file.write("\n".join(rows))
        file.write("\n};\n")
        file.write(f"const size_t ebb_word_row_count = {len(rows)};\n")


main()
