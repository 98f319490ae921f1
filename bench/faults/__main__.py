"""`python -m bench.faults`: inject every fault of the table anew, and write what came of it to RESULTS.md.

With names of groups as arguments, only those; the table keeps its other rows, and what is written above it.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.faults.program import OFFER, SIGNALS, Program, after_reps, reps
from bench.faults.sound import outcomes, under_load
from coach import language

RESULTS = Path(__file__).parent / "RESULTS.md"


@dataclass(frozen=True)
class Row:
    """One fault, and what came of it."""

    fault: str
    told: str
    """What the coach said of it first."""
    traceback: bool
    lost: str
    """Reps that were counted and are not in the journal."""
    right: bool
    """It came out as wanted."""

    def __str__(self) -> str:
        told = self.told.replace("|", "\\|") or "-"
        return f"| {self.fault} | {told} | {'yes' if self.traceback else 'no'} | {self.lost} | {_yes(self.right)} |"


def _yes(right: bool) -> str:
    return "yes" if right else "**no**"


def kept(program: Program) -> int:
    """Reps in the journal."""
    with sqlite3.connect(program.folder / "data" / "journal.sqlite") as database:
        return int(database.execute("SELECT coalesce(sum(total), 0) FROM sets").fetchone()[0])


def ended_by_signals() -> Iterator[Row]:
    """The reps that a signal costs, and the offer of the next start."""
    for name, number in SIGNALS.items():
        for terminal in (False, True):
            program = Program().work_out(after_reps(4), number, terminal=terminal)
            counted, traceback = reps(program.events), program.traceback
            lost = counted - kept(program)
            program.events_file.unlink()
            offered = program.work_out(lambda events: any(OFFER in str(e) for e in events), signal.SIGTERM)
            right = lost <= 1 and not traceback and any(OFFER in str(e) for e in offered.events)
            where = "terminal" if terminal else "pipe"
            yield Row(f"{name} in the first set, {where}", "", traceback, str(lost), right)


HANGS = """
import threading
from coach.voice import synthesizer as s
made = s._Engine.clip
def clip(self, text, manner):
    if "last exercise" in text or "Squat, set" in text or "squat, set" in text:
        threading.Event().wait()
    return made(self, text, manner)
s._Engine.clip = clip
"""
RAISES = """
from coach.voice import synthesizer as s
def clip(self, text, manner): raise RuntimeError("it is broken")
s._Engine.clip = clip
"""
DISPLAY = """
from coach.terminal.plain import Plain
def show(self, event): 1 / 0
Plain.show = show
"""
RECORDS = """
from coach.journal.store import Journal
def record(self, event): 1 / 0
Journal.record = record
"""
STALLS = """
import threading
from coach.session.session import Session
advance = Session.advance
def stalls(self, until):
    if 8 <= until < 8.02: threading.Event().wait(15)
    return advance(self, until)
Session.advance = stalls
"""
CLOCK = "import time\nnow = time.time\ntime.time = lambda: now() - 40 * 86400\n"

TIME_ZONE = "import os, time\nos.environ['TZ'] = 'ABC-24'\ntime.tzset()\n"
SET = """
import time
now, begun = time.time, time.monotonic()
time.time = lambda: now() + {seconds} * (time.monotonic() > begun + 15)
"""
YEAR = 365 * 86400
BEGUN = """
import os, signal, sqlite3, subprocess, threading, time
journal = "file:" + os.environ["COACH_DATA_DIR"] + "/journal.sqlite?mode=rw"
def begun():
    try:
        return sqlite3.connect(journal, uri=True).execute("SELECT count(*) FROM sets").fetchone()[0]
    except sqlite3.Error:
        return False
def once_begun():
    while not begun():
        time.sleep(0.2)
    happens()
threading.Thread(target=once_begun, daemon=True).start()
"""
STOPPED = f"""{BEGUN}
def happens():
    subprocess.Popen(["sh", "-c", f"sleep 20; kill -CONT {{os.getpid()}}"])
    os.kill(os.getpid(), signal.SIGSTOP)
"""


def held(seconds: int) -> str:
    """Another program holds the journal for so long, from the first rep on."""
    return f"""{BEGUN}
