#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the C tables of src/evidence/figures.h: the figures that the models are held
against, how each is read off a run, why some are missed, and the files of the runs.

    figures_table.py OUTPUT FIGURES.tsv MISSED.tsv EVIDENCE.tsv... -- RUNS.ebb...
"""
import os
import sys

from evidence_table import c_bytes, c_string

TEXTS = "id figure interval population source standing used".split()
HOW = "run statistic columns among note".split()


def table(path):
    with open(path, encoding="utf8") as file:
        lines = [line.split("\t") for line in file.read().splitlines()]
    return [dict(zip(lines[0], ("" if cell == "-" else cell for cell in line)))
            for line in lines[1:]]


def number(cell):
    return {"": "NAN", "+": "NAN", "inf": "INFINITY", "-inf": "-INFINITY"}.get(cell, cell)


def row(evidence, how, missed):
    texts = [f".{name} = {c_string(evidence[name])}" for name in TEXTS]
    texts += [f".{name} = {c_string(how[name])}" for name in HOW]
    texts.append(f".missed = {c_string(missed)}")
    numbers = [f".{name} = (double){number(evidence[name])}" for name in ("value", "low", "high")]
    return "    {" + ", ".join(texts + numbers) + "},\n"


def main():
    output, figures, missed_table, *rest = sys.argv[1:]
    cut = rest.index("--")
    evidence = [line for path in rest[:cut] for line in table(path)]
    how = {line["id"]: line for line in table(figures)}
    missed = {line["id"]: line["reason"] for line in table(missed_table)}
    rows = [row(line, how[line["id"]], missed.get(line["id"], "")) for line in evidence if line["id"] in how]
    runs = sorted(rest[cut + 1:])
    with open(output, "w", encoding="ascii") as file:
        file.write("/* Made by tools/figures_table.py; do not edit. */\n#include <math.h>\n\n"
                   '#include "evidence/figures.h"\n\n')
        entries = []
        for path in runs:
            name = os.path.basename(path).removesuffix(".ebb")
            label = "/".join(path.replace(os.sep, "/").split("/")[-2:])
            with open(path, "rb") as run:
                data = run.read()
            file.write(f"static const unsigned char run_{name}[] = {{\n{c_bytes(data)}}};\n\n")
            entries.append(f"    {{{c_string(name)}, {c_string(label)}, "
                           f"run_{name}, {len(data)}}},\n")
        file.write("const ebb_figure_t ebb_figure_rows[] = {\n" + "".join(rows) + "};\n"
                   f"const size_t ebb_figure_row_count = {len(rows)};\n\n"
                   "const ebb_checks_row_t ebb_figure_runs[] = {\n" + "".join(entries) + "};\n"
                   f"const size_t ebb_figure_run_count = {len(entries)};\n")


if __name__ == "__main__":
    main()
