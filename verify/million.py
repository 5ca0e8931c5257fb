#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A million couples for two years: what it costs beside what the engine says it must cost.

    verify/million.py BUILD FOLDER [--couples N] [--threads N]

Runs examples/population.ebb in pieces of some 25,000 couples into FOLDER and goes on where it
was broken off: a piece that is done stands in FOLDER/pieces.tsv with its processor time, time
by the clock and peak memory, and beside it what bench/couple_days, run right before it, takes
for a couple's day of the same model. At the end puts the pieces together into
FOLDER/population.json and prints the sums. A piece that was broken off is run again in so far
as it was not done, and only that is counted."""
import argparse
import json
import os
import subprocess
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SPEC = os.path.join(ROOT, "examples", "population.ebb")
MODEL = os.path.join(ROOT, "models", "pursue_withdraw.ebb")
DAYS, STEP, PIECE, BARE = 730, 0.05, 25000, 512


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("build")
    parser.add_argument("folder")
    parser.add_argument("--couples", type=int, default=1000000)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def measure(command):
    """Runs once: processor seconds, seconds by the clock, peak MB."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    return used.ru_utime + used.ru_stime, time.monotonic() - begin, used.ru_maxrss / 1024


def engine(build):
    """Nanoseconds of a couple's day, of the engine alone."""
    cpu, _, _ = measure([os.path.join(build, "bench", "couple_days"), MODEL, str(BARE),
                         str(DAYS), str(STEP), "native", "1"])
    return 1e9 * cpu / (BARE * DAYS)


def done(path):
    if not os.path.exists(path):
        return {}
    rows = [line.split("\t") for line in open(path, encoding="utf-8")][1:]
    return {int(row[0]): [float(cell) for cell in row[1:]] for row in rows}


def main():
    args = arguments()
    os.makedirs(args.folder, exist_ok=True)
    log = os.path.join(args.folder, "pieces.tsv")
    pieces = max(1, round(args.couples / PIECE))
    command = [os.path.join(args.build, "ebb"), "population", SPEC, "--couples",
               str(args.couples), "--threads", str(args.threads), "--resume",
               os.path.join(args.folder, "shards")]
    known = done(log)
    for piece in range(pieces):
        if piece in known:
            continue
        bare = engine(args.build)
        row = [*measure(command + ["--part", f"{piece + 1}/{pieces}"]), bare]
        with open(log, "a", encoding="utf-8") as out:
            if out.tell() == 0:
                out.write("piece\tprocessor_s\tclock_s\tpeak_mb\tengine_ns\n")
            out.write("\t".join([str(piece), *(f"{cell:.3f}" for cell in row)]) + "\n")
    last = measure(command + ["--format", "json", "-o",
                              os.path.join(args.folder, "population.json")])
    rows = list(done(log).values())
    processor = sum(row[0] for row in rows) + last[0]
    must = sum(row[3] for row in rows) / len(rows) * args.couples * DAYS * 1e-9
    print(json.dumps({
        "couples": args.couples, "days": DAYS, "pieces": pieces, "threads": args.threads,
        "processor_s": round(processor, 1),
        "engine_says_s": round(must, 1),
        "times_the_engine": round(processor / must, 3),
        "clock_s": round(sum(row[1] for row in rows) + last[1], 1),
        "peak_mb": round(max([row[2] for row in rows] + [last[2]]), 1)}, indent=1))


if __name__ == "__main__":
    main()
