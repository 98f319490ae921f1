"""Writes a workout into a journal, telling on stdout what it had begun and what was saved, until it is killed.

python -m tests.journal.writer JOURNAL START PAUSE
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from coach.journal import resume
from coach.journal.store import Journal
from coach.session import events
from tests.journal.workouts import workout


def main(path: Path, start: int, pause: float) -> None:
    journal = Journal(path)
    broken_off = resume.unfinished(journal)
    assert start == 0 or broken_off is not None
    if broken_off is not None:
        resume.accept(journal, broken_off)
    for event in workout(start=start):
        if isinstance(event, events.SetStarted):
            print("begins", event.index, flush=True)
        for index in journal.record(event):
            print("saved", index, flush=True)
        time.sleep(pause)
    print("finished", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
