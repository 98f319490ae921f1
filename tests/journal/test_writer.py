from __future__ import annotations

import signal
import sqlite3
from pathlib import Path
from threading import Event as Gate

import pytest

from coach.journal.store import Journal
from coach.journal.writer import Recorder
from coach.session.events import Event
from tests.journal.workouts import workout


def nothing_fails(error: Exception) -> None:
    raise AssertionError(error)


def test_it_never_waits_for_a_disk_that_takes_its_time(tmp_path: Path) -> None:
    disk = Gate()
    stream = list(workout())
    with Journal(tmp_path / "journal.db") as journal:

        def slow(event: Event) -> tuple[int, ...]:
            assert disk.wait(10)
            return journal.record(event)

        with Recorder(slow, nothing_fails) as recorder:
            assert [recorder(event) for event in stream] == [()] * len(stream)
            assert recorder.safe() == []
            disk.set()
        assert recorder.safe() == list(range(7))
        assert recorder.safe() == []


def test_all_is_in_the_journal_once_it_is_left(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with Journal(path) as journal, Recorder(journal.record, nothing_fails) as recorder:
        for event in workout():
            recorder(event)
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*), max(place) FROM sets").fetchone() == (7, 6)
        assert database.execute("SELECT status FROM sessions").fetchone() == ("completed",)


def test_what_nobody_foresaw_is_told_once_and_the_rest_is_written(tmp_path: Path) -> None:
    told: list[Exception] = []
    with Journal(tmp_path / "journal.db") as journal:

        def clumsy(event: Event) -> tuple[int, ...]:
            saved = journal.record(event)
            if event.at > 20:
                raise ZeroDivisionError
            return saved

        with Recorder(clumsy, told.append) as recorder:
            for event in workout():
                recorder(event)
    assert [type(error) for error in told] == [ZeroDivisionError]
    with sqlite3.connect(tmp_path / "journal.db") as database:
        assert database.execute("SELECT count(*), max(place) FROM sets").fetchone() == (7, 6)


def test_a_second_signal_at_the_end_does_not_cost_what_waits(tmp_path: Path) -> None:
    disk = Gate()

    def again(*_: object) -> None:
        disk.set()
        raise KeyboardInterrupt

    def written(journal: Journal) -> None:
        def slow(event: Event) -> tuple[int, ...]:
            assert disk.wait(10)
            return journal.record(event)

        with journal, Recorder(slow, nothing_fails) as recorder:
            for event in workout():
                recorder(event)
            signal.setitimer(signal.ITIMER_REAL, 0.2)

    before = signal.signal(signal.SIGALRM, again)
    try:
        with pytest.raises(KeyboardInterrupt):
            written(Journal(tmp_path / "journal.db"))
    finally:
        signal.signal(signal.SIGALRM, before)
    with sqlite3.connect(tmp_path / "journal.db") as database:
        assert database.execute("SELECT count(*), max(place) FROM sets").fetchone() == (7, 6)
        assert database.execute("SELECT status FROM sessions").fetchone() == ("completed",)
