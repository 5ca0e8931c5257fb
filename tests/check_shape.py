#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the sources to their shape: no long functions, files, lines or lists of
parameters. Prints the figures; a limit may be passed only by what EXCEPTIONS names,
and an exception that is no longer needed is itself a fault."""
import os
import statistics
import subprocess
import sys
import unicodedata

sys.dont_write_bytecode = True
import ruler  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FUNCTION_LINES = 100
FILE_LINES = 900
COLUMNS = 88
PARAMETERS = 5
STATIC_PARAMETERS = 6  # steps of one kernel, which name each array they read or write
# over all functions together
MEDIAN, MEAN, SHARE_60 = 14, 22, 0.95
# raw bidirectional controls make a source read otherwise than it compiles
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

# (file, function or "columns" or "lines"): why
EXCEPTIONS = {
    ("src/cycle/refit.c", "ebb_regression_refit"): "one caller, beside its kernel",
    ("bench/desolve_secure.c", "derivs"): "what deSolve calls",
}


def sources(*patterns):
    done = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT,
                          capture_output=True, text=True)
    if done.returncode == 0 and done.stdout:
        return done.stdout.split()
    found = []
    for folder, _, names in os.walk(ROOT):
        inside = os.path.relpath(folder, ROOT)
        if not inside.startswith(("build", ".git")) and "node_modules" not in inside:
            found += [os.path.normpath(os.path.join(inside, n)) for n in names
                      if n.endswith(tuple(p.lstrip("*") for p in patterns))]
    return sorted(found)


def columns(line):
    """Columns on a terminal: marks that combine take none, wide characters two."""
    return sum(0 if unicodedata.combining(c) or unicodedata.category(c) == "Mn" else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def look_at_file(path, faults, lengths):
    source = open(os.path.join(ROOT, path), encoding="utf8").read()
    lines = source.split("\n")
    if len(lines) - 1 > FILE_LINES:
        faults[path, "lines"] = f"{path}: {len(lines) - 1} lines, at most {FILE_LINES}"
    if any(c in BIDI for c in source):
        faults[path, "bidi"] = f"{path}: raw bidirectional control character"
    if not path.endswith((".c", ".h")):
        return
    for number, line in enumerate(lines, 1):
        if columns(line) > COLUMNS:
            before = faults.get((path, "columns"), "")
            faults[path, "columns"] = f"{before}\n{path}:{number}: too wide".strip()
    for f in ruler.functions(source):
        lengths.append(f.length)
        if f.length > FUNCTION_LINES:
            faults[path, f.name] = f"{path}:{f.line}: {f.name} has {f.length} lines"
        if f.parameters > (STATIC_PARAMETERS if f.static else PARAMETERS):
            faults[path, f.name] = \
                f"{path}:{f.line}: {f.name} has {f.parameters} parameters"


def main():
    faults, lengths = {}, []
    for path in sources("*.c", "*.h", "*.py", "*.sh", "*.ts", "*.mjs"):
        look_at_file(path, faults, lengths)
    complaints = [text for key, text in faults.items() if key not in EXCEPTIONS]
    complaints += [f"{path}: {name} needs its exception no longer"
                   for path, name in EXCEPTIONS if (path, name) not in faults]
    median, mean = statistics.median(lengths), statistics.mean(lengths)
    short = sum(n <= 60 for n in lengths) / len(lengths)
    print(f"{len(lengths)} functions: median {median:.0f} lines, mean {mean:.1f}, "
          f"{100 * short:.1f} % of at most 60, longest {max(lengths)}")
    if median > MEDIAN or mean > MEAN or short < SHARE_60:
        complaints.append(f"median above {MEDIAN}, mean above {MEAN} or less than "
                          f"{100 * SHARE_60:.0f} % of at most 60 lines")
    print("\n".join(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
