#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The table of all claims: what holds on the models, and what falls with its links cut.

Runs `ebb validate --ablate` once and writes what it says, with the reasons that stand in
evidence/: why a claim has no check, does not hold, or stands with its links cut.

    validate.py EBB OUT.md
"""
import json
import subprocess
import sys


def digits(number):
    return "-" if number is None else f"{number:.3g}"


def effect(claim):
    """The difference that decides, with its interval: the first expectation that fails."""
    failing = [x for x in claim["expects"] if not x["holds"]]
    x = (failing or claim["expects"])[0]
    exact = x["interval"] == "exact"
    return digits(x["difference"]) + ("" if exact else f" [{digits(x['low'])}, {digits(x['high'])}]")


def cut(claim):
    if claim["falls_when_cut"] is None:
        return ""
    left = claim["left_when_cut"]
    still = all(x["holds"] for x in claim["expects_cut"])
    if not still:
        return "falls"
    word = "falls" if claim["falls_when_cut"] else "stands"
    return f"{word}, {100 * left:.0f}% left"


def line(claim):
    name, why = claim["id"], claim["why"] or ""
    if claim["check"] is None:
        return [name, "none", "", "", why]
    if claim["construction"]:
        word = "by construction" if claim["holds"] else "by construction, does not hold"
        return [name, word, effect(claim), "", why]
    if not claim["holds"]:
        return [name, "does not hold", effect(claim), "", why]
    return [name, "holds", effect(claim), f"{cut(claim)} ({claim['link']})", why]


def counts(claims):
    """What became of some of the claims, in a sentence."""
    tried = [c for c in claims if c["check"] and not c["construction"]]
    held = [c for c in tried if c["holds"]]
    fallen = [c for c in held if c["falls_when_cut"]]
    return (f"{len(tried)} have a check that can fail; of these **{len(held)} hold** ({100 * len(held) / len(tried):.0f} %), "
            f"and of those {len(fallen)} fall when their links are cut")


def silent(lines):
    """What came out otherwise than hoped for, without a word why."""
    return [x[0] for x in lines if not x[4] and (x[1] == "does not hold" or x[3].startswith("stands"))]


def main():
    ebb, out = sys.argv[1:3]
    command = ["validate", "--ablate", "--format", "json"]
    done = subprocess.run([ebb, *command], capture_output=True, text=True, check=True)
    version = subprocess.run([ebb, "--version"], capture_output=True, text=True, check=True)
    document = json.loads(done.stdout)
    totals, claims = document["totals"], document["claims"]
    lines = [line(claim) for claim in claims]
    none = totals["claims"] - totals["checked"] - totals["assumed"]
    text = f"""# What is claimed of such couples, on the models

`make verify-validate`: `ebb {' '.join(command)}` of {version.stdout.strip()}, seed {document['seed']}, couples as each check says.
What the claims say and what is known about people stands in [evidence/claims.tsv](../../evidence/claims.tsv). *Effect* is the difference
of the expectation that decides (the first that fails, else the first) with its 95 % interval. *Cut* is what becomes of a claim that holds
once its links are cut: it falls when it does not hold any more, or when less than a tenth is left of one of its effects.

Of claims about a couple, a person or a talk {counts([c for c in claims if c['scope'] != 'population'])}.
Of claims about a population {counts([c for c in claims if c['scope'] == 'population'])}. {totals['assumed']} more follow from the equations
(*by construction*), of which {totals['assumed_holding']} hold; {none} of {totals['claims']} have no check.

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
