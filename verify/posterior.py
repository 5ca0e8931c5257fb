#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Calibrates the models to evidence/fit, and writes what came of it.

    verify/posterior.py EBB FOLDER [--evaluations N] [--seed N]

FOLDER keeps the evaluations: broken off, the same command goes on. Writes
docs/verify/calibrate.md, and the sample to evidence/fit/posterior.tsv."""
import argparse
import json
import os
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIT = os.path.join("evidence", "fit")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("ebb", type=os.path.abspath)
    parser.add_argument("folder", type=os.path.abspath)
    parser.add_argument("--evaluations", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def interval(middle, low, high):
    return f"{middle:.3g} [{low:.3g}, {high:.3g}]"


def parameter(row):
    verdict = ("yes" if row["identified"] else
               f"only with {row['together']} (r {row['correlation']:.2f})" if row["together"]
               else "no")
    return (f"| `{row['name']}` | {row['low']:g} to {row['high']:g}, {row['scale']} | "
            f"{interval(row['median'], row['posterior_low'], row['posterior_high'])} | "
            f"{row['narrower']:.1f} | {verdict} |")


def target(row):
    return (f"| `{row['name']}` | {interval(row['value'], row['low'], row['high'])} | "
            f"{interval(row['median'], row['posterior_low'], row['posterior_high'])} | "
            f"{'met' if row['met'] else 'missed'} | {row['simulated']:.3g} | "
            f"{row['emulated']:.3g} | {row['error']:.2g} |")


def page(command, found):
    met = sum(row["met"] for row in found["targets"])
    lines = [
        "# What published figures leave of the parameters", "",
        "Written by `make verify-calibrate`; how is said in [../maths/calibrate.md]"
        "(../maths/calibrate.md). What a model was fitted to is no evidence for it.", "",
        f"    {command}", "",
        f"{found['evaluations']} evaluations, couples as each run says, at the usual "
        f"step; a sample worth {found['effective']:.0f} draws; 500 of them are "
        "`evidence/fit/posterior.tsv`.", "", "## Parameters", "",
        "| parameter | before | after, 95 % | narrower | identified |", "|---|---|---|---|---|",
        *map(parameter, found["parameters"]), "", "## Figures", "",
        f"{met} of {len(found['targets'])} are met. `simulated` is the mean of runs at draws of "
        "the posterior, `polynomial` what stood in for them there, with the standard error of the "
        "difference.", "",
        "| figure | published | model, 95 % | | simulated | polynomial | error |",
        "|---|---|---|---|---|---|---|", *map(target, found["targets"]), "",
        "Not calibrated to, and why: `evidence/fit/figures.tsv`."]
    return "\n".join(lines) + "\n"


# Truths of some runs at a time: all together would take a day.
RECOVER = [
    ("of talks", ["--run", "talk", "--recover", "20", "--couples", "100",
                  "--evaluations", "150"]),
    ("of who parts", ["--run", "unmarried", "--run", "married", "--recover", "10",
                      "--couples", "600", "--evaluations", "60"]),
    ("of therapy", ["--run", "therapy", "--recover", "10", "--couples", "100",
                    "--evaluations", "100"]),
]


def back(row, truths):
    return (f"| `{row['name']}` | {row['inside']} of {truths} | {row['off']:.2f} | "
            f"{row['narrower']:.1f} | {row['identified']} of {truths} |")


def hidden(found):
    """Which parameters the figures mostly do not tell."""
    names = [f"`{row['name']}`" for row in found["parameters"]
             if 2 * row["identified"] <= found["truths"]]
    anew = (f" Truths off which a figure could not be read, so that others were drawn for "
            f"them: {found['drawn_anew']}." if found.get("drawn_anew") else "")
    return "Mostly not identified: " + (", ".join(names) or "none") + "." + anew


def recovered(ebb, what, options, folder):
    """Truths of some runs found back: a table."""
    done = subprocess.run([ebb, "calibrate", FIT, *options, "--format", "json",
                           "--resume", folder], stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    lines = ["", f"### {what[0].upper()}{what[1:]}", "",
             "    " + " ".join(["ebb calibrate", FIT, *options]), "",
             "| parameter | within | off, SD | narrower | identified |", "|---|---|---|---|---|"]
    lines += [back(row, found["truths"]) for row in found["parameters"]]
    return "\n".join([*lines, "", hidden(found)]) + "\n"


def recovery(ebb, folder, seed):
    """Known truths found back."""
    lines = ["", "## Known truths found back", "", "Of truths drawn from the ranges, and figures "
             "drawn from them with their published uncertainty: how many are within their interval "
             "of 95 %, how far off the estimate is (1 is no better than not looking), and how many "
             "calibrations identify the parameter. Who parts, therapy and talks each by themselves, "
             "with the parameters that act on them."]
    return "\n".join(lines) + "".join(
        recovered(ebb, what, [*options, "--seed", str(seed)], f"{folder}-{options[1]}")
        for what, options in RECOVER)


def main():
    args = arguments()
    os.chdir(ROOT)
    os.makedirs(args.folder, exist_ok=True)
    options = ["--evaluations", str(args.evaluations), "--seed", str(args.seed)]
    sample = os.path.join(FIT, "posterior.tsv")
    done = subprocess.run([args.ebb, "calibrate", FIT, *options, "--resume",
                           os.path.join(args.folder, "figures"),
                           "--sample", sample, "--format", "json"],
                          stdout=subprocess.PIPE, check=True)
    command = " ".join(["ebb", "calibrate", FIT, *options, "--sample", sample])
    with open(os.path.join("docs", "verify", "calibrate.md"), "w", encoding="utf8") as file:
        file.write(page(command, json.loads(done.stdout)))
        file.write(recovery(args.ebb, os.path.join(args.folder, "truths"), args.seed))


if __name__ == "__main__":
    main()
