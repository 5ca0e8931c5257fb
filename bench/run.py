#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Speed and memory, measured beside what everyone has, in one run on one machine.

    bench/run.py BUILD [--messages N] [--rounds N] [CASE ...]

Main idea: absolute figures belong to a machine, ratios travel. So wc and a plain
JavaScript reader take turns with ebb on the same file, and the best of the rounds
counts. What runs on one core is measured in processor seconds (user and system), which
other work on the machine disturbs least; what a person waits for, in seconds by the
clock.

Prints a table in Markdown; BUILD/bench.json holds the same with the machine, the
compiler's flags and the commit.
"""
import argparse
import json
import os
import sqlite3
import subprocess
import sys
import time
import zipfile

import engine
import population

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MB = 1e6
CASES = ["whatsapp", "telegram", "messenger", "discord", "matrix", "signal", "line", "sms",
         "imessage", "zip", "page", "lab", "math", "engine", "population"]
SUFFIXES = {"whatsapp": "txt", "line": "txt", "sms": "xml"}
HALVED = ("messenger", "discord", "matrix", "signal") # long files: Node holds half a GB at most

# what is promised: (figure, limit, "at least" or "at most")
LIMITS = {
    ("whatsapp typical", "times wc -lwm"): (1.33, "at least"), # 400 MB/s where wc does 300
    ("whatsapp typical", "times JavaScript"): (10, "at least"),
    ("telegram typical", "MB/s"): (100, "at least"),
    ("discord typical", "MB/s"): (100, "at least"),
    ("matrix typical", "MB/s"): (100, "at least"),
    ("signal typical", "MB/s"): (100, "at least"),
    ("whatsapp typical", "bytes a message"): (48, "at most"),
    ("telegram typical", "bytes a message"): (48, "at most"),
    ("messenger typical", "MB/s"): (100, "at least"),
    ("messenger typical", "bytes a message"): (48, "at most"),
    ("discord typical", "bytes a message"): (48, "at most"),
    ("matrix typical", "bytes a message"): (48, "at most"),
    ("signal typical", "bytes a message"): (48, "at most"),
    ("line typical", "bytes a message"): (48, "at most"),
    ("sms typical", "MB/s"): (100, "at least"),
    ("sms typical", "bytes a message"): (48, "at most"),
    ("imessage typical", "messages a second"): (300000, "at least"),
    ("imessage typical", "bytes a message"): (48, "at most"),
    ("zip, mostly media", "times its text alone"): (1.2, "at most"),
    ("a million to the page", "seconds"): (5, "at most"),
    ("a million to the page", "peak MB"): (300, "at most"),
    ("a million to the page", "page MB"): (1.5, "at most"),
    ("a million to the page", "seconds to draw"): (1, "at most"),
    ("lab", "page MB"): (1.5, "at most"),
    ("lab", "seconds to use"): (1, "at most"),
    ("lab", "slider ms, 95 of 100"): (33, "at most"),
    ("lab", "fan of 300, s to the first"): (0.3, "at most"),
    ("lab", "fan of 300, s to all"): (4, "at most"),
    ("lab", "edited model, times slower"): (5, "at most"),
    **engine.LIMITS,
    **population.LIMITS,
}


class Bench:
    def __init__(self, build, rounds):
        self.build, self.rounds = os.path.abspath(build), rounds
        self.folder = os.path.join(self.build, "bench")
        self.ebb = os.path.join(self.build, "ebb")
        self.root = ROOT
        self.results, self.skipped = [], []

    def path(self, name):
        return os.path.join(self.folder, name)

    def chat(self, form, kind, count):
        """An input file, made once."""
        path = self.path(f"{form}-{kind}-{count}." + SUFFIXES.get(form, "json"))
        if not os.path.exists(path):
            with open(path + ".part", "wb") as out:
                subprocess.run([self.path("make_chat"), form, kind, str(count)],
                               stdout=out, check=True)
            os.rename(path + ".part", path)
        return path

    def add(self, case, figure, value, unit_places=0, note=""):
        limit = LIMITS.get((case, figure))
        within = None
        if limit:
            within = value >= limit[0] if limit[1] == "at least" else value <= limit[0]
        self.results.append({
            "case": case, "figure": figure, "value": round(value, unit_places),
            "limit": f"{limit[1]} {limit[0]}" if limit else None, "within": within,
            "note": note})

    def skip(self, what, why):
        self.skipped.append(f"{what}: skipped, {why}")


def measure(command, **environment):
    """Runs once: processor seconds, seconds by the clock, peak resident bytes."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE,
                               env=dict(os.environ, **environment))
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{said.decode()}")
    return {"cpu": used.ru_utime + used.ru_stime, "clock": time.monotonic() - begin,
            "peak": used.ru_maxrss * 1024}


