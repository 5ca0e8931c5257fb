#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every scenario that ships, run for many couples against what it expects of them.

    scenarios.py EBB [COUPLES [OUT.md]]

Says per expectation how many couples it holds for and how many it asks for; the last line
counts, and the status is 1 where one does not hold or a scenario is not what it says: one
that declares facts must show nothing but the words of the gate. Of fewer couples than 500
chance may take away two standard errors of what is asked for.
"""
import json
import subprocess
import sys

SEED = 0
ROW = "| %s | %s | %s | %s | %s |\n"


def run(ebb, name, couples):
    done = subprocess.run([ebb, "simulate", "--scenario", name, "-n", str(couples), "--seed", str(SEED),
                           "--format", "json"], capture_output=True, text=True)
    return json.loads(done.stdout)


def holds(expect, couples):
    share = expect["share"]
    slack = 2 * (share * (1 - share) / couples) ** 0.5 if couples < 500 else 0
    return expect["holds"] or expect["kept"] >= (share - slack) * couples > 0


def rows(name, result, couples):
    """Per expectation: scenario, words, couples asked for, couples found, whether it holds."""
    if result["schema"] == "ebb/safety":
        shows = set(result) - {"schema", "version", "language", "scenario", "facts", "words", "help", "counts"}
        return [(name, "the gate is closed: " + ", ".join(f["fact"] for f in result["facts"]), "-", "-", not shows)]
    failed = result["failed"]["count"]
    if failed:
        return [(name, "runs to the end", str(couples), str(couples - failed), False)]
    return [(name, e["text"] or "`" + e["code"] + "`", "%g" % (e["share"] * couples), str(e["kept"]), holds(e, couples))
            for e in result["expect"]]


def main():
    ebb, couples = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 500
    listed = subprocess.run([ebb, "scenarios", "--format", "json"], capture_output=True, text=True, check=True)
    found = []
    for scenario in json.loads(listed.stdout)["scenarios"]:
        found += rows(scenario["name"], run(ebb, scenario["name"], couples), couples)
    held = sum(row[4] for row in found)
    for row in found:
        if not row[4]:
            print("does not hold:", *row[:4], sep="  ")
    if len(sys.argv) > 3:
        with open(sys.argv[3], "w", encoding="utf8") as out:
            out.write("# Scenarios that ship, against what they expect\n\n"
                      f"`make verify-scenarios`: {couples} couples each, seed {SEED}. They are stories and situations told\n"
                      "by hand, with numbers chosen by hand: that they come out as expected shows that the model can tell\n"
                      "them, not that couples do so. Some expectations were put into words after a first look, as their\n"
                      "files say; count those as descriptions.\n\n")
            out.write(ROW % ("scenario", "expectation", "couples asked for", "couples found", "holds"))
            out.write("|---|---|---|---|---|\n")
            for row in found:
                out.write(ROW % (*row[:4], "yes" if row[4] else "**no**"))
    print(f"{held} passed, {len(found) - held} failed")
    return held != len(found)


if __name__ == "__main__":
    sys.exit(main())
