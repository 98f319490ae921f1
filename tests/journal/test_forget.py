from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import JournalTrouble, NotFound
from coach.journal.forget import forget, forget_all
from coach.journal.history import history
from coach.journal.store import Journal
from coach.session import events
from tests.journal.workouts import BRIDGES, KICKBACKS, workout


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "journal.db"
    swap = events.VariantChanged(at=9, family="glute bridge", slot=0, from_="a", to="secretivebridge", why="easier")
    with Journal(path) as journal:
        for event in (*workout((BRIDGES,), title="Kept workout"),):
            journal.record(event)
        secret = list(workout((KICKBACKS,), title="Embarrassing workout", effort=3))
        for event in [*secret[:4], swap, events.CommandGiven(at=10, command="hurts"), *secret[4:]]:
            journal.record(event)
    return path


def content(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_a_deleted_session_leaves_no_trace_in_any_file_even_while_the_journal_is_open(path: Path) -> None:
    secrets = [b"Embarrassing workout", b"banded glute kickback", b"secretivebridge"]
    assert all(secret in content(path) for secret in secrets)
    size = path.stat().st_size
    with Journal(path) as journal:
        for _ in range(20):
            for event in workout():
                journal.record(event)
        forget(journal, 2)
        for number in range(3, 23):
            forget(journal, number)
        assert path.stat().st_size <= size
        assert not any(secret in content(path) for secret in secrets)
        assert [session.title for session in history(journal).recent] == ["Kept workout"]
        for table in ("slots", "sets", "efforts", "swaps", "pains"):
            assert journal.database.execute(f"SELECT count(*) FROM {table} WHERE session = 2").fetchone() == (0,)


def test_deleting_all_leaves_an_empty_journal_and_no_damaged_one(path: Path) -> None:
    (path.parent / "journal-damaged-2026-11-22-101500.db").write_text("Embarrassing workout")
    with Journal(path) as journal:
        assert forget_all(journal) == 2
        assert history(journal).sessions == 0
    assert not any(word in content(path) for word in (b"Embarrassing", b"Kept", b"banded"))
    assert sorted(file.name for file in path.parent.iterdir()) == ["journal.db", "journal.lock"]


def test_a_number_is_never_used_for_another_session(path: Path) -> None:
    with Journal(path) as journal:
        forget(journal, 2)
        for event in workout((BRIDGES,)):
            journal.record(event)
        assert [session.number for session in history(journal).recent] == [3, 1]


def test_a_session_that_is_not_there_is_told_in_a_sentence(path: Path) -> None:
    with Journal(path) as journal, pytest.raises(NotFound, match="no session 7"):
        forget(journal, 7)


def test_nothing_is_deleted_during_a_workout(path: Path) -> None:
    with Journal(path) as running, Journal(path) as journal:
        running.record(next(workout()))
        with pytest.raises(JournalTrouble, match="being written"):
            forget_all(journal)
        assert history(journal).sessions == 2
