#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A population broken off and resumed, over threads, in parts: always the same bytes.

    verify/resume.py EBB [--couples N] [--kills N] [--seed N]

Runs examples/population.ebb with one thread without a folder, and holds to its document, byte
for byte: two threads; a run that is killed (SIGKILL) at random moments and started again until
it ends by itself; two and four processes at once, each with its part, and the run that puts
them together. The files of the shards are compared as well. Prints a line each and how well
two processes share the work; exits 1 when anything differs."""
import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

SPEC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples",
                    "population.ebb")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("ebb")
    parser.add_argument("--couples", type=int, default=20000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


class Runs:
    def __init__(self, args, folder):
        self.args, self.folder, self.failed = args, folder, 0

    def command(self, *more):
        return [self.args.ebb, "population", SPEC, "--couples", str(self.args.couples),
                "--format", "json", *more]

    def document(self, *more):
        begin = time.monotonic()
        out = subprocess.run(self.command(*more), stdout=subprocess.PIPE, check=True).stdout
        return out, time.monotonic() - begin

    def shards(self, name):
        """The results of a folder by name; what a killed process left half written is none."""
        where = os.path.join(self.folder, name)
        return {entry: open(os.path.join(where, entry), "rb").read()
                for entry in sorted(os.listdir(where)) if entry.endswith(".txt")}

    def held(self, what, same, note=""):
        self.failed += not same
        print(f"{what:40} {'the same bytes' if same else 'DIFFERS'}{note}", flush=True)

    def killed(self, seconds):
        """Starts a run in a folder and kills it, again and again, at random moments."""
        dice = random.Random(self.args.seed)
        kills, where = 0, os.path.join(self.folder, "killed")
        while kills < self.args.kills:
            run = subprocess.Popen(self.command("--resume", where),
                                   stdout=subprocess.DEVNULL)
            time.sleep(dice.uniform(0, 2 * seconds / self.args.kills))
            run.send_signal(signal.SIGKILL)
            if run.wait() == 0:
                break
            kills += 1
        return kills

    def parts(self, count):
        where = os.path.join(self.folder, f"parts{count}")
        begin = time.monotonic()
        runs = [subprocess.Popen(self.command("--resume", where, "--part", f"{k + 1}/{count}",
                                              "--threads", "1"))
                for k in range(count)]
        assert all(run.wait() == 0 for run in runs)
        return time.monotonic() - begin


def main():
    args = arguments()
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(args, folder)
        document, seconds = runs.document("--threads", "1")
        print(f"{args.couples} couples, one thread: {seconds:.1f} s", flush=True)
        runs.document("--threads", "1", "--resume", os.path.join(folder, "whole"))
        whole = runs.shards("whole")
        two, clock = runs.document("--threads", "2")
        runs.held("two threads", two == document, f", {clock:.1f} s")
        kills = runs.killed(seconds)
        after, _ = runs.document("--resume", os.path.join(folder, "killed"))
        runs.held(f"killed {kills} times and resumed",
                  after == document and runs.shards("killed") == whole)
        for count in (2, 4):
            clock = runs.parts(count)
            put, _ = runs.document("--resume", os.path.join(folder, f"parts{count}"))
            share = f", {100 * seconds / (count * clock):.0f} % of {count} times one thread"
            runs.held(f"{count} processes", put == document and
                      runs.shards(f"parts{count}") == whole, share)
        sys.exit(runs.failed > 0)


if __name__ == "__main__":
    main()
