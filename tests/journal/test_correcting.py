"""A set that is over and was told wrongly: "I did eight" is what the journal keeps."""

from __future__ import annotations

import json
from pathlib import Path

from coach.journal.export import as_json
from coach.journal.store import Journal
from coach.session import events
from tests.session.workouts import Watched, plan, work


def kept(path: Path, watched: Watched) -> list[int]:
    with Journal(path) as journal:
        for event in watched.out:
            if isinstance(event, events.Event):
                journal.record(event)
    with Journal(path) as journal:
        (workout,) = json.loads(as_json(journal))["workouts"]
    return [done["done"] for done in workout["sets"]]


def test_what_was_said_of_the_set_that_is_over_is_kept(tmp_path: Path) -> None:
    watched = Watched(plan(work("bridge", 2, 8))).until(events.Rep, n=6).say("done").run(3).say("i did eight").run()
    assert kept(tmp_path / "journal.db", watched) == [8, 8]


def test_and_taken_back_by_undo(tmp_path: Path) -> None:
    watched = Watched(plan(work("bridge", 2, 8))).until(events.Rep, n=6).say("done").run(3).say("i did eight").run(4)
    watched.say("undo").run()
    assert kept(tmp_path / "journal.db", watched) == [6, 8]
