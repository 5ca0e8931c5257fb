# SPDX-License-Identifier: MIT
"""The engine beside what one would take instead: the case `engine` of bench/run.py.

models/pursue_withdraw_small.ebb by Heun's steps of 0.05 days, in doubles, random numbers
and events included: native code of each level, the interpreter, WebAssembly, two threads;
the same model as a plain scalar C loop and in NumPy; and, for an equation without chance,
R's deSolve with compiled code. All take turns, and the best of the rounds counts. A peer
that is not installed is skipped by name.

What two processors give differs: two whole cores are twice one, two halves of a core
perhaps 1.3 times. So two threads are held against two processes that know nothing of
each other and have half of the couples each: on whole cores 0.95 of that is 1.9 times.
"""
import os
import shutil
import subprocess
import sys
import time

CASE, ODE = "engine, a couple's step", "engine, an equation"
LEVELS = ["x86-64-v4", "x86-64-v3", "x86-64-v2"]
COUPLES, DAYS, STEP = 1024, 25, 0.05
THREAD_COUPLES = 16384 # half a second of one core
ODE_COUPLES, ODE_LENGTH = 1024, 20

LIMITS = {
    (CASE, "ns, x86-64-v4"): (30, "at most"),
    (CASE, "x86-64-v4, times scalar C"): (4, "at least"),
    (CASE, "x86-64-v3, times scalar C"): (2, "at least"),
    (CASE, "interpreter, times native"): (4, "at most"),
    (CASE, "ns, WebAssembly"): (150, "at most"),
    (CASE, "two threads, of what the machine gives"): (0.95, "at least"),
    ("ebb simulate", "seconds to start"): (0.02, "at most"),
}


def numbers(command):
    """What a program prints, or None where it says that it cannot run here."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    words = done.stdout.split()
    return None if words == ["-"] else [float(w) for w in words]


def python_with_numpy():
    for python in (sys.executable, "/usr/bin/python3"):
        found = os.path.exists(python) and subprocess.run(
            [python, "-c", "import numpy"], stderr=subprocess.DEVNULL).returncode == 0
        if found:
            return python
    return None


def has_desolve():
    return shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", "library(deSolve)"], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL).returncode == 0


def model(bench, name):
    return os.path.join(bench.root, "models", name + ".ebb")


def of_steps(bench):
    """Programs that take the model of a couple's step: name -> command."""
    ours = [bench.path("couple_days"), model(bench, "pursue_withdraw_small"), str(COUPLES),
            str(DAYS), str(STEP)]
    same = [str(COUPLES), str(DAYS), str(STEP)]
    all_of_them = {level: [*ours, level] for level in LEVELS}
    all_of_them |= {"interpreter": [*ours, "interpreter"], "native": [*ours, "native"],
                    "scalar C": [bench.path("couple_scalar"), *same]}
    module = os.path.join(bench.build, "src", "engine.wasm")
    if os.path.exists(module):
        script = os.path.join(bench.root, "bench", "engine_wasm.mjs")
        all_of_them["WebAssembly"] = ["node", script, module, *ours[1:]]
    else:
        bench.skip("WebAssembly", "the module is not built")
    python = python_with_numpy()
    if python:
        script = os.path.join(bench.root, "bench", "couple_numpy.py")
        all_of_them["NumPy"] = [python, script, *same]
    else:
        bench.skip("NumPy", "it is not installed")
    return all_of_them


def of_equation(bench):
    ours = [bench.path("couple_days"), model(bench, "rinaldi_secure"), str(ODE_COUPLES),
            str(ODE_LENGTH), "0"]
    all_of_them = {"ebb": [*ours, "native"]}
    if has_desolve():
        script = os.path.join(bench.root, "bench", "desolve_secure.R")
        all_of_them["deSolve"] = ["Rscript", script, bench.path("desolve_secure.so"),
                                  "100", str(ODE_LENGTH)]
    else:
        bench.skip("deSolve", "R or deSolve is not installed")
    return all_of_them


def by_turns(bench, commands):
    """Best numbers of each program over interleaved rounds."""
    best = {}
    for _ in range(bench.rounds):
        for name, command in commands.items():
            got = numbers(command)
            if got is None:
                best[name] = None
            else:
                best[name] = [min(pair) for pair in zip(got, best.get(name, got))]
    return best


def seconds(*commands):
    """How long programs take that run at once."""
    begin = time.monotonic()
    running = [subprocess.Popen(c, stdout=subprocess.DEVNULL) for c in commands]
    codes = [process.wait() for process in running]
    took = time.monotonic() - begin
    return took if not any(codes) else sys.exit(f"{commands[0]} failed")


def add_threads(bench):
    """All couples by one thread, by two, and by two processes with half of them each."""
    def ours(couples, threads):
        return [bench.path("couple_days"), model(bench, "pursue_withdraw_small"), str(couples),
                str(DAYS), str(STEP), "native", str(threads)]
    best = [float("inf")] * 3
    for _ in range(bench.rounds):
        took = (seconds(ours(THREAD_COUPLES, 1)), seconds(ours(THREAD_COUPLES, 2)),
                seconds(*[ours(THREAD_COUPLES // 2, 1)] * 2))
        best = [min(pair) for pair in zip(best, took)]
    one, threads, processes = best
    bench.add(CASE, "two threads, times one", one / threads, 2, "by the clock")
    bench.add(CASE, "two threads, of what the machine gives", processes / threads, 2,
              f"two processes: {one / processes:.2f} times one")


def add_steps(bench, best):
    per_step = {name: got[0] * STEP for name, got in best.items() if got}
    for level in LEVELS:
        if level not in per_step:
            bench.skip(level, "this processor lacks it")
            continue
        bench.add(CASE, f"ns, {level}", per_step[level], 1)
        bench.add(CASE, f"{level}, times scalar C",
                  per_step["scalar C"] / per_step[level], 2)
    for name in ("interpreter", "WebAssembly", "scalar C", "NumPy"):
        if name in per_step:
            bench.add(CASE, f"ns, {name}", per_step[name], 1)
    bench.add(CASE, "interpreter, times native",
              per_step["interpreter"] / per_step["native"], 2)
    if "NumPy" in per_step:
        bench.add(CASE, "native, times NumPy", per_step["NumPy"] / per_step["native"], 1)


def add_equation(bench, best):
    bench.add(ODE, "ns a couple and unit of time", best["ebb"][0], 0,
              "Dormand and Prince, tolerance 1e-8")
    if "deSolve" in best:
        bench.add(ODE, "times deSolve", best["deSolve"][0] / best["ebb"][0], 1,
                  f"compiled code: {best['deSolve'][0]:.0f} ns")


def add_start(bench):
    command = [bench.ebb, "simulate", "strogatz", "--for", "1", "-o",
               bench.path("start.txt")]
    took = []
    for _ in range(max(bench.rounds, 5)):
        begin = time.monotonic()
        done = subprocess.run(command, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
        took.append(time.monotonic() - begin)
        if done.returncode:
            bench.skip("ebb simulate", "this program cannot yet")
            return
    bench.add("ebb simulate", "seconds to start", min(took), 4)


def measure(bench):
    add_steps(bench, by_turns(bench, of_steps(bench)))
    add_threads(bench)
    add_equation(bench, by_turns(bench, of_equation(bench)))
    add_start(bench)
