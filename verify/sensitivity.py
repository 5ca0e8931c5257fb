#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Which parameters of models/pursue_withdraw.ebb matter, and which cannot be told apart.

Morris' screening: from a random point within 40 % either way of all values one parameter
after the other is moved by half of that range, and what changes is the effect of that
parameter there. Over many such ways its mean size says how much the parameter matters and
its spread how much that depends on the others. Couples in pairs share their chance.

Two parameters cannot be told apart from behaviour when their effects on all that can be
seen from outside (pursuit, withdrawal, contact, in time) point the same way: the cosine
between their mean effects is near 1 or -1.

    sensitivity.py EBB OUT.md [WAYS [COUPLES]]
"""

import csv
import io
import json
import math
import os
import random
import re
import subprocess
import sys

MODEL = "pursue_withdraw"
SEED = 5
REACH = 0.4  # of the value, either way
PAIR = ["--a", "anxiety=1.2", "--a", "avoidance=-0.3", "--b", "anxiety=-0.3", "--b", "avoidance=1.2"]
DAYS, EVERY = 1095, 36.5
SEEN = ["pursuit", "withdrawal", "contact"]
FELT = ["satisfaction", "love", "discouragement", "hardness"]
YEARS = [(0, 182.5), (182.5, 730), (730, 1095)]
SMALL = 0.1   # mean effect, in sd of the outcome over all runs, below which none matters
ALIKE = 0.98  # cosine above which two cannot be told apart

# What cannot act on a couple who does nothing in particular and stays together in the sums.
IDLE = {"lever", "uptake", "uptake_days", "forget_days", "drop_out", "deescalation", "practice",
        "habituation", "peak", "hazard_scale", "barrier",
        "writes", "writes_again", "answers_fast"}


def parameters(text):
    found = re.findall(r"^param (\w+)\s*= *([-\d.]+)\s+in \[([^,]+), ([^\]]+)\]", text, re.M)
    return [(name, float(value), float(low), float(high)) for name, value, low, high in found
            if name not in IDLE]


def outcomes(ebb, point, couples):
    """Means over couples, of each quantity in each stretch of time."""
    only = SEEN + FELT
    command = [ebb, "simulate", MODEL, *PAIR, "-n", str(couples), "--seed", str(SEED), "--threads", "1",
               "--for", str(DAYS), "--every", str(EVERY), "--only", ",".join(only), "--format", "csv"]
    for name, value in point.items():
        command += ["--set", f"{name}={value!r}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = csv.reader(io.StringIO(done.stdout))
    head = next(rows)[2:]
    sums = {}
    for row in rows:
        time = float(row[1])
        for k, (begin, end) in enumerate(YEARS):
            if begin < time <= end:
                for name, text in zip(head, row[2:]):
                    if text:
                        entry = sums.setdefault((name, k), [0, 0.0])
                        entry[0] += 1
                        entry[1] += float(text)
    return {key: total / count for key, (count, total) in sums.items()}


def levels(value, low, high):
    """Four levels within reach; a value of 0 reaches 0.1 either way."""
    width = REACH * abs(value) if value else 0.1
    bottom, top = max(value - width, low), min(value + width, high)
    return [bottom + (top - bottom) * k / 3 for k in range(4)]


def one_way(ebb, params, chance, couples):
    """Effects of all parameters along one way, and the outcomes met."""
    grid = {name: levels(value, low, high) for name, value, low, high in params}
    place = {name: chance.randrange(4) for name in grid}
    order = list(grid)
    chance.shuffle(order)
    now = outcomes(ebb, {n: grid[n][k] for n, k in place.items()}, couples)
    effects, met = {}, [now]
    for name in order:
        step = 2 if place[name] < 2 else -2
        place[name] += step
        then = outcomes(ebb, {n: grid[n][k] for n, k in place.items()}, couples)
        effects[name] = {key: (then[key] - now[key]) * (1.5 if step > 0 else -1.5) for key in now}
        now = then
        met.append(now)
    return effects, met


def spread(values):
    mean = sum(values) / len(values)
    return math.sqrt(sum((v - mean) ** 2 for v in values) / max(1, len(values) - 1))


def cosine(a, b):
    size = math.sqrt(sum(x * x for x in a) * sum(x * x for x in b))
    return sum(x * y for x, y in zip(a, b)) / size if size else 0.0


def summary(ways, met):
    """For each parameter: largest mean size and where, its spread there, effects on what is seen."""
    keys = sorted(met[0])
    sd = {key: spread([m[key] for m in met]) or 1.0 for key in keys}
    table = {}
    for name in ways[0]:
        sizes = {key: sum(abs(w[name][key]) for w in ways) / len(ways) / sd[key] for key in keys}
        top = max(keys, key=lambda key: sizes[key])
        seen = [sum(w[name][key] for w in ways) / len(ways) / sd[key]
                for key in keys if key[0].split(".")[-1] in SEEN]
        table[name] = (sizes[top], top, spread([w[name][top] for w in ways]) / sd[top], seen)
    return table


def write(path, table, ways, couples):
    names = sorted(table, key=lambda n: -table[n][0])
    stretch = ["months 1-6", "months 7-24", "year 3"]
    out = ["# Which parameters of the couple's model matter", "",
           f"`verify/sensitivity.py build/ebb docs/verify/sensitivity.md {len(ways)} {couples}`, seed {SEED}: "
           f"Morris' screening with {len(ways)} ways of {len(names)} parameters, each within "
           f"{REACH:.0%} of its value either way; {couples} anxious-avoidant couples a point, three years, "
           "the same chance at all points. *Effect* is the mean size of the change over the whole range, "
           "in standard deviations of that outcome over all points, for the outcome on which it is largest; "
           "*varies* is its standard deviation over the ways: as large as the effect, and it depends on the "
           "others or on chance. What is tried (levers, sessions) and what only ends couples is not in it.", "",
           "| parameter | effect | varies | largest on |", "|---|---|---|---|"]
    for name in names:
        size, (quantity, k), varies, _ = table[name]
        out.append(f"| {name} | {size:.2f} | {varies:.2f} | {quantity}, {stretch[k]} |")
    weak = [n for n in names if table[n][0] < SMALL]
    out += ["", f"Below {SMALL} on every outcome: {', '.join(weak) if weak else 'none'}.", "",
            "## What cannot be told apart", "",
            f"Pairs whose mean effects on pursuit, withdrawal and contact, over time, have a cosine beyond "
            f"{ALIKE} (only parameters with an effect of at least {SMALL}): whoever sees behaviour alone cannot "
            "say which of the two differs.", "", "| one | other | cosine |", "|---|---|---|"]
    strong = [n for n in names if n not in weak]
    pairs = [(cosine(table[a][3], table[b][3]), a, b)
             for i, a in enumerate(strong) for b in strong[i + 1:]]
    for c, a, b in sorted(pairs, key=lambda p: -abs(p[0])):
        if abs(c) >= ALIKE:
            out.append(f"| {a} | {b} | {c:.3f} |")
    with open(path + ".part", "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")
    os.replace(path + ".part", path)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    ebb, path = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    couples = int(sys.argv[4]) if len(sys.argv) > 4 else 40
    with open(os.path.join(os.path.dirname(__file__), "..", "models", MODEL + ".ebb"), encoding="utf-8") as file:
        params = parameters(file.read())
    state = path + ".state.json"  # ways done, so that a stopped run goes on
    done = json.load(open(state, encoding="utf-8")) if os.path.exists(state) else []
    ways, met = [], []
    for k in range(count):
        if k >= len(done):
            effects, seen = one_way(ebb, params, random.Random(1000 * SEED + k), couples)
            flat = lambda d: {f"{q} {i}": v for (q, i), v in d.items()}
            done.append([{n: flat(e) for n, e in effects.items()}, [flat(m) for m in seen]])
            with open(state, "w", encoding="utf-8") as file:
                json.dump(done, file)
            print(f"way {k + 1} of {count}", file=sys.stderr)
        whole = lambda d: {(t.split()[0], int(t.split()[1])): v for t, v in d.items()}
        ways.append({n: whole(e) for n, e in done[k][0].items()})
        met += [whole(m) for m in done[k][1]]
    write(path, summary(ways, met), ways, couples)
    os.remove(state)


if __name__ == "__main__":
    main()
