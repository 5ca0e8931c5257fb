#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Calibration from a folder that holds nothing else: the same bytes in one thread and in two,
broken off (SIGKILL) at random moments and resumed; its posterior where the published figures
say it must be; known truths found back; and that no source of it names what is held out.

    calibrate.py EBB FOLDER

FOLDER is evidence/fit. Of it the talks are taken alone, which are run fastest."""
import csv
import glob
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EBB = os.path.realpath(sys.argv[1])
SIZE = ["--couples", "20", "--evaluations", "120", "--seed", "3"]
FAULTS = []


def check(holds, what):
    if not holds:
        FAULTS.append(what)


def rows_of(path):
    with open(path, encoding="utf8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))


def command(*more):
    return [EBB, "calibrate", "fit", "--run", "talk", *SIZE, "--format", "json", *more]


def document(*more):
    return subprocess.run(command(*more), stdout=subprocess.PIPE, check=True).stdout


def killed(seconds):
    """Kills a run at random moments, again and again, and lets it end."""
    dice, kills = random.Random(7), 0
    while kills < 8:
        run = subprocess.Popen(command("--resume", "kept"), stdout=subprocess.DEVNULL)
        time.sleep(dice.uniform(0, seconds / 4))
        run.send_signal(signal.SIGKILL)
        kills += run.wait() != 0
        if run.returncode == 0:
            break
    return document("--resume", "kept")


def look(result):
    """The parameter that makes moods last is where it was fitted by hand before; what moods
    hardly show is not told; the polynomials say what simulations they had not seen say."""
    params = {p["name"]: p for p in result["parameters"]}
    check(result["schema"] == "ebb/calibrate" and result["version"] == 1, "head")
    check(params["inertia"]["posterior_low"] < 0.8 < params["inertia"]["posterior_high"],
          "inertia is not where it was fitted by hand")
    check(params["flicker"]["narrower"] > 1.25, "flicker is no narrower")
    check(not params["burden"]["identified"], "burden is identified")
    for target in result["targets"]:
        check(abs(target["simulated"] - target["emulated"]) < 5 * target["error"],
              f"{target['name']}: simulated {target['simulated']}, not {target['emulated']}")
    check("ecr_within_r" in result["not_used"], "what is not used")


def sources():
    """No source of the calibration names another file of evidence/."""
    found = glob.glob(os.path.join(ROOT, "*", "*calibrat*.[ch]"))
    found += glob.glob(os.path.join(ROOT, "src", "*", "*calibrat*.[ch]"))
    found += glob.glob(os.path.join(ROOT, "src", "study", "fit*.[ch]"))
    check(len(found) >= 8, "sources of the calibration")
    for path in found:
        with open(path, encoding="utf8") as file:
            check(not re.search(r"held.out|seeds\.tsv|ebb/evidence", file.read()), path)


def main():
    source = os.path.realpath(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        shutil.copytree(source, "fit")
        begin = time.monotonic()
        one = document("--threads", "1", "--sample", "sample.tsv")
        seconds = time.monotonic() - begin
        look(json.loads(one))
        sample = rows_of("sample.tsv")
        check(sample[0] == ["inertia", "influence", "burden", "flicker"] and len(sample) == 501, "sample")
        check(document("--threads", "2") == one, "two threads differ")
        check(killed(seconds) == one, "killed and resumed differs")
        other = subprocess.run([*command("--resume", "kept"), "--couples", "21"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        check(other.returncode == 3 and b"other work" in other.stderr, "another's results")
        back = json.loads(document("--recover", "2"))
        inside = {p["name"]: p["inside"] for p in back["parameters"]}
        check(back["truths"] == 2 and sum(inside.values()) >= 4, f"found back: {inside}")
    sources()
    print("\n".join(FAULTS))
    sys.exit(len(FAULTS) > 0)


if __name__ == "__main__":
    main()