def best(runs, what):
    return min(run[what] for run in runs)


def reading(bench, form, kind, count):
    """Export to events beside wc and JavaScript, by turns."""
    case = f"{form} {kind}"
    chat, out = bench.chat(form, kind, count), bench.path("out.csv")
    size = os.path.getsize(chat)
    ours, wc = [], []
    reader = os.path.join(ROOT, "bench", "readers.mjs")
    script = measure(["node", "--max-old-space-size=8192", reader, form, chat])
    for _ in range(bench.rounds):
        ours.append(measure([bench.ebb, "events", chat, "--format", "csv", "-o", out]))
        wc.append(measure(["wc", "-lwm", chat], LC_ALL="C.UTF-8"))
    speed = size / MB / best(ours, "cpu")
    bench.add(case, "MB/s", speed, note=f"{size / MB:.0f} MB, {count} messages")
    bench.add(case, "times wc -lwm", best(wc, "cpu") / best(ours, "cpu"), 2,
              f"wc: {size / MB / best(wc, 'cpu'):.0f} MB/s")
    bench.add(case, "times JavaScript", script["cpu"] / best(ours, "cpu"), 1,
              f"parsing alone: {size / MB / script['cpu']:.0f} MB/s")
    small = measure([bench.ebb, "events", bench.chat(form, kind, count // 4), "-o", out])
    growth = best(ours, "peak") - small["peak"]
    bench.add(case, "bytes a message", growth / (count - count // 4), 1,
              f"peak {best(ours, 'peak') / MB:.0f} MB, with a quarter of it "
              f"{small['peak'] / MB:.0f} MB")


# what iMessage archives of a text: before its length, and behind it
BEFORE_TEXT = (b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00"
               b"\x84\x84\x08NSObject\x00\x85\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+")
BEHIND_TEXT = (b"\x86\x84\x02iI\x01\x01\x92\x84\x84\x84\x0cNSDictionary\x00\x94\x84\x01i\x01\x92\x84"
               b"\x96\x96\x1d__kIMMessagePartAttributeName\x86\x92\x84\x84\x84\x08NSNumber\x00"
               b"\x84\x84\x07NSValue\x00\x94\x84\x01*\x84\x99\x99\x00\x86\x86\x86")


def archived(text):
    data = text.encode()
    length = bytes([len(data)]) if len(data) < 128 else b"\x81" + len(data).to_bytes(2, "little")
    return BEFORE_TEXT + length + data + BEHIND_TEXT


def chat_db(bench, kind, count):
    """A database of Messages, made once."""
    path = bench.path(f"imessage-{kind}-{count}.db")
    if os.path.exists(path):
        return path
    begin = 978307200
    db = sqlite3.connect(path + ".part")
    db.executescript("""
        CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, service TEXT);
        CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, style INTEGER, chat_identifier TEXT);
        CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT UNIQUE, text TEXT, handle_id INTEGER,
          attributedBody BLOB, error INTEGER DEFAULT 0, date INTEGER, is_delivered INTEGER DEFAULT 1,
          is_from_me INTEGER, cache_has_attachments INTEGER DEFAULT 0, cache_roomnames TEXT,
          is_audio_message INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0, associated_message_guid TEXT,
          associated_message_type INTEGER DEFAULT 0, balloon_bundle_id TEXT, thread_originator_guid TEXT,
          date_retracted INTEGER DEFAULT 0, date_edited INTEGER DEFAULT 0);
        CREATE INDEX message_idx_handle ON message(handle_id, date);
        CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE(chat_id, handle_id));
        CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, message_date INTEGER,
          PRIMARY KEY (chat_id, message_id));
        CREATE INDEX chat_message_join_idx_message_id_only ON chat_message_join(message_id);
        INSERT INTO handle VALUES (1, '+491701234567', 'iMessage');
        INSERT INTO chat VALUES (1, 'iMessage;-;+491701234567', 45, '+491701234567');
        INSERT INTO chat_handle_join VALUES (1, 1);""")
    with open(bench.chat("imessage", kind, count), encoding="utf8") as rows:
        for number, row in enumerate(rows, 1):
            time_s, person, text = json.loads(row)
            date = (time_s - begin) * 10**9
            db.execute("INSERT INTO message (ROWID, guid, handle_id, attributedBody, date, is_from_me) "
                       "VALUES (?, ?, ?, ?, ?, ?)",
                       (number, f"{number:08X}-0000-0000-0000-000000000000", person, archived(text), date,
                        1 - person))
            db.execute("INSERT INTO chat_message_join VALUES (1, ?, ?)", (number, date))
    db.commit()
    db.close()
    os.rename(path + ".part", path)
    return path


def database(bench, kind, count):
    """A database to events, beside Python's sqlite3 fetching the same columns."""
    case, out = f"imessage {kind}", bench.path("out.csv")
    chat, small = chat_db(bench, kind, count), chat_db(bench, kind, count // 4)
    fetch = ("import sqlite3, sys\n"
             "for row in sqlite3.connect(sys.argv[1]).execute('SELECT date, is_from_me, attributedBody FROM "
             "chat_message_join j JOIN message m ON m.ROWID = j.message_id'): pass")
    ours = [measure([bench.ebb, "events", chat, "--format", "csv", "-o", out]) for _ in range(bench.rounds)]
    python = measure([sys.executable, "-c", fetch, chat])
    bench.add(case, "messages a second", count / best(ours, "cpu"),
              note=f"{os.path.getsize(chat) / MB:.0f} MB, {count} messages")
    bench.add(case, "times Python", python["cpu"] / best(ours, "cpu"), 1, "fetching alone")
    growth = best(ours, "peak") - measure([bench.ebb, "events", small, "-o", out])["peak"]
    bench.add(case, "bytes a message", growth / (count - count // 4), 1,
              f"peak {best(ours, 'peak') / MB:.0f} MB")


def zipped(bench, chat, media_gb):
    """A chat's zip with so much media beside it, made once."""
    path = bench.path(f"zip-{os.path.basename(chat)}-{media_gb}.zip")
    if not os.path.exists(path):
        photo = os.urandom(30_000_000)
        with zipfile.ZipFile(path + ".part", "w", zipfile.ZIP_DEFLATED) as out:
            for i in range(media_gb * 100 // 3):
                out.writestr(zipfile.ZipInfo(f"IMG-{i:04}.jpg"), photo) # stored, as phones do
            out.write(chat, "_chat.txt")
        os.rename(path + ".part", path)
    return path


def media(bench, count):
    """A zip of 3 GB, mostly media, beside one of its text alone, by turns."""
    case, out = "zip, mostly media", bench.path("out.csv")
    chat = bench.chat("whatsapp", "typical", count)
    large, alone = zipped(bench, chat, 3), zipped(bench, chat, 0)
    runs = {path: [] for path in (large, alone)}
    for _ in range(bench.rounds):
        for path, kept in runs.items():
            kept.append(measure([bench.ebb, "events", path, "--format", "csv", "-o", out]))
    for what, unit in (("clock", "seconds"), ("cpu", "seconds of processor")):
        bench.add(case, unit, best(runs[large], what), 3,
                  f"{os.path.getsize(large) / 1e9:.1f} GB, {count} messages; "
                  f"text alone {best(runs[alone], what):.3f}")
    bench.add(case, "times its text alone", best(runs[large], "clock") / best(runs[alone], "clock"), 2)


def whole_way(bench, kind, count):
    """Export to the finished page with two threads, and the page in Chromium."""
    case = "a million to the page" if kind == "typical" else "the same, worst case"
    page = bench.path(f"page-{kind}.html")
    chat = bench.chat("whatsapp", kind, count)
    runs = [measure([bench.ebb, "report", chat, "--threads", "2", "--html", page])
            for _ in range(min(bench.rounds, 3))]
    bench.add(case, "seconds", best(runs, "clock"), 2,
              f"two threads; {best(runs, 'cpu'):.2f} s of processor")
    bench.add(case, "peak MB", best(runs, "peak") / MB)
    bench.add(case, "page MB", os.path.getsize(page) / MB, 2)
    subprocess.run(["ninja", "-C", bench.build, "--quiet", "web/dev.stamp"], check=True)
    modules = os.path.join(bench.build, "web", "dev", "node_modules")
    said = subprocess.run(["node", os.path.join(ROOT, "bench", "draw_page.mjs"), page],
                          env=dict(os.environ, EBB_WEB_MODULES=modules), check=True,
                          stdout=subprocess.PIPE).stdout
    drawn = json.loads(said)
    bench.add(case, "seconds to draw", (drawn["opened_ms"] + drawn["drawn_ms"]) / 1000, 2,
              f"first screen {drawn['opened_ms']} ms, record {drawn['drawn_ms']} ms")


def lab(bench):
    """The page to play with, in Chromium."""
    page = bench.path("lab.html")
    subprocess.run([bench.ebb, "lab", "-o", page], check=True, stderr=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", bench.build, "--quiet", "web/dev.stamp"], check=True)
    modules = os.path.join(bench.build, "web", "dev", "node_modules")
    said = subprocess.run(["node", os.path.join(ROOT, "bench", "lab.mjs"), page],
                          env=dict(os.environ, EBB_WEB_MODULES=modules), check=True,
                          stdout=subprocess.PIPE).stdout
    ms = json.loads(said)
    bench.add("lab", "page MB", os.path.getsize(page) / MB, 2)
    bench.add("lab", "seconds to use", (ms["opened"] + ms["entered"]) / 1000, 2,
              f"notice {ms['opened']:.0f} ms, sandbox {ms['entered']:.0f} ms")
    bench.add("lab", "slider ms, 95 of 100", ms["slider_p95"], 1,
              f"two years computed, drawn and laid out; median {ms['slider_p50']:.1f}; "
              f"frame to frame {ms['frame_p95']:.0f}")
    bench.add("lab", "fan of 300, s to the first", ms["fan_first"] / 1000, 2)
    bench.add("lab", "fan of 300, s to all", ms["fan_all"] / 1000, 2)
    bench.add("lab", "edited model, times slower", ms["edited"] / ms["ships"], 1,
              f"{ms['edited']:.0f} ms for {ms['ships']:.0f}")


def couples(bench):
    population.population(bench, measure)


def elementary(bench):
    """Elementary functions beside the C library's, at the best instruction set."""
    said = subprocess.run([bench.path("elementary")], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    names, *rows = [line.split(",") for line in said.split()]
    for name, *times in rows:
        ours, library = [float(t) for t in times[:-1]], float(times[-1])
        others = ", ".join(f"{n} {t:.1f}" for n, t in zip(names[1:-1], ours))
        bench.add("elementary, ns a value", name, ours[-1], 2,
                  f"{others}; C library {library:.1f}, {library / ours[-1]:.1f} times")


# --- where it was measured ----------------------------------------------------------

def said_by(*command):
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


def machine():
    fields = {}
    for line in open("/proc/cpuinfo"):
        name, _, value = line.partition(":")
        fields.setdefault(name.strip(), value.strip())
    return {"cpu": fields.get("model name"), "cores": len(os.sched_getaffinity(0)),
            "load": round(os.getloadavg()[0], 1), "node": said_by("node", "--version")}


def built_with(build):
    commands = json.load(open(os.path.join(build, "compile_commands.json")))
    words = next(c["command"] for c in commands if c["file"].endswith("core/text.c")).split()
    flags = [w for w in words if w.startswith(("-O", "-f", "-m", "-g", "-std"))]
    return {"compiler": (said_by(words[0], "--version") or "").split("\n")[0],
            "flags": " ".join(flags)}


def table(results):
    yield "| | figure | value | promised | |"
    yield "|--|--|--:|--|--|"
    case = None
    for r in results:
        name = "" if r["case"] == case else r["case"]
        case = r["case"]
        missed = " **missed**" if r["within"] is False else ""
        yield (f"| {name} | {r['figure']} | {r['value']:g}{missed} | {r['limit'] or ''} | "
               f"{r['note']} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build")
    parser.add_argument("--messages", type=int, default=1000000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("cases", nargs="*", metavar="CASE", default=CASES,
                        help="some of " + ", ".join(CASES))
    args = parser.parse_intermixed_args()
    bench = Bench(args.build, args.rounds)
    whole = {"math": elementary, "engine": engine.measure, "lab": lab, "population": couples,
             "zip": lambda bench: media(bench, args.messages)}
    for name in (c for c in args.cases if c in whole):
        print(f"measuring {name}", file=sys.stderr)
        whole[name](bench)
    for case in (c for c in args.cases if c not in whole):
        for kind in ("typical", "worst"):
            print(f"measuring {case}, {kind}", file=sys.stderr)
            if case == "page":
                whole_way(bench, kind, args.messages)
            elif case == "imessage":
                database(bench, kind, args.messages)
            else:
                reading(bench, case, kind, args.messages // (2 if case in HALVED else 1))
    where = {**machine(), **built_with(bench.build),
             "commit": said_by("git", "describe", "--always", "--dirty"),
             "messages": args.messages}
    document = {"schema": "ebb/bench", "version": 1, "where": where,
                "results": bench.results, "skipped": bench.skipped}
    with open(os.path.join(bench.build, "bench.json"), "w") as out:
        json.dump(document, out, indent=1)
    print(f"{where['cpu']}, {where['cores']} cores, load {where['load']} at the end; "
          f"{where['compiler']}, {where['flags']}; commit {where['commit']}; "
          f"node {where['node']}.\n")
    print("\n".join([*table(bench.results), "", *bench.skipped]))


if __name__ == "__main__":
    main()
