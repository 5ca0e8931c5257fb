#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The example is what its maker makes, and the report finds in it what was planted: the
loop in the right direction only, with each truth inside its interval.

    tests/check_demo.py BUILD
"""
import json
import math
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXAMPLES = os.path.join(ROOT, "examples")


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def inside(truth, interval):
    return interval["low"] <= truth <= interval["high"]


def faults_of(direction, truth, loop):
    """What is wrong with one direction; `loop`: whether one was planted in it."""
    name = f"pursuer {truth['pursuer']}"
    if (direction["verdict"] == "loop") != loop:
        yield f"{name}: the verdict is {direction['verdict']}"
    if not loop:
        return
    main = direction["main"]
    for what, value in (("pursuit_ratio", math.exp(truth["pursuit_log"])),
                        ("reply_ratio", math.exp(-truth["withdrawal_log"])),
                        ("loop_share", truth["loop_share"])):
        if not inside(value, main[what]):
            yield f"{name}: {what} {value} is outside {main[what]}"


def main(build):
    export = os.path.join(EXAMPLES, "example-whatsapp.txt")
    faults = []
    if run(os.path.join(build, "examples", "make_example")) != open(export, "rb").read():
        faults.append("make_example does not make examples/example-whatsapp.txt")
    truth = json.load(open(os.path.join(EXAMPLES, "example-truth.json")))
    # with --me, A is the first of the maker's two
    said = run(os.path.join(build, "ebb"), "report", export, "--me", truth["names"][0],
               "--format", "json")
    directions = json.loads(said)["directions"]
    truths = truth["directions"]
    for direction, truth in zip(directions, truths):
        faults += faults_of(direction, truth, loop=truth["pursuer"] == 0)
    print("\n".join(faults))
    return 1 if faults or len(directions) != 2 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
