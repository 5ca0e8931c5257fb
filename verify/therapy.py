#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What sessions do in the models: by how much of them, in which order, for how long, for whom.

    therapy.py EBB OUT.md [COUPLES]

Every number is over draws of evidence/fit/posterior.tsv, each with its own couples and chance:
its mean, and the least and most of it. What sessions act on was put into the model, and how
strongly was fitted to published trials (evidence/fit); so that they help is no finding here.
"""
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DRAWS = 8
ENTRY, END, FOLLOW = 1095, 1275, 2005  # day: sessions for half a year, looked at two years after
DOSES = (0.2, 0.4, 0.6, 0.8, 1.0)      # how far sessions are kept
PEOPLE = """people anxiety = normal(0, 1), avoidance = normal(0, 1)
correlation 0.4
"""
KINDS = """group anxious_avoidant "a" when highest(min(anxiety, partner.avoidance)) > 0.43
group both_secure "s" when max(max(a.anxiety, a.avoidance), max(b.anxiety, b.avoidance)) < 0.43
"""
ORDER = {  # what changes, and whether less of it is the change
    "skill": "skill", "seen": "seen", "withdrawal": "mean(withdrawal)", "alarm": "mean(alarm)", "softened": "softened",
    "satisfaction": "mean(satisfaction)", "felt_anxiety": "mean(felt_anxiety)"}
DAYS = range(15, END - ENTRY + 1, 15)


def draws():
    """Lines that set what the sample says of the couple model, spread evenly over it."""
    with open(os.path.join(ROOT, "evidence", "fit", "posterior.tsv"), encoding="utf8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    with open(os.path.join(ROOT, "evidence", "fit", "parameters.tsv"), encoding="utf8") as file:
        used = [row["name"] for row in csv.DictReader(file, delimiter="\t") if "therapy" in row["runs"].split()]
    for k in range(DRAWS):
        row = rows[(2 * k + 1) * len(rows) // (2 * DRAWS)]
        yield "".join(f"set {name} = {row[name]}\n" for name in used)


def trial(sets):
    arms = "".join(f"arm kept_{10 * dose:.0f}\n  from {ENTRY} to {END}: emotionally_focused = {dose}\n" for dose in DOSES)
    return f"""trial doses "x"  uses pursue_withdraw
  source "docs/verify/therapy.md"
run {FOLLOW} day
{PEOPLE}{sets}{KINDS}enter at {ENTRY} below 0.5
end at {END}
follow at {FOLLOW}
outcome mean(satisfaction)
sd 0.3
reliability 0.9
recovered above 0.6
dropped when attending < 0.5
arm waiting
{arms}"""


def population(sets, sessions):
    kept = "".join(f"keep {name}_{day} at {ENTRY + day} = {what}\n" for name, what in ORDER.items() for day in DAYS)
    return f"""population order "x"  uses pursue_withdraw
  source "docs/verify/therapy.md"
