#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The ledger of published figures: what the models give beside each, and why they miss.

Runs `ebb validate --figures all` over the sample of parameters that other figures leave, and
once more with the parameters as they ship, and writes what both say, with the reasons of
evidence/missed.tsv, and for the three figures of the texts in which populations they can
hold. Tells of a figure that is missed without a reason, and of a reason without a miss.

    figures.py EBB OUT.md
"""
import json
import math
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CUTS = (0.0, 0.25, 0.43, 0.674, 1.0, 1.282)
CORRELATION = 0.4  # of the two dimensions in a person, as in evidence/fit


def table(name):
    with open(os.path.join(ROOT, "evidence", name), encoding="utf8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    return {line[0]: dict(zip(lines[0], line)) for line in lines[1:]}


def digits(number):
    return "-" if number is None else f"{number:.3g}"


def model(figure):
    m = figure["model"]
    return f"{digits(m['value'])} [{digits(m['low'])}, {digits(m['high'])}]"


def limits(figure):
    low, high = figure["evidence"]["low"], figure["evidence"]["high"]
    return f"above {digits(low)}" if high is None else f"below {digits(high)}" if low is None \
        else f"{digits(low)} to {digits(high)}"


def verdict(figure):
    return "**outside**" if figure["verdict"] == "outside" else figure["verdict"]


def line(figure, plain, missed):
    why = missed.get(figure["id"], {}).get("reason", "")
    if figure["verdict"] == "none":
        return [figure["id"], figure["figure"], limits(figure), "-", "none", "-", why or figure["note"]]
    other = "" if plain["verdict"] == figure["verdict"] else f", {plain['verdict']}"
    return [figure["id"], figure["figure"], limits(figure), model(figure), verdict(figure),
            f"{digits(plain['model']['value'])}{other}", why]


def share(totals):
    return (f"{100 * totals['inside'] / totals['held_out']:.0f} % of all are met, "
            f"{100 * totals['inside'] / (totals['inside'] + totals['outside']):.0f} % of those that can be computed")


def computed(ebb, command):
    return json.loads(subprocess.run([ebb, *command], capture_output=True, text=True, check=True).stdout)


# -- where the three figures of the texts can hold ---------------------------------------------

def upper(z):
    return math.erfc(z / math.sqrt(2)) / 2


def both(x, y, r, steps=4000):
    """P(X > x, Y > y) of a standard binormal of correlation r."""
    total, width = 0.0, (8 - x) / steps
    for k in range(steps):
        at = x + (k + 0.5) * width
        total += math.exp(-at * at / 2) / math.sqrt(2 * math.pi) \
            * upper((y - r * at) / math.sqrt(1 - r * r)) * width
    return total


def mixed(cut):
    """Share of independent couples with anxiety of one and avoidance of the other above a cut."""
    one, two = upper(cut) ** 2, both(cut, cut, CORRELATION) ** 2
    return 2 * one - two


def where_prevalence():
    low, high = -1.0, 3.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if mixed(middle) > 0.25 else (low, middle)
    rows = "".join(f"| {cut:g} | {100 * upper(cut):.0f} % | {100 * mixed(cut):.0f} % |\n" for cut in CUTS)
    return low, rows


def yearly(two_years):
    return 1 - math.sqrt(1 - two_years)


def seeds(document):
    by_id = {f["id"]: f for f in document["figures"]}
    fit = {row["id"]: row for row in (table("fit.tsv") if os.path.exists(
        os.path.join(ROOT, "evidence", "fit.tsv")) else table("fit/fit.tsv")).values()}
    cut, rows = where_prevalence()
    breakup, improved = by_id["seed_breakup"], by_id["seed_improved"]
    unmarried, married = (float(fit[f"breakup_{x}married"]["value"]) for x in ("un", ""))
    need = yearly(0.65)
    held = {name: float(row["value"]) for name, row in table("held_out.tsv").items()
            if row["value"] not in "+-"}
    avoidant, anxious = held["styles_avoidant"], held["styles_anxious"]
    return f"""## The three figures of the texts

They are claimed without a source, are shown and not counted.

**A quarter of all couples are anxious with avoidant** (`seed_prevalence`). The share is a matter of the cut. Of partners who find each other by
chance, with norms of a correlation of {CORRELATION:g} between the two dimensions in a person (exact, no run):

