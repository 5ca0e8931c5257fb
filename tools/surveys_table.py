#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the C table of ebb/survey.h: claims about many people, and off which run each is
read.

    surveys_table.py OUTPUT SURVEYS.tsv RUNS.ebb...
"""
import re
import sys

from evidence_table import c_string
from figures_table import table

RELATIONS = {"<": "LESS", "<=": "AT_MOST", ">": "MORE", ">=": "AT_LEAST"}
TEXTS = "id model run statistic columns among note code".split()
NO_FILES = {"market": "pair", "childhoods": "develop", "shades": "develop"}


def models(paths):
    """{run: the model it uses}."""
    used = dict(NO_FILES)
    for path in paths:
        with open(path, encoding="utf8") as file:
            found = re.search(r"^population (\w+) .* uses (\w+)", file.read(), re.M)
        used[found[1]] = found[2]
    return used


def code(line):
    """A survey in one line, as a person would read it."""
    among = f", {line['among']}" if line["among"] else ""
    what = f"{line['statistic']} of {line['columns']} ({line['run']}{among})"
    return f"{what} {line['relation']} {line['bound']}"


def main():
    output, surveys, *paths = sys.argv[1:]
    used = models(paths)
    entries = []
    for line in table(surveys):
        if " / " in line["among"] and "-" not in line["run"]:
            sys.exit(f"{surveys}: {line['id']}: two kinds of couples need two runs")
        line |= {"model": used[line["run"].split("-")[0]], "code": code(line)}
        texts = [f".{name} = {c_string(line[name])}" for name in TEXTS]
        entries.append("    {" + ", ".join(texts) + f", .relation = EBB_RELATION_{RELATIONS[line['relation']]}, "
                       f".bound = (double){line['bound']}}},\n")
    with open(output, "w", encoding="ascii") as file:
        file.write("/* Made by tools/surveys_table.py; do not edit. */\n"
                   '#include "evidence/figures.h"\n\n'
                   "const ebb_survey_t ebb_survey_rows[] = {\n" + "".join(entries) + "};\n"
                   f"const size_t ebb_survey_row_count = {len(entries)};\n")


if __name__ == "__main__":
    main()
