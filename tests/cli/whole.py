#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A full disk or a kill leaves no half file: every output appears whole or not at all.

    tests/cli/whole.py EBB EXPORT

Main idea: `out` holds an old text which ebb is to replace. It meets a limit on the size
of files, a disk without room, or a signal, at some moment or just when the temporary
file beside `out` has come to be. Invariant: `out` is then the old text or the whole new
one, an error names its path, and a temporary file is left by SIGKILL only, after which
nobody can tidy up.

A disk without room is a mount of our own; where none is allowed, those checks are left
out and this is said. The last line is "N passed, N failed".
"""
import contextlib
import datetime
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

OLD = b"what stood here before\n"
PART = re.compile(r"out\.[A-Za-z0-9]{6}\.part$")
PAGE = 4096  # bytes a small disk gives out at a time
EXIT_FAILED = 1
EVENTS = 30000  # writing them takes long enough to be met in the middle
TRIES = 10
OWN = "--own-mounts"
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)

passed = failed = 0


def check(holds, what):
    global passed, failed
    passed += bool(holds)
    failed += not holds
    if not holds:
        print("FAILED:", what)


class Scene:
    """A folder with `out` in it, and what ebb writes there when nothing happens."""

    def __init__(self, folder, name, *command):
        self.name, self.command = name, command
        self.folder = os.path.join(folder, name)
        os.mkdir(self.folder)
        self.out = os.path.join(self.folder, "out")
        self.reset()
        begin = time.monotonic()
        code = self.start().wait()
        self.took = time.monotonic() - begin
        self.new = self.read()
        check(code == 0 and self.new != OLD and not self.parts(), f"{name}: is written")

    def reset(self):
        for left in os.listdir(self.folder):
            os.unlink(os.path.join(self.folder, left))
        with open(self.out, "wb") as out:
            out.write(OLD)

    def read(self):
        with open(self.out, "rb") as out:
            return out.read()

    def parts(self):
        return [name for name in os.listdir(self.folder) if name != "out"]

    def start(self, stderr=subprocess.DEVNULL, prepare=None):
        return subprocess.Popen([*self.command, self.out], stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=stderr,
                                preexec_fn=prepare)


def write_table(path):
    begin = datetime.datetime(2025, 1, 6)
    with open(path, "w", encoding="utf8") as table:
        table.write("local,person,kind,characters\n")
        for i in range(EVENTS):
            at = begin + datetime.timedelta(minutes=2 * i)
            table.write(f"{at.isoformat()},{'AB'[i % 2]},text,{i % 90 + 1}\n")


def fails(scene, reason, prepare=None):
    """ebb cannot write, says so, and leaves all as it was."""
    process = scene.start(subprocess.PIPE, prepare)
    said = process.communicate()[1].decode("utf8", "replace")
    what = f"{scene.name}, {reason}"
    line = f"ebb: {scene.out}: cannot be written: {reason}"
    check(process.returncode == EXIT_FAILED, f"{what}: status {process.returncode}")
    check(line in said.splitlines(), f"{what}: says\n{said}")
    check(scene.read() == OLD, f"{what}: what stood there is gone")
    check(not scene.parts(), f"{what}: leaves {scene.parts()}")


def test_limit(scene):
    most = min(PAGE, len(scene.new) // 2)
    scene.reset()
    fails(scene, "File too large",
          lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))


def test_full_disk(scene):
    """One page is taken by what stood there; one more is left where it is not enough.
    Returns whether a disk could be had."""
    room = PAGE if len(scene.new) <= PAGE else 2 * PAGE
    mount = ["mount", "-t", "tmpfs", "-o", f"size={room}", "none", scene.folder]
    if subprocess.run(mount, stderr=subprocess.DEVNULL).returncode:
        return False
    try:
        scene.reset()
        fails(scene, "No space left on device")
    finally:
        subprocess.run(["umount", scene.folder], check=True)
    return True


def test_full_stdout(*command):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=full,
                              stderr=subprocess.PIPE)
    what = " ".join(command[1:])
    check(done.returncode == EXIT_FAILED, f"{what}: status {done.returncode}")
    check(b"ebb: stdout: cannot be written: No space left on device\n" in done.stderr,
          f"{what}: says {done.stderr}")


def end_by(scene, number, wait):
    """Sends the signal after waiting. Returns whether it met a file half written."""
    scene.reset()
    process = scene.start()
    wait(process)
    writing = scene.parts() != []
    process.send_signal(number)
    code = process.wait()
    what = f"{scene.name}, {number.name}"
    now, parts = scene.read(), scene.parts()
    check(code in (0, -number), f"{what}: status {code}")
    check(now == scene.new or (code != 0 and now == OLD), f"{what}: half a file")
    if number == signal.SIGKILL:
        check(all(PART.match(name) for name in parts), f"{what}: leaves {parts}")
        return parts != []
    check(not parts, f"{what}: leaves {parts}")
    return writing and code == -number


def test_signals(scene, number):
    # json, weeks and text go the way of the page: one signal, just while they are written
    thorough = scene.name in ("page", "runs", "events")
    for share in (0.3, 0.6, 0.9) if thorough else ():
        end_by(scene, number, lambda process: time.sleep(share * scene.took))

    def until_writing(process):
        while process.poll() is None and not scene.parts():
            pass

    met = False
    for _ in range(TRIES if scene.name == "events" else 1 + thorough):
        met = met or end_by(scene, number, until_writing)
    if scene.name == "events":
        check(met, f"{scene.name}, {number.name}: not met while writing")


def test_all(ebb, export, folder):
    table = os.path.join(folder, "table.csv")
    write_table(table)
    report = (ebb, "report", export)
    scenes = [Scene(folder, "page", *report, "--html"),
              Scene(folder, "json", *report, "--format", "json", "-o"),
              Scene(folder, "weeks", *report, "--format", "csv", "-o"),
              Scene(folder, "text", *report, "-o"),
              Scene(folder, "runs", ebb, "simulate", "inertia_coordination", "-n", "3000",
                    "--for", "40", "--format", "csv", "-o"),
              Scene(folder, "events", ebb, "events", table, "-o")]
    for scene in scenes:
        test_limit(scene)
        for number in SIGNALS:
            test_signals(scene, number)
    if OWN not in sys.argv or not all([test_full_disk(scene) for scene in scenes]):
        print("left out: no small disk could be mounted")
    for name in ("text", "json", "csv"):
        test_full_stdout(*report, "--format", name)
    test_full_stdout(*report, "--html", "-")


def own_mounts():
    """Goes on in a place of its own for mounts, which vanishes with it."""
    command = ("unshare", "--map-root-user", "--mount")
    with contextlib.suppress(OSError):
        if OWN not in sys.argv and not subprocess.run(
                (*command, "true"), stderr=subprocess.DEVNULL).returncode:
            os.execvp(command[0], (*command, sys.executable, *sys.argv, OWN))


def main():
    own_mounts()
    ebb, export = (os.path.realpath(path) for path in sys.argv[1:3])
    folder = tempfile.mkdtemp(prefix="ebb-whole-")
    try:
        test_all(ebb, export, folder)
    finally:
        shutil.rmtree(folder)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