| cut, z | people above it in one dimension | couples, anxiety of one and avoidance of the other |
|---|---|---|
{rows}
A quarter comes out at a cut of {cut:.2f}, with {100 * upper(cut):.0f} % of people called anxious and as many avoidant. The models' population with the
cut at the top third: {model(by_id['seed_prevalence'])}. Where {100 * avoidant:.0f} % of adults are called avoidant and {100 * anxious:.0f} % anxious, by one label
each (`styles_avoidant`, `styles_anxious`), chance gives 2 × {avoidant:g} × {anxious:g}, or {200 * avoidant * anxious:.1f} %.

**65 % of such couples part within two years** (`seed_breakup`). That is {100 * need:.0f} % a year. Of all unmarried couples {100 * unmarried:.1f} % part in a year
and of all married ones {100 * married:.1f} % (`breakup_unmarried`, `breakup_married`), which is {100 * (1 - (1 - unmarried) ** 2):.0f} % and {100 * (1 - (1 - married) ** 2):.0f} % in two. So
such couples would have to part at {math.log(1 - need) / math.log(1 - unmarried):.1f} times the rate of all unmarried couples, and at
{math.log(1 - need) / math.log(1 - married):.0f} times that of married ones; and these couples were found to hold as well as others (`pair_stable`).
In the models, from their first day and unmarried: {model(breakup)}. Of couples who have just met the figure is not far off; of unmarried couples
at large it is too high by far, and of married ones it is out of the question.

**70 to 75 % are much better after emotionally focused therapy** (`seed_improved`). In the models *better by the reliable change*, of couples that are
distressed as it begins and together as it ends, sessions kept well: {model(improved)}. It depends on what is called better, on who is counted and
on how well it is kept: reported from trials are a share of {held['eft_free']:g} free of distress and a gain of {held['eft_gain']:g} sd, published of routine practice
{held['therapy_routine']:.2g} sd (`eft_free`, `eft_gain`, `therapy_routine`). It can hold of couples in trials who keep it up, and is not what practice gives.
"""


def main():
    ebb, out = map(os.path.abspath, sys.argv[1:3])
    plain = ["validate", "--figures", "all", "--format", "json"]
    command = [*plain, "--couples", "400", "--sample", "evidence/fit/posterior.tsv"]
    os.chdir(ROOT)
    version = subprocess.run([ebb, "--version"], capture_output=True, text=True, check=True)
    document, shipped, missed = computed(ebb, command), computed(ebb, plain), table("missed.tsv")
    besides = {figure["id"]: figure for figure in shipped["figures"]}
    held = [f for f in document["figures"] if f["used"] == "held-out"]
    totals = document["totals"]
    text = f"""# Published figures beside the models' own

`make verify-figures`: `ebb {' '.join(command)}` of {version.stdout.strip()}, seed {document['seed']}. Nothing was
fitted to any of them. *Met* is what counts as met ([evidence](../../evidence/README.md)), *models* what they give over
{document['sample']['draws']} draws of what other figures leave of the parameters ([calibrate.md](calibrate.md)), with 95 % of what these leave open and of
chance ([maths](../maths/figures.md)); *as they ship* is the value at the parameters that stand in the models, with the verdict where it is another. How a figure is read off the models was written down before any was run, and is in
[evidence/figures.tsv](../../evidence/figures.tsv); why one is missed was written after (evidence/missed.tsv), and no model was changed for it.

Of {totals['held_out']} held-out figures **{totals['inside']} are inside**, {totals['outside']} outside, and of {totals['none']} the models can say nothing:
{share(totals)}. As the models ship {shipped['totals']['inside']} are inside, {shipped['totals']['outside']} outside.

| id | figure | met | models | verdict | as they ship | why not |
|---|---|---|---|---|---|---|
"""
    text += "".join("| " + " | ".join(line(f, besides[f["id"]], missed)) + " |\n" for f in held)
    text = text.replace("|  |", "| |") + "\n" + seeds(document)
    with open(out, "w", encoding="utf8") as file:
        file.write(text)
    outside = {f["id"] for f in [*held, *shipped["figures"]] if f["used"] == "held-out" and
               (f["verdict"] == "outside" or f["verdict"] == "none" and f["model"]["run"])}
    for name in sorted(outside ^ missed.keys()):
        print(f"{name}: " + ("is missed, and evidence/missed.tsv does not say why"
                             if name in outside else "is not missed, and evidence/missed.tsv says why"))


if __name__ == "__main__":
    main()
