#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the C table of src/safety/help.h from help_lines.tsv.

    help_table.py OUTPUT TSV

Columns: country, kind, name, number, url, source, checked; '-' is nothing. A line of
help other than an emergency number must name its source and the day on which that was
opened, or it is refused: a wrong number is worse than none.
"""
import re
import sys

COLUMNS = ["country", "kind", "name", "number", "url", "source", "checked"]
KINDS = ["emergency", "violence", "crisis", "men", "children"]


def check(place, row):
    if not re.fullmatch(r"[A-Z]{2}", row["country"] or ""):
        raise SystemExit(f"{place}: country is two capital letters")
    if row["kind"] not in KINDS:
        raise SystemExit(f"{place}: kind is one of {', '.join(KINDS)}")
    if not row["name"] or not row["number"]:
        raise SystemExit(f"{place}: name and number are needed")
    if row["kind"] != "emergency":
        if not row["source"] or not re.fullmatch(r"\d{4}-\d\d-\d\d", row["checked"] or ""):
            raise SystemExit(f"{place}: a help line needs its source and the day it was opened")


def c_string(text):
    if text is None:
        return "NULL"
    octal = "".join(
        chr(b) if 0x20 <= b < 0x7F and chr(b) not in '"\\?' else f"\\{b:03o}"
        for b in text.encode()
    )
    return f'"{octal}"'


def main():
    output, path = sys.argv[1:]
    rows = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if len(cells) != len(COLUMNS):
                raise SystemExit(f"{path}:{number}: {len(COLUMNS)} columns are needed")
            row = dict(zip(COLUMNS, (None if c == "-" else c for c in cells)))
            check(f"{path}:{number}", row)
            rows.append(", ".join(f".{c} = {c_string(row[c])}" for c in COLUMNS))
    rows.sort()
    with open(output, "w", encoding="ascii") as file:
        file.write("/* Made by tools/help_table.py; do not edit. */\n")
        file.write('#include "safety/help.h"\n\n')
        file.write("const ebb_help_line_t ebb_help_rows[] = {\n")
        file.writelines(f"    {{{row}}},\n" for row in rows)
        file.write(f"}};\nconst size_t ebb_help_row_count = {len(rows)};\n")


main()
