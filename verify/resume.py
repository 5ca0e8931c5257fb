#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A population broken off and resumed, over threads, in parts, in ranks: always the same bytes.

    verify/resume.py EBB [--couples N] [--days N] [--kills N] [--seed N]

Runs examples/population.ebb with one thread without a folder, and holds to its document, byte
for byte: two threads; a run that is killed (SIGKILL) at random moments and started again until
it ends by itself; two and four processes at once, each with its part, and the run that puts
them together; two and four ranks, as a launcher starts them; two ranks of which one is killed.
The files of the shards are compared as well. Where there is an mpirun it is the launcher, else
this is. Prints a line each, what each took by the clock, and the peak memory; exits 1 when
anything differs. --days cuts the couples' two years short, which changes no path."""
import argparse
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SPEC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples",
                    "population.ebb")
MPIRUN = shutil.which("mpirun")
KILLED_WITHIN = 0.6 # of a share of the time of one thread: two threads are to last all kills
LAUNCHER = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
            "OMPI_MCA_rmaps_base_oversubscribe": "1"}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("ebb")
    parser.add_argument("--couples", type=int, default=20000)
    parser.add_argument("--days", type=float, default=730)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def children(pid):
    found = subprocess.run(["pgrep", "-P", str(pid)], text=True, stdout=subprocess.PIPE).stdout
    return sorted(int(child) for child in found.split())


class Work:
    """Time by the clock and of the processor, of this program's children, since it was made."""
    def __init__(self):
        self.begin, self.used = time.monotonic(), self.processor()

    @staticmethod
    def processor():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    def done(self):
        self.clock = time.monotonic() - self.begin
        self.cpu = self.processor() - self.used
        return self

    def beside(self, one, count):
        return (f", {100 * one.clock / (count * self.clock):.0f} % of {count} times one thread, "
                f"{self.cpu / one.cpu:.3f} times its processor time")


class Runs:
    def __init__(self, args, folder):
        self.args, self.folder, self.failed = args, folder, 0
        self.spec = os.path.join(folder, "population.ebb")
        text = open(SPEC, encoding="utf-8").read()
        text = re.sub(r"(?m)^run .*$", f"run {args.days} day", text)
        text = re.sub(r"(?m)^report every \S+", f"report every {args.days / 24}", text)
        open(self.spec, "w", encoding="utf-8").write(text)

    def command(self, *more):
        return [self.args.ebb, "population", self.spec, "--couples", str(self.args.couples),
                "--format", "json", *more]

    def document(self, *more):
        work = Work()
        out = subprocess.run(self.command(*more), stdout=subprocess.PIPE, check=True).stdout
        return out, work.done()

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
            time.sleep(dice.uniform(0, KILLED_WITHIN * seconds / self.args.kills))
            run.send_signal(signal.SIGKILL)
            if run.wait() == 0:
                break
            kills += 1
        return kills

    def parts(self, count):
        where = os.path.join(self.folder, f"parts{count}")
        work = Work()
        runs = [subprocess.Popen(self.command("--resume", where, "--part", f"{k + 1}/{count}",
                                              "--threads", "1"))
                for k in range(count)]
        assert all(run.wait() == 0 for run in runs)
        return work.done()

    def launch(self, count, where):
        """So many ranks into a folder, the first of which writes to a pipe."""
        command = self.command("--resume", where, "--threads", "1")
        if MPIRUN:
            return [subprocess.Popen([MPIRUN, "-n", str(count), *command],
                                     env={**os.environ, **LAUNCHER}, stdout=subprocess.PIPE,
                                     stderr=subprocess.DEVNULL)]
        ranks = [{"PMI_RANK": str(k), "PMI_SIZE": str(count)} for k in range(count)]
        return [subprocess.Popen(command, env={**os.environ, **rank}, stdout=subprocess.PIPE)
                for rank in ranks]

    def ranks(self, count, where):
        work = Work()
        out = [run.communicate()[0] for run in self.launch(count, where)]
        return b"".join(out), work.done()

    def rank_killed(self, seconds):
        """Kills the second of two ranks: mpirun ends the other one, else it does the rest."""
        where = os.path.join(self.folder, "rank_killed")
        runs = self.launch(2, where)
        victims = [run.pid for run in runs]
        while MPIRUN and len(victims) < 2:
            victims = children(runs[0].pid)
        time.sleep(seconds / 5)
        os.kill(victims[-1], signal.SIGKILL)
        early = b"".join(run.communicate()[0] for run in runs)
        after, _ = self.ranks(2, where)
        return early, after


def main():
    args = arguments()
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(args, folder)
        document, one = runs.document("--threads", "1")
        print(f"{args.couples} couples, {args.days:g} days, one thread: {one.clock:.1f} s, "
              f"{one.cpu:.1f} s of the processor", flush=True)
        runs.document("--threads", "1", "--resume", os.path.join(folder, "whole"))
        whole = runs.shards("whole")
        two, work = runs.document("--threads", "2")
        runs.held("two threads", two == document, work.beside(one, 2))
        kills = runs.killed(one.clock)
        after, _ = runs.document("--resume", os.path.join(folder, "killed"))
        runs.held(f"killed {kills} times and resumed",
                  after == document and runs.shards("killed") == whole)
        for count in (2, 4):
            work = runs.parts(count)
            put, _ = runs.document("--resume", os.path.join(folder, f"parts{count}"))
            runs.held(f"{count} processes", put == document and
                      runs.shards(f"parts{count}") == whole, work.beside(one, count))
        for count in (2, 4):
            where = os.path.join(folder, f"ranks{count}")
            put, work = runs.ranks(count, where)
            runs.held(f"{count} ranks", put == document and runs.shards(f"ranks{count}") == whole,
                      work.beside(one, count))
        early, after = runs.rank_killed(one.clock)
        runs.held("2 ranks, one killed, and resumed",
                  after == document and early in (b"", document))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"peak memory of a process: {peak:.0f} MB")
        sys.exit(runs.failed > 0)


if __name__ == "__main__":
    main()
