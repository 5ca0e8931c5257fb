#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The table of all claims: what holds on the models, and what falls with its links cut.

Runs `ebb validate --ablate` once and writes what it says, with the reasons that stand in
evidence/: why a claim has no check (unchecked.tsv), and above a check why it does not hold
(`# does not hold: ...`) or on what else it stands (`# stands: ...`).

    validate.py EBB OUT.md
"""
import glob
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def remarks():
    """{claim: what its check says of how it came out}."""
    said = {}
    for path in glob.glob(os.path.join(ROOT, "evidence", "checks", "*.ebb")):
        with open(path, encoding="utf8") as file:
            text = file.read()
        for block in re.split(r"^(?=claim )", text, flags=re.M)[1:]:
            found = re.findall(r"^# (does not hold|stands): (.*)", block, re.M)
            said[block.split()[1]] = {word: why for word, why in found}
    return said


def reasons():
    """{claim: why it has no check}."""
    with open(os.path.join(ROOT, "evidence", "unchecked.tsv"), encoding="utf8") as file:
        return dict(line.rstrip("\n").split("\t") for line in file)


def digits(number):
    return "-" if number is None else f"{number:.3g}"


def effect(claim):
    """The difference that decides, with its interval: the first expectation that fails."""
    failing = [x for x in claim["expects"] if not x["holds"]]
    x = (failing or claim["expects"])[0]
    exact = x["interval"] == "exact"
    return digits(x["difference"]) + ("" if exact else f" [{digits(x['low'])}, {digits(x['high'])}]")


def cut(claim, said):
    if claim["falls_when_cut"] is None:
        return "", ""
    left = claim["left_when_cut"]
    still = all(x["holds"] for x in claim["expects_cut"])
    if not still:
        return "falls", ""
    word = "falls" if claim["falls_when_cut"] else "stands"
    return f"{word}, {100 * left:.0f}% left", said.get("stands", "") if word == "stands" else ""


def line(claim, said, why):
    name = claim["id"]
    if claim["check"] is None:
        return [name, "none", "", "", why[name]]
    here = said.get(name, {})
    if claim["construction"]:
        word = "by construction" if claim["holds"] else "by construction, does not hold"
        return [name, word, effect(claim), "", claim["construction"]]
    if not claim["holds"]:
        return [name, "does not hold", effect(claim), "", here.get("does not hold", "")]
    fallen, note = cut(claim, here)
    return [name, "holds", effect(claim), f"{fallen} ({claim['link']})", note]


def silent(lines):
    """What came out otherwise than hoped for, without a word why."""
    return [x[0] for x in lines if not x[4] and (x[1] == "does not hold" or x[3].startswith("stands"))]


def main():
    ebb, out = sys.argv[1:3]
    command = ["validate", "--ablate", "--format", "json"]
    done = subprocess.run([ebb, *command], capture_output=True, text=True, check=True)
    version = subprocess.run([ebb, "--version"], capture_output=True, text=True, check=True)
    document = json.loads(done.stdout)
    totals, said, why = document["totals"], remarks(), reasons()
    lines = [line(claim, said, why) for claim in document["claims"]]
    none = totals["claims"] - totals["checked"] - totals["assumed"]
    text = f"""# What is claimed of such couples, on the models

`make verify-validate`: `ebb {' '.join(command)}` of {version.stdout.strip()}, seed {document['seed']}, couples as each check says.
What the claims say and what is known about people stands in [evidence/claims.tsv](../../evidence/claims.tsv). *Effect* is the difference
of the expectation that decides (the first that fails, else the first) with its 95 % interval. *Cut* is what becomes of a claim that holds
once its links are cut: it falls when it does not hold any more, or when less than a tenth is left of one of its effects.

Of {totals['claims']} claims {totals['checked']} have a check that can fail; of these **{totals['holding']} hold**
({100 * totals['holding'] / totals['checked']:.0f} %) and {totals['checked'] - totals['holding']} do not. Of those that hold {totals['falling']} of {totals['cuttable']}
fall when their links are cut. {totals['assumed']} more follow from the equations (*by construction*), of which {totals['assumed_holding']} hold; {none} have no check.

| claim | on the models | effect | cut | why |
|---|---|---|---|---|
"""
    text += "".join("| " + " | ".join(cells) + " |\n" for cells in lines)
    with open(out, "w", encoding="utf8") as file:
        file.write(text.replace("|  |", "| |"))
    for name in silent(lines):
        print(f"{name}: evidence/checks says nothing of why it came out so")


if __name__ == "__main__":
    main()
