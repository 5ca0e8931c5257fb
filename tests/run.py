#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every check there is, stage by stage, with times; the last line is the sum.

    tests/run.py [--fuzz-seconds N] [STAGE...]

Main idea: a stage is a function that gets a Tally and adds to it what passed and what
failed; everything a stage says goes to build-test/logs/STAGE.log, of which a failure
shows the end. Builds live in build-test/, one folder a compiler and purpose, and are
kept, so that a second run is short.

Invariant: exit status 0 exactly when the last line says "0 failed" and something
passed. A stage that breaks counts as one failure.
"""
import argparse
import concurrent.futures
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.path.join(ROOT, "build-test")
CORES = len(os.sched_getaffinity(0))
COUNT = re.compile(r"(\d+) passed, (\d+) failed")


class Tally:
    """What a stage counted, and its log."""

    def __init__(self, name):
        self.passed = self.failed = self.skipped = 0
        os.makedirs(os.path.join(WORK, "logs"), exist_ok=True)
        self.path = os.path.join(WORK, "logs", name + ".log")
        self.log = open(self.path, "w", encoding="utf8", errors="replace")

    def one(self, holds, name, said=""):
        """Counts one check; what it said is kept when it fails."""
        self.passed += bool(holds)
        self.failed += not holds
        if not holds:
            self.note(f"FAILED {name}\n{said}")

    def note(self, text):
        self.log.write(text.rstrip() + "\n")
        self.log.flush()

    def run(self, name, *command, env=None):
        """Runs a command as one check and returns whether it held."""
        code, said = output(*command, env=env)
        self.note(f"$ {' '.join(command)}\n{said}")
        self.one(code == 0, name, "see above" if said else f"exit status {code}")
        return code == 0


def output(*command, env=None):
    """Exit status and everything that was said, standard error included."""
    whole = dict(os.environ, **(env or {}))
    done = subprocess.run(command, cwd=ROOT, env=whole, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout.decode("utf8", "replace")


def tracked(*patterns):
    """Files of the project by pattern; outside a repository, what lies there."""
    code, said = output("git", "ls-files", "--", *patterns)
    if code == 0 and said:
        return said.split()
    found = set()
    for pattern in patterns:
        found.update(glob.glob("**/" + pattern, root_dir=ROOT, recursive=True))
    return sorted(f for f in found if not f.startswith("build"))


# --- builds -----------------------------------------------------------------------

def configured(tally, name, *options, cc="gcc"):
    """Configures once; returns the folder, or None when that failed. A test that is run
    in it builds what it needs, and no more."""
    folder = os.path.join(WORK, name)
    if os.path.exists(os.path.join(folder, "build.ninja")):
        anew = ("ninja", "-C", folder, "build.ninja")  # if what it says has changed
        return folder if tally.run(f"configure {name} anew", *anew) else None
    shutil.rmtree(folder, ignore_errors=True)
    setup = ("meson", "setup", folder, "--werror", *options)
    return folder if tally.run(f"configure {name}", *setup, env={"CC": cc}) else None


def build(tally, name, *options, cc="gcc"):
    """Configures once and builds all; returns the folder, or None when that failed."""
    folder = configured(tally, name, *options, cc=cc)
    built = folder and tally.run(f"build {name}", "ninja", "-C", folder)
    return folder if built else None


def made(tally):
    """What pages are made of, made once in the gcc build and shared by the others."""
    folder = os.path.join(WORK, "gcc")
    page = os.path.join(folder, "web", "page_asset.c")
    engine = os.path.join(folder, "src", "engine_asset.c")
    if not (os.path.exists(page) and os.path.exists(engine)):
        build(tally, "gcc")
    return "-Dpage=" + page, "-Dengine=" + engine


def meson_test(tally, folder, *selection, env=None):
    """Runs tests and counts the checks inside them, where they say how many."""
    log = os.path.join(folder, "meson-logs", "testlog.json")
    if os.path.exists(log):
        os.remove(log)
    code, said = output("meson", "test", "-C", folder, "--print-errorlogs", *selection,
                        env=env)
    tally.note(said)
    ran = 0
    if os.path.exists(log):
        for line in open(log, encoding="utf8"):
            ran += 1
            count_test(tally, json.loads(line))
    if not ran or (code != 0 and not tally.failed):
        tally.one(False, "meson test", f"exit status {code}, {ran} tests ran")


def count_test(tally, test):
    fine = test["result"] in ("OK", "EXPECTEDFAIL")
    counts = COUNT.findall(test.get("stdout") or "")
    if test["result"] == "SKIP":
        tally.skipped += 1
        tally.note(f"skipped {test['name']}")
    elif counts and fine == (counts[-1][1] == "0"):
        tally.passed += int(counts[-1][0])
        tally.failed += int(counts[-1][1])
    else:
        tally.one(fine, test["name"], test["result"])


# --- stages -----------------------------------------------------------------------

def stage_gcc(tally, args):
    folder = build(tally, "gcc")
    if folder:
        meson_test(tally, folder, "--no-suite", "web")


def stage_clang(tally, args):
    folder = configured(tally, "clang", *made(tally), cc="clang")
    if folder:  # the same bits as of gcc
        meson_test(tally, folder, "test_bits", "test_engine")


def stage_sanitize(tally, args):
    folder = configured(tally, "sanitize", *made(tally), "-Db_sanitize=address,undefined",
                        "-Dbuildtype=debugoptimized", "-Dc_args=-g1")  # lines are enough
    quit_on = {"UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
               "ASAN_OPTIONS": "detect_leaks=1:strict_string_checks=1"}
    if folder:  # what `bits` runs is run by unit tests too; there its numbers count
        meson_test(tally, folder, "--no-suite", "verify", "--no-suite", "bits",
                   "--timeout-multiplier", "5", env=quit_on)


def stage_web(tally, args):
    folder = build(tally, "gcc")
    if folder:
        meson_test(tally, folder, "--suite", "web")


def stage_format(tally, args):
    for name in tracked("*.c", "*.h"):
        code, said = output("clang-format", "--dry-run", "--Werror", name)
        tally.one(code == 0, name, said)


def digest(paths, seed=b""):
    """One hash over the contents of files."""
    sum_of = hashlib.sha256(seed)
    for path in paths:
        sum_of.update(open(os.path.join(ROOT, path), "rb").read() + b"\0")
    return sum_of.hexdigest()


def tidy(folder, name, common):
    """clang-tidy on one file; what was clean and is unchanged is not looked at again."""
    stamp = os.path.join(WORK, "tidy", digest([name], common.encode()))
    if os.path.exists(stamp):
        return 0, ""
    # the analyser's own limit of 225,000 nodes a function takes ten times as long or
    # more and has found nothing; it leaves out tests, which the sanitizers run
    limit = [f"--extra-arg={word}" for word in
             ("-Xclang", "-analyzer-config", "-Xclang", "max-nodes=8000")]
    checks = ["--checks=-clang-analyzer-*"] if name.startswith("tests/") else limit
    code, said = output("clang-tidy", "-p", folder, "--quiet", *checks, name)
    if code == 0:
        os.makedirs(os.path.dirname(stamp), exist_ok=True)
        open(stamp, "w").close()
    return code, said


def stage_tidy(tally, args):
    folder = configured(tally, "clang", *made(tally), cc="clang")
    if not folder:
        return
    commands = json.load(open(os.path.join(folder, "compile_commands.json")))
    paths = {os.path.relpath(os.path.join(c["directory"], c["file"]), ROOT)
             for c in commands}
    names = sorted(p for p in paths if not p.startswith("build"))
    common = digest(tracked("*.h", "*.clang-tidy", "meson.build"))
    with concurrent.futures.ThreadPoolExecutor(CORES) as pool:
        done = pool.map(lambda name: tidy(folder, name, common), names)
        for name, (code, said) in zip(names, done):
            tally.one(code == 0, name, said)


def stage_style(tally, args):
    folder = build(tally, "gcc")
    for script in sorted(tracked("tests/check_*.sh", "tests/check_*.py")):
        tally.run(script, os.path.join(ROOT, script), folder or "")


def stage_fuzz(tally, args):
    folder = build(tally, "fuzz", *made(tally), "-Dfuzz=true", "-Dtests=false",
                   "-Dbuildtype=debugoptimized", "-Dc_args=-g1", "-Db_lundef=false",
                   "-Db_sanitize=address,undefined", cc="clang")
    if not folder:
        return
    with concurrent.futures.ThreadPoolExecutor(CORES) as pool:
        names = sorted(os.path.basename(f)[:-2] for f in tracked("fuzz/fuzz_*.c"))
        script = os.path.join(ROOT, "fuzz", "run.sh")
        jobs = [pool.submit(output, script, folder, name, str(args.fuzz_seconds))
                for name in names]
        for name, job in zip(names, jobs):
            code, said = job.result()
            tally.note(said[-3000:])
            tally.one(code == 0, name, f"exit status {code}, see above")


def stage_ship(tally, args):
    folder = build(tally, "gcc")
    if not folder:
        return
    code, said = output(os.path.join(ROOT, "tests", "ship.sh"), folder,
                        os.path.join(WORK, "ship"))
    tally.note(said)
    counts = COUNT.findall(said)
    if counts and (code == 0) == (counts[-1][1] == "0"):
        tally.passed += int(counts[-1][0])
        tally.failed += int(counts[-1][1])
    else:
        tally.one(False, "ship.sh", f"exit status {code}")


# name, what it runs, seconds it may take on two cores
STAGES = [
    ("gcc", stage_gcc, 330),
    ("clang", stage_clang, 150),
    ("sanitize", stage_sanitize, 550),
    ("format", stage_format, 50),
    ("tidy", stage_tidy, 300),
    ("style", stage_style, 20),
    ("web", stage_web, 300),
    ("fuzz", stage_fuzz, 160),
    ("ship", stage_ship, 60),
]


def run_stage(name, stage, budget, args):
    tally = Tally(name)
    begin = time.monotonic()
    try:
        stage(tally, args)
    except Exception as error:  # a broken stage must not hide the others
        tally.one(False, name, repr(error))
    took = time.monotonic() - begin
    over = f" over its budget of {budget} s" if took > budget else ""
    skipped = f"{tally.skipped} skipped" if tally.skipped else ""
    print(f"{name:10s}{tally.passed:8d} passed{tally.failed:5d} failed{took:7.0f} s  "
          f"{skipped}{over}".rstrip(), flush=True)
    tally.log.close()
    if tally.failed:
        tail = open(tally.path, encoding="utf8").read()[-6000:]
        print(f"--- the end of {os.path.relpath(tally.path, ROOT)}\n{tail}\n---",
              flush=True)
    return tally.passed, tally.failed


def main():
    names = [name for name, _, _ in STAGES]
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--fuzz-seconds", type=int, default=5, metavar="N",
                        help="how long each fuzz target runs (default %(default)s)")
    parser.add_argument("stages", nargs="*", metavar="STAGE", help=", ".join(names))
    args = parser.parse_args()
    unknown = [name for name in args.stages if name not in names]
    if unknown:
        parser.error(f"no stage {unknown[0]}; there are {', '.join(names)}")
    begin = time.monotonic()
    counts = [run_stage(*stage, args) for stage in STAGES
              if not args.stages or stage[0] in args.stages]
    passed, failed = (sum(column) for column in zip(*counts))
    print(f"{'all':10s}{time.monotonic() - begin:35.0f} s")
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
