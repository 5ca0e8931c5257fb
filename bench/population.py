# SPDX-License-Identifier: MIT
"""A population beside its engine: the case `population` of bench/run.py.

What `ebb population examples/population.ebb` takes for some thousand couples over two years,
in processor time of a couple's day, held against bench/couple_days, which runs the same
model for as long and writes nothing: what is more is people, looks four times a day,
conditions at every step, and counting. A million couples for two years cost as much by the
engine's figure as is printed; memory does not grow with couples.

And what two ranks, as a launcher starts them, make of two cores: the time of one process for
half the couples over theirs. Beside it the same of two processes that know nothing of each
other, which is the most that two cores give: they share memory and heat.
"""
import os
import subprocess
import tempfile
import time

CASE = "population, two years"
RANKED = 1024 # couples of a rank
COUPLES, DAYS, STEP = 4096, 730, 0.05
MILLION = 1e6

LIMITS = {
    (CASE, "times the engine"): (1.5, "at most"),
    (CASE, "peak MB"): (500, "at most"),
    (CASE, "peak MB, times that of half the couples"): (1.1, "at most"),
    (CASE, "two ranks, % of what two processes apart get"): (90, "at least"),
}


def population(bench, measure):
    spec = os.path.join(bench.root, "examples", "population.ebb")
    model = os.path.join(bench.root, "models", "pursue_withdraw.ebb")

    def ours(couples):
        return measure([bench.ebb, "population", spec, "--couples", str(couples),
                        "--threads", "1", "--format", "json"])

    def engine():
        return measure([bench.path("couple_days"), model, str(COUPLES), str(DAYS), str(STEP),
                        "native", "1"])
    runs = [(ours(COUPLES), engine()) for _ in range(bench.rounds)]
    ebb, bare = (min(run[k]["cpu"] for run in runs) for k in (0, 1))
    peak = min(run[0]["peak"] for run in runs)
    each = 1e9 / (COUPLES * DAYS)
    bench.add(CASE, "ns of a couple's day", ebb * each, 0, f"{COUPLES} couples, one thread")
    bench.add(CASE, "ns of a couple's day, the engine alone", bare * each)
    bench.add(CASE, "times the engine", ebb / bare, 2)
    bench.add(CASE, "minutes of a million couples, two cores, at least",
              bare / COUPLES * MILLION / 2 / 60, 1, "by the engine's figure")
    bench.add(CASE, "minutes of a million couples, two cores",
              ebb / COUPLES * MILLION / 2 / 60, 1, "by this one's")
    bench.add(CASE, "peak MB", peak / 1e6, 1)
    bench.add(CASE, "peak MB, times that of half the couples",
              peak / ours(COUPLES // 2)["peak"], 2)
    ranks(bench, spec)


def clock(runs):
    """Seconds until all of these (command, more environment) have ended, started at once."""
    begin = time.monotonic()
    started = [subprocess.Popen(command, env={**os.environ, **more}, stdout=subprocess.DEVNULL)
               for command, more in runs]
    assert all(run.wait() == 0 for run in started)
    return time.monotonic() - begin


def ranks(bench, spec):
    def command(couples, *more):
        return [bench.ebb, "population", spec, "--couples", str(couples), "--threads", "1", *more]

    def two():
        with tempfile.TemporaryDirectory() as folder:
            shared = command(2 * RANKED, "--resume", folder)
            return clock([(shared, {"PMI_RANK": str(k), "PMI_SIZE": "2"}) for k in range(2)])
    one = (command(RANKED), {})
    times = [(clock([one]), clock([one, one]), two()) for _ in range(bench.rounds)]
    alone, apart, ranked = (min(column) for column in zip(*times))
    bench.add(CASE, "two ranks, % of twice one process", 100 * alone / ranked, 0,
              f"{RANKED} couples each, by the clock")
    bench.add(CASE, "two processes apart, %", 100 * alone / apart, 0, "the most there is")
    bench.add(CASE, "two ranks, % of what two processes apart get", 100 * apart / ranked)
