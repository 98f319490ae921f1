"""Takes the pictures of pages in docs/pictures with Chromium, to be looked at before they are committed.

    .venv/bin/python -m tools.screenshots

What a browser draws differs a little from version to version, so no test compares them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from coach import language
from coach.journal.courses import courses
from coach.journal.history import history
from coach.journal.store import Journal
from coach.language.commands import Command
from coach.page.page import html
from coach.page.shown import state
from coach.paper import page as look_back
from coach.paper import sheet_page
from coach.routine.library import Library
from coach.session import events
from coach.session.events import Event
from coach.view.view import View
from tests.journal.workouts import Exercise, workout

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
ENGLISH = language.load()
LIBRARY = Library()
VARIANTS = {variant.name: variant for family in LIBRARY.families.values() for variant in family.variants}
KICKBACK = VARIANTS["banded glute kickback"]
SET: tuple[Event, ...] = (
    events.SessionStarted(at=0, routine="prerun-warmup", title="Pre-run warm-up", sets=6, seconds=365),
    events.SetStarted(
        at=40, exercise=KICKBACK.name, family=KICKBACK.family, slot=0, set=1, of=2, amount=12, unit="rep", index=0,
        side="right leg", left=300.0,
    ),
    events.Rep(at=68, n=7, of=12, side="right leg"),
    events.Said(at=69, text="Hips level.", until=70, priority="cue"),
)  # fmt: skip
REST = (*SET, events.RestStarted(at=90, seconds=45, next="lateral band walk"))
PAUSED = (*SET, events.CommandGiven(at=71, command="pause"), events.Paused(at=71))


def page(happened: Sequence[Event], moment: str, *more: Command) -> str:
    """The page when this has happened."""
    view = View(ENGLISH)
    for event in happened:
        view.take(event)
    shown = json.dumps(state(view, (*more, *ENGLISH.moments[moment]), VARIANTS))
    return html(ENGLISH).replace("</body>", f"<script>render({shown})</script></body>")


def report() -> str:
    """The look back on some weeks of bridges: up a rung, and a day on which it hurt."""
    exercise, began = LIBRARY.families["glute bridge"], datetime(2026, 10, 5, 7, 30)
    names = [variant.name for variant in exercise.variants]
    weeks = [(1, 8, 6), (1, 10, 5), (1, 12, 4), (2, 8, 7), (2, 9, 6), (2, 10, 6), (2, 12, 4), (1, 10, 5), (2, 10, 6)]
    with tempfile.TemporaryDirectory() as folder:
        now = began
        with Journal(Path(folder) / "journal.db", clock=lambda: now.timestamp()) as journal:
            for day, (rung, amount, effort) in enumerate(weeks):
                now = began + timedelta(days=4 * day)
                done = Exercise(names[rung], exercise.name, amount=amount)
                for event in workout((done,), effort=effort):
                    journal.record(event)
                    if day == 6 and isinstance(event, events.SetStarted) and event.set == 3:
                        journal.record(events.CommandGiven(at=event.at, command="hurts"))
            return look_back.html(history(journal), ENGLISH, courses(journal), LIBRARY.families)


def pages() -> dict[str, tuple[str, tuple[int, int], bool]]:
    """By file: the page, its window's columns and rows of pixels, and whether it is dark."""
    return {
        "page-phone-set": (page(SET, "working"), (500, 1080), False),
        "page-phone-rest": (page(REST, "resting", Command.NUMBER), (500, 1080), False),
        "page-tablet-paused": (page(PAUSED, "paused"), (1024, 768), True),
        "page-tv-set": (page(SET, "working"), (1920, 1080), True),
        "report": (report(), (1000, 1700), False),
        "sheet-page": (sheet_page.html(LIBRARY.routine("prerun-warmup"), ENGLISH), (960, 1240), False),
    }


def main() -> None:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        sys.exit("Chromium is not installed (Debian: apt install chromium)")
    with tempfile.TemporaryDirectory() as folder:
        for name, (text, (wide, high), dark) in pages().items():
            file = Path(folder) / "page.html"
            file.write_text(text, encoding="utf-8")
            options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
            options += [f"--user-data-dir={folder}/profile"]
            options += ["--blink-settings=preferredColorScheme=0"] if dark else []
            picture = f"--screenshot={PICTURES / name}.png"
            subprocess.run(
                [browser, *options, f"--window-size={wide},{high}", picture, file.as_uri()],
                check=True,
                capture_output=True,
            )


if __name__ == "__main__":
    main()
