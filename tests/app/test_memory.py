"""What was done before helps a workout and never stops one."""

from __future__ import annotations

import random
import sqlite3
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import pytest

from coach.app.live import KEPT
from coach.app.memory import Past
from coach.app.notices import Notices
from coach.app.parts import Studio
from coach.journal.history import history
from coach.journal.store import Journal
from coach.own import paths
from coach.own.settings import Settings
from coach.paper import report
from coach.routine.library import Library
from tests.journal.workouts import workout

LIBRARY = Library([paths.routines()])
WARM_UP = LIBRARY.routine("prerun-warmup")
DAY = 86_400.0
BEGAN = 1_790_000_000.0


@pytest.fixture
def studio() -> Studio:
    return Studio(Settings())


@pytest.fixture(autouse=True)
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five workouts on five days, the last of them broken off."""
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    for day in range(5):
        with Journal(paths.journal(), partial(float, BEGAN + day * DAY)) as journal:
            events = list(workout(effort=6, status="interrupted" if day == 4 else "completed"))
            for event in events[: -20 if day == 4 else None]:
                journal.record(event)
    return paths.journal()


def whole_look_back(studio: Studio) -> tuple[Notices, list[object]]:
    """All that a workout asks of the past, and a workout written down after it."""
    notices = Notices(studio)
    with ExitStack() as stack:
        past = Past(stack, notices)
        seen: list[object] = [
            past.last_routine(LIBRARY),
            past.offer(LIBRARY, None),
            past.choices(WARM_UP),
            past.so_far(studio, WARM_UP),
        ]
        for event in workout():
            past.record(event)
    return notices, seen


def test_an_unharmed_journal_is_looked_back_on_without_a_word(
    studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    _, (last, offer, choices, so_far) = whole_look_back(studio)
    assert last == "prerun-warmup"
    assert offer is not None
    assert choices
    assert so_far
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("seed", range(40))
def test_random_bytes_in_the_journal_stop_no_workout(studio: Studio, journal: Path, seed: int) -> None:
    r = random.Random(seed)
    content = bytearray(journal.read_bytes())
    for _ in range(50):
        content[r.randrange(len(content))] = r.randrange(256)
    journal.write_bytes(content)
    journal.with_name(journal.name + "-wal").unlink(missing_ok=True)
    whole_look_back(studio)
    with Journal(journal) as after:
        assert after.database.execute("SELECT count(*) FROM sets").fetchone()[0] >= 7, "the new workout is in it"


@pytest.mark.parametrize("lock", [b"somebody else's bytes" * 100, None], ids=["garbage", "a folder"])
def test_a_lock_that_is_none_is_put_aside(studio: Studio, journal: Path, lock: bytes | None) -> None:
    file = journal.with_suffix(".lock")
    file.unlink(missing_ok=True)
    if lock is None:
        file.mkdir()
    else:
        file.write_bytes(lock)
    whole_look_back(studio)
    with Journal(journal) as after:
        assert after.claim()
        assert history(after).sessions == 6


def test_a_clock_behind_the_last_workout_stops_nothing(journal: Path) -> None:
    with Journal(journal, lambda: BEGAN - 400 * DAY) as early:
        facts = history(early)
        assert facts.chart[-1].sessions > 0
        studio = Studio(Settings())
        assert report.spoken(facts, studio.language, WARM_UP.families)
        assert "5 workouts" in report.terminal(facts, studio.language, plain=True)


def test_that_the_journal_is_written_again_is_said(
    studio: Studio, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.journal.store.LOCKED", 0.0)
    notices = Notices(studio)
    with ExitStack() as stack:
        past = Past(stack, notices)
        begin, *rest = workout()
        past.record(begin)
        other = stack.enter_context(closing(sqlite3.connect(journal, isolation_level=None)))
        other.execute("BEGIN EXCLUSIVE")
        for event in rest[:10]:
            past.record(event)
        other.execute("COMMIT")
        for event in rest[10:]:
            past.record(event)
    said = [studio.language.line(f"journal.{key}") for key in ("unwritable", "written")]
    assert notices.taken() == said


@pytest.mark.parametrize("kept", [True, False])
def test_who_breaks_off_is_told_that_it_is_kept_where_it_is(studio: Studio, journal: Path, kept: bool) -> None:
    def broken_off() -> None:
        with ExitStack() as stack:
            past = Past(stack, Notices(studio))
            if not kept:
                stack.enter_context(Journal(journal)).claim()
            past.record(next(workout()))
            raise KeyboardInterrupt(KEPT)

    with pytest.raises(KeyboardInterrupt) as end:
        broken_off()
    assert end.value.args == ((KEPT,) if kept else ())


def test_that_the_file_of_what_was_broken_off_cannot_be_read_is_told_and_the_offer_stands(
    studio: Studio, tmp_path: Path
) -> None:
    notices = Notices(studio)
    with ExitStack() as stack:
        past = Past(stack, notices)
        assert past.offer(Library([tmp_path]), None) is None
        assert notices.taken() == [studio.language.line("offer.unreadable", title="Pre-run warm-up")]
        assert past.offer(LIBRARY, None) is not None
