#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the C tables of src/evidence/table.h: the claims, why they came out as they did,
and the files of their checks.

    evidence_table.py OUTPUT CLAIMS.tsv UNCHECKED.tsv SURVEYS.tsv CHECKS.ebb...
"""
import os
import re
import sys

COLUMNS = "id document claim kind quantity scope verdict evidence link check".split()


def c_string(text):
    octal = "".join(chr(b) if 0x20 <= b < 0x7F and chr(b) not in '"\\?' else f"\\{b:03o}"
                    for b in text.encode())
    return f'"{octal}"'


def c_bytes(data):
    lines = (data[at:at + 20] for at in range(0, len(data), 20))
    return ",\n".join("    " + ", ".join(map(str, line)) for line in lines)


REMARK = r"(does not hold|stands): (.*)"


def kept(found):
    return {word.replace("does not hold", "fails"): why for word, why in found}


def survey_remarks(path):
    """The same for claims that are checked by surveys."""
    with open(path, encoding="utf8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    place = lines[0].index("came")
    return {cells[0]: kept(re.findall(f"^{REMARK}", cells[place]))
            for cells in lines[1:] if cells[place] != "-"}


def remarks(paths):
    """{claim: {"fails" or "stands": what its check says of how it came out}}."""
    said = {}
    for path in paths:
        with open(path, encoding="utf8") as file:
            blocks = re.split(r"^(?=claim )", file.read(), flags=re.M)[1:]
        for block in blocks:
            said[block.split()[1]] = kept(re.findall(f"^# {REMARK}", block, re.M))
    return said


def reasons(path):
    """{claim: why it has no check}."""
    with open(path, encoding="utf8") as file:
        return dict(line.rstrip("\n").split("\t") for line in file)


def claims(path, unchecked, said):
    with open(path, encoding="utf8") as file:
        lines = file.read().splitlines()
    if lines[0].split("\t") != COLUMNS:
        raise SystemExit(f"{path}:1: the columns are {' '.join(COLUMNS)}")
    for line in lines[1:]:
        cells = dict(zip(COLUMNS, ("" if cell == "-" else cell for cell in line.split("\t"))))
        cells["unchecked"] = unchecked.get(cells["id"], "")
        cells |= {"fails": "", "stands": ""} | said.get(cells["id"], {})
        yield ", ".join(f".{name} = {c_string(cell)}" for name, cell in cells.items())


def main():
    output, table, unchecked, surveys, *paths = sys.argv[1:]
    paths.sort()
    rows = list(claims(table, reasons(unchecked), remarks(paths) | survey_remarks(surveys)))
    with open(output, "w", encoding="ascii") as file:
        file.write("/* Made by tools/evidence_table.py; do not edit. */\n")
        file.write('#include "evidence/table.h"\n\n')
        names = [os.path.basename(path).removesuffix(".ebb") for path in paths]
        sizes = []
        for name, path in zip(names, paths):
            with open(path, "rb") as check:
                data = check.read()
            sizes.append(len(data))
            file.write(f"static const unsigned char checks_{name}[] = {{\n"
                       f"{c_bytes(data)}}};\n\n")
        file.write("const ebb_evidence_t ebb_evidence_rows[] = {\n")
        file.writelines(f"    {{{row}}},\n" for row in rows)
        file.write(f"}};\nconst size_t ebb_evidence_row_count = {len(rows)};\n\n")
        file.write("const ebb_checks_row_t ebb_checks_rows[] = {\n")
        file.writelines(f"    {{{c_string(name)}, {c_string(f'checks/{name}.ebb')}, "
                        f"checks_{name}, {size}}},\n" for name, size in zip(names, sizes))
        file.write(f"}};\nconst size_t ebb_checks_row_count = {len(names)};\n")


if __name__ == "__main__":
    main()