def happens():
    other = sqlite3.connect(journal, uri=True, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    time.sleep({seconds})
    other.close()
"""


def surroundings() -> Iterator[Row]:
    """What is around it changes in the middle of a set."""
    for fault, before in (
        ("the time zone is a day from UTC", TIME_ZONE),
        ("the clock is set back by an hour in a set", SET.format(seconds=-3600)),
        ("the clock is set back by a year in a set", SET.format(seconds=-YEAR)),
        ("the clock is set forward by a year in a set", SET.format(seconds=YEAR)),
        ("it is stopped for 20 s in a set", STOPPED),
        ("another program holds the journal for 8 s in a set", held(8)),
    ):
        program = Program().work_out(after_reps(8), signal.SIGTERM, before=before)
        counted = reps(program.events)
        lost = counted - kept(program)
        right = counted >= 8 and lost <= 1 and not program.traceback
        yield Row(fault, program.complaint or program.beside, program.traceback, str(lost), right)
    yield from held_for_a_minute()


def held_for_a_minute() -> Iterator[Row]:
    """Another program holds the journal for longer than anybody waits."""
    before, written = held(60), language.load("en").line("journal.written")
    program = Program().work_out(lambda events: written in str(events), signal.SIGTERM, before=before)
    lost, again = reps(program.events) - kept(program), written in str(program.events)
    right = lost <= 1 and again and not program.traceback
    told = f"{program.complaint} {written}" if again else program.complaint
    yield Row("another program holds the journal for a minute in a set", told, program.traceback, str(lost), right)
    program = Program().work_out(after_reps(7), signal.SIGKILL, before=before)
    counted, before_it = reps(program.events), kept(program)
    program.events_file.unlink()
    program.work_out(lambda events: OFFER in str(events), signal.SIGTERM)
    lost, offered = counted - kept(program), OFFER in str(program.events)
    told = f"{counted} reps, {before_it} in the journal then, {counted - lost} after the next start"
    right = lost <= 1 and offered and not program.traceback
    yield Row("SIGKILL while another program holds the journal", told, program.traceback, str(lost), right)


def parts() -> Iterator[Row]:
    """Parts that hang or fail while a workout runs: it has to get to its sixth rep, and be paused by word."""
    for fault, before, options in (
        ("the synthesiser hangs at the answer to a question", HANGS, ()),
        ("the loop stands still for 15 s", STALLS, ()),
        ("the synthesiser fails at every line", RAISES, ()),
        ("the display fails at every event", DISPLAY, ()),
        ("the journal fails at every event in a way that nobody foresaw", RECORDS, ()),
        ("the disk of the log is full", "", ("--log", "/dev/full")),
        ("the clock is behind the last workout", CLOCK, ()),
    ):
        program = Program()
        if before is CLOCK:
            program.work_out(after_reps(3), signal.SIGTERM)
            program.events_file.unlink()
        typed = ("ready", "how many left") if before is HANGS else ("no", "ready")
        program.work_out(after_reps(6), signal.SIGTERM, *options, before=before, typed=typed)
        counted = reps(program.events)
        yield Row(fault, program.complaint, program.traceback, "-", counted >= 6 and not program.traceback)


def journals() -> Iterator[Row]:
    """Journals that are damaged: the coach starts all the same."""
    whole = Program().work_out(after_reps(3), signal.SIGTERM)
    content = (whole.folder / "data" / "journal.sqlite").read_bytes()
    chance, fine, tracebacks = random.Random(1), 0, 0
    for _ in range(20):
        program = Program()
        damaged = bytearray(content)
        for _ in range(50):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (program.folder / "data" / "journal.sqlite").write_bytes(damaged)
        program.run("history", "--plain")
        tracebacks += program.traceback
        fine += program.status in (0, 1) and not program.traceback
    yield Row(
        "50 random bytes in the journal, 20 times, history",
        f"{fine} of 20 told or read",
        tracebacks > 0,
        "-",
        fine == 20,
    )
    for fault in ("garbage", "a folder"):
        program = Program()
        lock = program.folder / "data" / "journal.lock"
        lock.mkdir() if fault == "a folder" else lock.write_bytes(b"garbage" * 1000)
        program.work_out(after_reps(2), signal.SIGTERM)
        lost = reps(program.events) - kept(program)
        yield Row(f"journal.lock is {fault}", program.complaint, program.traceback, str(lost), lost <= 1)


def inputs() -> Iterator[Row]:
    """What comes from outside and is refused in a sentence."""
    program = Program()
    os.mkfifo(program.folder / "pipe")
    (program.folder / "loop").symlink_to("loop")
    for fault, arguments in (
        ("a name of 300 letters", ("run", "x" * 300)),
        ("render -o on a pipe", ("render", str(program.routine), "-o", str(program.folder / "pipe"))),
        ("render --events /dev/full", ("render", str(program.routine), "-o", "x.wav", "--events", "/dev/full")),
        ("a routine that is a pipe", ("check", str(program.folder / "pipe"))),
        ("a routine that links to itself", ("check", str(program.folder / "loop"))),
    ):
        program.run(*arguments)
        yield Row(fault, program.complaint, program.traceback, "-", program.status == 1 and not program.traceback)
    settings = program.folder / "config" / "settings.yaml"
    for fault in ("a pipe", "a link to itself", "600 MB"):
        settings.unlink()
        if fault == "a pipe":
            os.mkfifo(settings)
        elif fault == "600 MB":
            with settings.open("wb") as file:
                file.truncate(600_000_000)
        else:
            settings.symlink_to(settings)
        program.run("run", str(program.routine), "--plain")
        yield Row(f"settings are {fault}", program.complaint, program.traceback, "-", program.status == 1)


def sound() -> Iterator[Row]:
    """Devices that fail; the virtual room is needed."""
    for fault, found in outcomes():
        yield Row(fault, found.told, found.traceback, "-", found.right)


def load() -> Iterator[Row]:
    """A machine that does other things; the virtual room is needed."""
    found = under_load(loops=4, seconds=60)
    yield Row("four busy loops for 60 s, and nobody speaks", found.told, found.traceback, "-", found.right)


GROUPS = (ended_by_signals, parts, surroundings, journals, inputs, sound, load)
HEAD = """# Faults injected, and what came of them

Made by `python -m bench.faults`, on a machine without sound devices; the last rows in the virtual room.
"""
COLUMNS = """| fault | told | traceback | reps lost | as wanted |
|---|---|---|---|---|
"""


def main() -> None:
    """Run the groups that are asked for, print each row as it is known, and put it into the table."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else f"{HEAD}\n{COLUMNS}"
    head, before = text.split(COLUMNS)[0], text.splitlines()
    table = {line.split(" | ")[0]: line for line in before if line.startswith("| ") and "fault | told" not in line}
    for group in GROUPS:
        if not sys.argv[1:] or group.__name__ in sys.argv[1:]:
            for row in group():
                print(row, flush=True)
                table[str(row).split(" | ")[0]] = str(row)
                RESULTS.write_text(head + COLUMNS + "\n".join(table.values()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
