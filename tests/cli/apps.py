#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One history in the form of every app: the same times, and together the same report.

    apps.py EBB [FOLDER]

The couple lives in Berlin through both changes of the clocks, with messages in the hour
that comes twice; one of them is away over six time zones for two weeks in between. Apps
that write instants must give them back to the second; apps that write a wall clock must,
with --tz, give the same instants to the minute, and without it must say that an hour may
be off. Five apps that hold a part each, some twice, must make the report that one app
with all of it makes. The files stay in FOLDER if one is given.
"""
import json
import os
import pty
import random
import sqlite3
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from xml.sax.saxutils import quoteattr

ME, PARTNER, NUMBER = "Jonas", "Rahel", "+491701234567"
FORWARD = datetime(2024, 3, 31, 1, tzinfo=timezone.utc)   # Berlin's clocks
BACK = datetime(2024, 10, 27, 1, tzinfo=timezone.utc)
AWAY = (datetime(2024, 6, 3, tzinfo=timezone.utc), datetime(2024, 6, 17, tzinfo=timezone.utc))
APPLE = 978307200

passed = failed = 0


def check(holds, what, said=""):
    global passed, failed
    passed += bool(holds)
    failed += not holds
    if not holds:
        print("FAILED", what, said, sep="\n")


# --- the history --------------------------------------------------------------------

def berlin(t):
    return (t + timedelta(hours=2 if FORWARD <= t < BACK else 1)).replace(tzinfo=None)


def there(t):
    """The wall clock and offset of Jonas, who is in Bangkok for two weeks."""
    hours = 7 if AWAY[0] <= t < AWAY[1] else 2 if FORWARD <= t < BACK else 1
    return (t + timedelta(hours=hours)).replace(tzinfo=None), hours


def history():
    """(instant, who, text), from March to November; whole minutes, so that a clock
    without seconds loses nothing."""
    chance = random.Random(7)
    t, found = datetime(2024, 3, 1, 7, tzinfo=timezone.utc), []
    while t < datetime(2024, 11, 20, tzinfo=timezone.utc):
        if 6 <= (t.hour + 1) % 24 < 23:
            who = chance.choice([ME, PARTNER])
            for _ in range(chance.randint(1, 6)):
                found.append((t, who, " ".join(["word"] * chance.randint(1, 12))))
                t += timedelta(minutes=chance.choice([1, 1, 2, 3, 5, 12, 40]))
                who = PARTNER if who == ME else ME if chance.random() < 0.8 else who
        t += timedelta(minutes=chance.randint(30, 600))
    for base in (FORWARD, BACK):  # awake while the clocks change, in both hours
        near = [base + timedelta(minutes=m) for m in (-50, -45, -5, 5, 20, 55)]
        found = [e for e in found if abs((e[0] - base).total_seconds()) > 7200]
        found += [(m, (ME, PARTNER)[k % 2], f"clock {k}") for k, m in enumerate(near)]
    return sorted(found)


# --- the apps -----------------------------------------------------------------------

def ms(t):
    return int(t.timestamp() * 1000)


def whatsapp_ios(events):
    return "".join(f"[{berlin(t):%d.%m.%y, %H:%M:%S}] {who}: {text}\n" for t, who, text in events)


def whatsapp_android(events):
    return "".join(f"{berlin(t):%d.%m.%y, %H:%M} - {who}: {text}\n" for t, who, text in events)


def telegram(events):
    ids = {ME: "user1", PARTNER: "user2"}
    return json.dumps({"name": PARTNER, "type": "personal_chat", "id": 2, "messages": [
        {"id": k, "type": "message", "date": f"{berlin(t):%Y-%m-%dT%H:%M:%S}",
         "date_unixtime": str(int(t.timestamp())), "from": who, "from_id": ids[who], "text": text,
         "text_entities": []} for k, (t, who, text) in enumerate(events, 1)]})


def messenger(events):
    return json.dumps({"participants": [{"name": PARTNER}, {"name": ME}], "messages": [
        {"sender_name": who, "timestamp_ms": ms(t), "content": text} for t, who, text in reversed(events)],
        "title": PARTNER, "thread_path": "inbox/rahel_1"})


def discord(events):
    return json.dumps({"guild": {"id": "0", "name": "Direct Messages"},
                       "channel": {"id": "7", "type": "DirectTextChat", "name": PARTNER}, "messages": [
        {"id": str(k), "type": "Default", "timestamp": t.isoformat(), "content": text,
         "author": {"id": "41" if who == ME else "42", "name": who.lower(), "nickname": who, "isBot": False},
         "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": []}
        for k, (t, who, text) in enumerate(events)]})


def matrix(events):
    return json.dumps({"room_name": PARTNER, "exported_by": ME, "messages": [
        {"type": "m.room.message", "room_id": "!r:example.org", "sender": f"@{who.lower()}:example.org",
         "content": {"msgtype": "m.text", "body": text}, "origin_server_ts": ms(t), "event_id": f"$e{k}"}
        for k, (t, who, text) in enumerate(events)]})


def sigtop(events):
    return json.dumps([
        {"id": f"m{k}", "conversationId": "conv", "type": "outgoing" if who == ME else "incoming", "body": text,
         "sent_at": ms(t), "timestamp": ms(t), "received_at": k, "received_at_ms": ms(t), "attachments": [],
         "hasAttachments": 0, "source": NUMBER, "sourceServiceId": "aci-rahel", "reactions": []}
        for k, (t, who, text) in enumerate(events)])


def signal_markdown(events):
    return "".join(f"[{berlin(t):%Y-%m-%d %H:%M:%S}] {'Me' if who == ME else who}: {text}  \n\n"
                   for t, who, text in events)


def line(events):
    out, day = [f"[LINE] Chat history with {PARTNER}", "Saved on: 20/11/2024, 21:00"], None
    for t, who, text in events:
        wall = berlin(t)
        if wall.date() != day:
            day = wall.date()
            out += ["", f"{wall:%a, %d/%m/%Y}"]
        out.append(f"{wall:%H:%M}\t{who}\t{text}")
    return "\n".join(out) + "\n"


def sms(events):
    rows = [f'<sms protocol="0" address="{NUMBER}" date="{ms(t)}" type="{2 if who == ME else 1}" '
            f'body={quoteattr(text)} contact_name="{PARTNER}" />' for t, who, text in events]
    return "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n" \
           f'<smses count="{len(rows)}" type="full">\n' + "\n".join(rows) + "\n</smses>\n"


def imessage(events, path):
    db = sqlite3.connect(path)
    db.executescript(
        "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, service TEXT);"
        "CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, style INTEGER DEFAULT 45,"
        " chat_identifier TEXT, display_name TEXT);"
        "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, handle_id INTEGER,"
        " attributedBody BLOB, date INTEGER, is_from_me INTEGER, item_type INTEGER DEFAULT 0,"
        " cache_has_attachments INTEGER DEFAULT 0, associated_message_guid TEXT,"
        " associated_message_type INTEGER DEFAULT 0);"
        "CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);"
        "CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);")
    db.execute("INSERT INTO handle VALUES (1, ?, 'iMessage')", (NUMBER,))
    db.execute("INSERT INTO chat (ROWID, chat_identifier) VALUES (1, ?)", (NUMBER,))
    db.execute("INSERT INTO chat_handle_join VALUES (1, 1)")
    for k, (t, who, text) in enumerate(events, 1):
        db.execute("INSERT INTO message (ROWID, guid, text, handle_id, date, is_from_me) VALUES (?,?,?,?,?,?)",
                   (k, f"g{k}", text, int(who != ME), (int(t.timestamp()) - APPLE) * 10**9, int(who == ME)))
        db.execute("INSERT INTO chat_message_join VALUES (1, ?)", (k,))
    db.commit()
    db.close()


def csv_instants(events):
    return "time,person,text\n" + "".join(f"{t:%Y-%m-%dT%H:%M:%SZ},{who},{text}\n" for t, who, text in events)


def csv_on_the_way(events):
    """A wall clock with its offset, which is another one while he is away."""
    rows = []
    for t, who, text in events:
        wall, hours = there(t)
        rows.append(f"{wall:%Y-%m-%dT%H:%M:%S}+{hours:02}:00,{who},{text}\n")
    return "time,person,text\n" + "".join(rows)


def jsonl(events):
    return "".join(json.dumps({"time": int(t.timestamp()), "person": who, "text": text}) + "\n"
                   for t, who, text in events)


# name, file, writer, whether it has a wall clock only
APPS = [
    ("whatsapp ios", "ios.txt", whatsapp_ios, True),
    ("whatsapp android", "android.txt", whatsapp_android, True),
    ("line", "line.txt", line, True),
    ("signal markdown", "signal.md", signal_markdown, True),
    ("telegram", "telegram.json", telegram, False),
    ("messenger", "message_1.json", messenger, False),
    ("discord", "discord.json", discord, False),
    ("matrix", "matrix.json", matrix, False),
    ("signal sigtop", "sigtop.json", sigtop, False),
    ("sms", "sms.xml", sms, False),
    ("imessage", "chat.db", None, False),
    ("csv", "instants.csv", csv_instants, False),
    ("csv on the way", "way.csv", csv_on_the_way, False),
    ("jsonl", "events.jsonl", jsonl, False),
]
# how the two are called by apps that know an account or a number
CALLED = {"matrix": [f"@rahel:example.org={PARTNER}", f"@jonas:example.org={ME}"],
          "signal sigtop": [f"{NUMBER}={PARTNER}"], "imessage": [f"{NUMBER}={PARTNER}"]}


def write(path, writer, events):
    if writer:
        with open(path, "w", encoding="utf8", newline="") as out:
            out.write(writer(events))
    else:
        if os.path.exists(path):
            os.remove(path)
        imessage(events, path)


def options(apps, tz=True):
    found = ["--me", ME, "--partner", PARTNER]
    for app in apps:
        for alias in CALLED.get(app, []):
            found += ["--alias", alias]
    return found + (["--tz", "Europe/Berlin"] if tz else [])


def run(ebb, verb, *words):
    done = subprocess.run([ebb, verb, *words], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def events_of(ebb, files, *more):
    code, out, said = run(ebb, "events", *files, *more, "--format", "csv")
    rows = [row.split(",") for row in out.split("\n")[1:] if row]
    return code, rows, said


def replies(times):
    return [round((b - a).total_seconds() / 60) for a, b in zip(times, times[1:])]


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def check_clocks(ebb, folder, events):
    times = [t for t, _, _ in events]
    for name, file, writer, wall in APPS:
        path = os.path.join(folder, file)
        write(path, writer, events)
        code, rows, said = events_of(ebb, [path], *options([name]))
        check(code == 0 and len(rows) == len(events), f"{name}: {len(events)} events", said)
        if code or len(rows) != len(events):
            continue
        check(all(row[0] for row in rows), f"{name}: instants with --tz", said)
        found = [instant(row[0]) for row in rows if row[0]]
        check(found == times, f"{name}: the same instants",
              str([(a, b) for a, b in zip(found, times) if a != b][:3]))
        check(replies(found) == replies(times), f"{name}: the same reply times")
        who = ["A" if w == ME else "B" for _, w, _ in events]
        check([row[2] for row in rows] == who, f"{name}: the same persons")
        code, rows, said = events_of(ebb, [path], *options([name], tz=False))
        known = "zone known" in said
        check(known != ("an hour may be off" in said or "are UTC's" in said), f"{name}: says whether the zone is known")
        check(("an hour may be off" in said) == wall, f"{name}: says whether an hour may be off", said)
        found = [datetime.fromisoformat(row[1]) for row in rows]
        near = [m for base in (FORWARD, BACK) for m in (berlin(base - timedelta(hours=2)), berlin(base + timedelta(hours=2)))]
        if wall:  # away from the changes the wall clock is as good
            same = [k for k, t in enumerate(found[1:]) if not any(a <= t <= b for a, b in (near[:2], near[2:]))
                    and not any(found[k] <= b and t >= a for a, b in (near[:2], near[2:]))]
            check([replies(found)[k] for k in same] == [replies(times)[k] for k in same],
                  f"{name}: the same reply times where no clock changed")


# --- five apps ----------------------------------------------------------------------

def measured(ebb, apps, files):
    """The report without what tells where it came from."""
    code, out, said = run(ebb, "report", *files, *options(apps), "--fast", "--format", "json")
    document = json.loads(out) if code == 0 else {"data": {}}
    for key in ("sources", "duplicates"):
        document["data"].pop(key, None)
    return code, document, said


def at_terminal(ebb, words, answer):
    """What is said at a terminal at which somebody answers."""
    control, terminal = pty.openpty()
    with subprocess.Popen([ebb, *words], stdin=terminal, stderr=terminal, stdout=subprocess.DEVNULL) as child:
        os.close(terminal)
        os.write(control, answer.encode())
        said = b""
        while True:
            try:
                part = os.read(control, 65536)
            except OSError:  # nobody holds the other end any more
                break
            if not part:
                break
            said += part
        child.wait()
    os.close(control)
    return said.decode("utf8", "replace")


def check_together(ebb, folder, events):
    one = os.path.join(folder, "all.json")
    write(one, telegram, events)
    code, whole, said = measured(ebb, ["telegram"], [one])
    check(code == 0 and whole, "the report of one app", said)
    parts = {"p.txt": whatsapp_ios, "p.json": telegram, "p.xml": sms, "pm.json": matrix, "ps.json": sigtop}
    apps = ["matrix", "signal sigtop"]
    fifth = [[e for k, e in enumerate(events) if k // 40 % 5 == n] for n in range(5)]
    files = []
    for (file, writer), share in zip(parts.items(), fifth):
        files.append(os.path.join(folder, file))
        write(files[-1], writer, share)
    code, five, said = measured(ebb, apps, files)
    check(code == 0 and five == whole, "five apps make the report of one",
          said + str([k for k in whole if five.get(k) != whole[k]]))
    code, out, said = run(ebb, "report", *files, *options(apps, tz=False))
    check(code == 2 and "--tz" in said, "clocks that do not fit together are not put together", said)
    code, five, said = measured(ebb, apps, files[::-1])
    check(five == whole, "in whatever order they are named")
    again = os.path.join(folder, "again.txt")  # the same chat exported later, with more
    write(again, whatsapp_ios, fifth[0] + fifth[1])
    code, five, said = measured(ebb, apps, files + [again])
    check(five == whole, "an overlapping export counts once",
          said + str([k for k in whole if five.get(k) != whole.get(k)]))
    renamed = os.path.join(folder, "renamed.txt")
    with open(renamed, "w", encoding="utf8") as out:
        out.write(whatsapp_ios(fifth[0]).replace("] Rahel:", "] Rahel (new):"))
    code, five, said = run(ebb, "events", renamed, *files[1:], *options(apps))
    check("by another name" in said and "Rahel (new)" not in said, "a second name is noticed, not told", said)
    said = at_terminal(ebb, ["events", renamed, *files[1:], *options(apps), "-o", renamed + ".csv"], "y\n")
    check("Are Rahel (new) and Rahel one person?" in said, "a terminal is asked about it", said)
    with open(renamed + ".csv", encoding="utf8") as made:
        check(len(made.readlines()) == len(events) + 1, "and the answer joins them")
    code, five, said = measured(ebb, apps, [renamed, *files[1:], "--alias", f"Rahel (new)={PARTNER}"])
    check(five == whole, "and joined by --alias", said)
    check_strangers(ebb, folder, fifth)


def check_strangers(ebb, folder, fifth):
    """Two files that have no name in common."""
    known, strange = os.path.join(folder, "known.txt"), os.path.join(folder, "strange.txt")
    write(known, whatsapp_ios, fifth[0] + fifth[1])
    with open(strange, "w", encoding="utf8") as out:
        out.write(whatsapp_ios(fifth[2]).replace("] Rahel:", "] rahel_92:").replace("] Jonas:", "] J.:"))
    count = len(fifth[0] + fifth[1] + fifth[2])
    code, out, said = run(ebb, "events", known, strange, "-o", known + ".csv")
    check(code == 2 and said.count("by another name") == 1 and "--alias" in said,
          "nobody is chosen where all names differ, and the way out is said", said)
    said = at_terminal(ebb, ["events", known, strange, "-o", known + ".csv"], "n\ny\ny\n")
    check("Are J. and Jonas one person?" in said and "Are rahel_92 and Rahel one person?" in said,
          "a terminal is asked about both", said)
    with open(known + ".csv", encoding="utf8") as made:
        rows = made.readlines()[1:]
    check(len(rows) == count and {r.split(",")[2] for r in rows} == {"A", "B"},
          "and the answers join both", said)
    said = at_terminal(ebb, ["events", known, strange, "-o", known + ".csv"], "n\nn\n")
    check(said.count("[y/N]") == 2 and "more than two persons" in said,
          "two refusals are enough", said)


def main():
    ebb = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as made:
        folder = sys.argv[2] if len(sys.argv) > 2 else made
        os.makedirs(folder, exist_ok=True)
        events = history()
        check_clocks(ebb, folder, events)
        check_together(ebb, folder, [e for e in events if e[0] < AWAY[1]])
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
