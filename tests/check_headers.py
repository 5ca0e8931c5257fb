#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Public headers stand alone, compile as C17 and as C++17, and say what every function
promises: a comment right above each prototype, half of them at least WORDS words long."""
import glob
import os
import statistics
import subprocess
import sys

sys.dont_write_bytecode = True
import ruler  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORDS = 45
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-Iinclude"]


def compiles_alone(name, language, standard):
    """The compiler's complaint when `name` is included first and twice, or ""."""
    twice = f'#include "{name}"\n#include "{name}"\nint ebb_nothing(void);\n'
    done = subprocess.run(["gcc", "-x", language, "-std=" + standard, *STRICT, "-"],
                          cwd=ROOT, input=twice, capture_output=True, text=True)
    return done.stderr if done.returncode else ""


def main():
    complaints, words = [], []
    for path in sorted(glob.glob("include/**/*.h", root_dir=ROOT, recursive=True)):
        source = open(os.path.join(ROOT, path), encoding="utf8").read()
        for p in ruler.prototypes(source):
            words.append(p.words)
            if not p.words:
                complaints.append(f"{path}:{p.line}: {p.name} has no comment above it")
        complaint = compiles_alone(os.path.relpath(path, "include"), "c", "c17")
        if complaint:
            complaints.append(f"{path} does not compile alone:\n{complaint}")
    median = statistics.median(words)
    print(f"{len(words)} public functions, contracts of {median:.0f} words (median)")
    if median < WORDS:
        complaints.append(f"the median contract is to have at least {WORDS} words")
    print("\n".join(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