run {END} day
{PEOPLE}{sets}from {ENTRY} to {END}: emotionally_focused = {sessions}
report every {END}
keep before at {ENTRY} = mean(satisfaction)
{kept}"""


def run(ebb, verb, text, number, couples, *more):
    with tempfile.NamedTemporaryFile("w", suffix=".ebb", encoding="utf8") as file:
        file.write(text)
        file.flush()
        done = subprocess.run([ebb, verb, file.name, "-n", str(couples), "--seed", str(number), "--threads", "1", *more],
                              capture_output=True, text=True, check=True)
    return done.stdout


def rows(ebb, sets, sessions, number, couples):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.csv")
        run(ebb, "population", population(sets, sessions), number, couples, "--rows", path)
        with open(path, encoding="utf8", newline="") as file:
            return list(csv.DictReader(file))


def halfway(ebb, sets, number, couples):
    """For each quantity the first day on which half of what sessions make of it by their end is
    there: differences of the same couples with and without."""
    treated, waiting = (rows(ebb, sets, s, number, couples) for s in (0.8, 0))
    pairs = [(t, w) for t, w in zip(treated, waiting)
             if w["before"] and float(w["before"]) < 0.5 and all(row[f"skill_{DAYS[-1]}"] for row in (t, w))]
    found = {}
    for name in ORDER:
        course = [statistics.fmean(float(t[f"{name}_{day}"]) - float(w[f"{name}_{day}"]) for t, w in pairs) for day in DAYS]
        found[name] = (next(day for day, d in zip(DAYS, course) if abs(d) >= abs(course[-1]) / 2), course[-1])
    return found


def over(numbers, form="{:.2f}"):
    numbers = [n for n in numbers if n is not None]
    if len(numbers) < DRAWS / 2:
        return "too few"
    return f"{form.format(statistics.fmean(numbers))} [{form.format(min(numbers))}, {form.format(max(numbers))}]"


def kind(found, group):
    return next(g for g in found["groups"] if g["name"] == group)


def part(found, group, arm, visit):
    return kind(found, group)["arms"][arm][visit]


def share(found, group, arm, visit, what):
    entered = kind(found, group)["entered"]
    return 100 * part(found, group, arm, visit)[what] / entered if entered else None


def fading(found, arm):
    """Of those better at the end the share that is not any more two years later."""
    then = part(found, "all", arm, "end")["improved"]
    return 100 * (1 - part(found, "all", arm, "follow")["kept"] / then) if then else None


def dose_table(trials):
    lines = ["| sessions kept | effect at the end, SD | better, % | recovered, % | effect two years after, SD | of the better not any more, % |",
             "|---|---|---|---|---|---|"]
    for arm, dose in enumerate((0.0, *DOSES)):
        lines.append("| " + " | ".join([
            "waiting" if arm == 0 else f"{dose:g}",
            over([part(t, "all", arm, "end")["change" if arm == 0 else "effect"]["mean"] for t in trials]),
            over([share(t, "all", arm, "end", "improved") for t in trials], "{:.0f}"),
            over([share(t, "all", arm, "end", "recovered") for t in trials], "{:.0f}"),
            over([part(t, "all", arm, "follow")["change" if arm == 0 else "effect"]["mean"] for t in trials]),
            over([fading(t, arm) for t in trials], "{:.0f}")]) + " |")
    return lines


def kind_table(trials):
    arm = 1 + DOSES.index(0.8)
    lines = ["| couples | entered, % of all who do | change waiting, SD | effect at the end, SD | better, % | effect two years after, SD |",
             "|---|---|---|---|---|---|"]
    for group in ("all", "anxious_avoidant", "both_secure", "others"):
        lines.append("| " + " | ".join([
            group.replace("_", " "),
            over([100 * kind(t, group)["entered"] / kind(t, "all")["entered"] for t in trials], "{:.0f}"),
            over([part(t, group, 0, "end")["change"]["mean"] for t in trials]),
            over([part(t, group, arm, "end")["effect"]["mean"] for t in trials]),
            over([share(t, group, arm, "end", "improved") for t in trials], "{:.0f}"),
            over([part(t, group, arm, "follow")["effect"]["mean"] for t in trials])]) + " |")
    return lines


def order_table(orders):
    middle = {name: statistics.fmean(o[name][0] for o in orders) for name in ORDER}
    lines = ["| what | half of it is there, day | by the end, with less without |", "|---|---|---|"]
    for name in sorted(ORDER, key=middle.get):
        lines.append(f"| `{name}` | {over([o[name][0] for o in orders], '{:.0f}')} | {over([o[name][1] for o in orders], '{:+.3f}')} |")
    return lines


def main():
    ebb, out = map(os.path.abspath, sys.argv[1:3])
    couples = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        numbered = list(enumerate(draws()))
        trials = [json.loads(t) for t in pool.map(
            lambda d: run(ebb, "trial", trial(d[1]), d[0], couples, "--format", "json"), numbered)]
        orders = list(pool.map(lambda d: halfway(ebb, d[1], d[0], couples), numbered))
    entered = sum(t["groups"][0]["entered"] for t in trials)
    lines = [
        "# What sessions do in the models", "",
        f"`make verify-therapy`: at each of {DRAWS} draws of [evidence/fit/posterior.tsv](../../evidence/fit/posterior.tsv) {couples} married couples, "
        f"of whom {entered} in all are satisfied less than half after three years, as a scale of reliability 0.9 finds it, and enter; half a year of emotionally focused sessions, or of waiting, "
        "for the same couples with the same chance. Numbers are means over the draws, with the least and the most of them. How strongly and how fast "
        "sessions act was fitted to published gains; that they help, and by how much at 0.8, is no finding.", "",
        "## By how much of them", "", *dose_table(trials), "",
        "Waiting is the change since entry, the others are held against the same couples waiting. SD is 0.3 of satisfaction.", "",
        "## For whom", "", *kind_table(trials), "",
        "No lever and no programme knows a kind of couple: what differs here comes from the loop, or does not come.", "",
        "## In which order", "", *order_table(orders), "",
        "Sessions kept to 0.8; of the difference at their end between the same couples with and without."]
    with open(out, "w", encoding="utf8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
