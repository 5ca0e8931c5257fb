#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Behind a closed gate no output holds a word of a cycle between two.

    gate.py PROGRAM CHAT

Every verb that shows what is between two is asked in every form: for a scenario that
declares facts, and with facts on the command line. The same outputs without facts are
searched in the same way, and must hold every one of these words somewhere: so the search
can find what it looks for. A scenario that is fierce and declares nothing does not close
the gate.
"""
import os
import re
import subprocess
import sys
import tempfile

# Beginnings of words, in small letters.
WORDS = ["cycle", "loop", "episode", "pursu", "withdraw", "avoid", "anxi", "both", "expected",
         "each of you", "you two", "what carries", "to try", "lever", "therap", "alarm", "overload"]
FORMS = ["text", "json", "csv"]
LEVERS = '''scenario fierce "A lever: therapy for both, who are told of their cycle" uses pursue_withdraw
run 30
a: anxiety = 2, avoidance = 2
b: anxiety = 2, avoidance = 2
at 5: a.alarm += 4, b.alarm += 4
expect value(together, 30) > 0.5 in 0.01 of runs "each of you keeps the other"
'''


def ebb(program, *arguments, stdin=""):
    """Exit status, and all that was said with both voices."""
    done = subprocess.run([program, *arguments], input=stdin, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def outputs(program, scenario, stdin=""):
    """What every verb says of a scenario, in every form."""
    told = [scenario, "--width", "60"]
    yield ebb(program, "scenarios", *told, stdin=stdin)
    for form in FORMS:
        for couples in ["1", "20"]:
            yield ebb(program, "simulate", "pursue_withdraw", "-s", scenario, "-n", couples,
                      "--every", "10", "--format", form, stdin=stdin)
        yield ebb(program, "study", "equilibria", "pursue_withdraw", "-s", scenario, "--starts",
                  "1", "--format", form, stdin=stdin)


def check_messages(checks, program):
    """No messages are made up for a couple in which one is afraid."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "messages.csv")
        told = ["simulate", "pursue_withdraw", "--for", "9", "--messages", path]
        check_closed(checks, "--messages", [ebb(program, *told, "-s", "gone_girl")])
        checks.one(not os.path.exists(path), "--messages are written")
        ebb(program, *told)
        checks.one(os.path.exists(path), "--messages are not written without facts")


def listed(program, scenario):
    _, said = ebb(program, "scenarios")
    return [line for line in said.splitlines() if line.startswith(scenario + " ")]


def reports(program, chat, *facts):
    for form in FORMS:
        yield ebb(program, "report", chat, "--fast", "--format", form, *facts)


def found(text):
    text = text.lower()
    return {word for word in WORDS if re.search(r"(?<![a-z])" + re.escape(word), text)}


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def one(self, holds, what):
        self.passed += bool(holds)
        self.failed += not holds
        if not holds:
            print("failed:", what)


def check_closed(checks, what, results):
    for status, said in results:
        checks.one(status == 0, f"{what}: exit status {status}")
        checks.one("What was declared comes first" in said or '"schema":"ebb/safety"' in said,
                   f"{what}: the gate is not closed: {said[:200]}")
        checks.one(not found(said), f"{what}: holds {sorted(found(said))}")
        checks.one("emergency number" in said, f"{what}: does not say where to turn")


def check_open(checks, what, results):
    """Returns the words that were found: none of these results is the gate's."""
    words = set()
    for status, said in results:
        checks.one(status in (0, 1), f"{what}: exit status {status}: {said[:200]}")
        checks.one("What was declared" not in said and "ebb/safety" not in said,
                   f"{what}: the gate is closed")
        words |= found(said)
    return words


def main():
    program, chat = sys.argv[1:3]
    checks = Checks()
    checks.one(len(listed(program, "gone_girl")) == 1, "gone_girl is listed")
    checks.one(not found("\n".join(listed(program, "gone_girl"))), "the line of gone_girl")
    check_closed(checks, "gone_girl", outputs(program, "gone_girl"))
    declared = LEVERS.replace("run 30\n", "run 30\nfacts fear\n")
    check_closed(checks, "declared on stdin", outputs(program, "-", declared))
    for fact in ["fear", "threats", "control", "stalking", "injury", "forced_sex", "weapons"]:
        check_closed(checks, "simulate --facts " + fact,
                     [ebb(program, "simulate", "pursue_withdraw", "--facts", fact)])
    check_messages(checks, program)
    check_closed(checks, "report --facts",
                 reports(program, chat, "--facts", "fear,control", "--facts", "injury"))
    check_closed(checks, "report --html",
                 [ebb(program, "report", chat, "--fast", "--facts", "fear", "--html", "-")])
    words = check_open(checks, "fierce", outputs(program, "-", LEVERS))
    words |= check_open(checks, "blue_valentine", outputs(program, "blue_valentine"))
    words |= check_open(checks, "report", reports(program, chat))
    missing = set(WORDS) - words
    checks.one(not missing, f"the search never finds {sorted(missing)}")
    print(f"gate: {checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
