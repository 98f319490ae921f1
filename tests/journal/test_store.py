from __future__ import annotations

import multiprocessing
import os
import resource
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from coach.errors import JournalTrouble
from coach.journal import resume
from coach.journal.forget import forget_all
from coach.journal.store import Journal
from coach.session import events
from tests.journal.workouts import BRIDGES, KICKBACKS, set_finished, set_started, workout

MONDAY = 1_790_000_000.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal(path, clock=lambda: MONDAY) as journal:
        yield journal


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(path)
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def test_every_set_is_in_the_file_as_soon_as_it_is_called_saved(journal: Journal, path: Path) -> None:
    for event in workout():
        for index in journal.record(event):
            assert rows(path, "SELECT max(place) FROM sets") == [(index,)]
    assert rows(path, "SELECT count(*), min(place), max(place) FROM sets") == [(7, 0, 6)]


def test_a_set_is_written_with_all_that_was_done_in_it(journal: Journal, path: Path) -> None:
    journal.record(events.SessionStarted(at=0, routine="hotel", title="Hotel room", sets=2, seconds=300))
    journal.record(set_started(KICKBACKS, index=0, slot=0, number=1, at=30))
    journal.record(
        set_finished(KICKBACKS, index=0, slot=0, number=1, at=70, why="done", done={"right leg": 6, "left leg": 4})
    )
    (row,) = rows(path, "SELECT exercise, family, amount, unit, total, least, done, tempo, why, began, ended FROM sets")
    assert row == (
        "banded glute kickback",
        "glute kickback",
        6,
        "rep",
        10,
        4,
        '{"right leg": 6, "left leg": 4}',
        "1-1-2",
        "done",
        MONDAY + 30,
        MONDAY + 70,
    )


def test_efforts_swaps_and_pains_are_kept_with_their_exercise(journal: Journal, path: Path) -> None:
    stream = list(workout((BRIDGES,), effort=6))
    swap = events.VariantChanged(
        at=40, family="glute bridge", slot=0, from_=BRIDGES.name, to="bodyweight glute bridge", why="easier"
    )
    for event in [*stream[:4], swap, events.CommandGiven(at=41, command="hurts"), *stream[4:]]:
        journal.record(event)
    assert rows(path, "SELECT before, after, why FROM swaps") == [
        ("banded glute bridge", "bodyweight glute bridge", "easier")
    ]
    assert rows(path, "SELECT slot, exercise FROM pains") == [(0, "bodyweight glute bridge")]
    assert rows(path, "SELECT exercise, effort FROM efforts") == [("banded glute bridge", 6)]


def test_what_undo_took_back_is_gone(journal: Journal, path: Path) -> None:
    journal.record(events.SessionStarted(at=0, routine="hotel", title="Hotel room", sets=3, seconds=300))
    journal.record(set_started(BRIDGES, index=0, slot=0, number=1, at=10))
    journal.record(events.CommandGiven(at=11, command="hurts"))
    journal.record(events.Undone(at=12, command="hurts"))
    journal.record(set_finished(BRIDGES, index=0, slot=0, number=1, at=20, why="done", done={"": 3}))
    journal.record(events.Undone(at=21, command="done", reopened=0, index=0))
    assert rows(path, "SELECT count(*) FROM pains") == [(0,)]
    assert rows(path, "SELECT count(*) FROM sets") == [(0,)]
    assert rows(path, "SELECT position FROM sessions") == [(0,)]
    journal.record(set_finished(BRIDGES, index=0, slot=0, number=1, at=40))
    assert rows(path, "SELECT total, began FROM sets") == [(8, MONDAY + 10)]


def test_what_undo_took_back_leaves_no_trace_in_the_file(path: Path) -> None:
    with Journal(path) as journal:
        journal.record(events.SessionStarted(at=0, routine="hotel", title="Hotel room", sets=3, seconds=300))
        journal.record(set_finished(BRIDGES, 0, slot=0, number=1, at=20, done={"zanzibar": 3}))
        journal.record(events.Undone(at=21, command="done", reopened=0, index=0))
    assert b"zanzibar" not in path.read_bytes()


def test_nothing_that_was_heard_or_said_reaches_the_disk(path: Path) -> None:
    with Journal(path) as journal:
        for event in workout():
            journal.record(event)
            journal.record(
                events.HeardSpeech(
                    at=event.at, text="zanzibar", command=None, accepted=False, reason="noise", speech_end=event.at
                )
            )
            journal.record(events.Said(at=event.at, text="quetzalcoatl", until=event.at, priority="cue"))
        everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"banded glute bridge" in everything
    assert b"zanzibar" not in everything
    assert b"quetzalcoatl" not in everything


def test_the_journal_is_for_its_owners_eyes_only(journal: Journal, path: Path) -> None:
    for event in workout():
        journal.record(event)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes.pop("journal.lock") is not None
    assert modes == {"journal.db": 0o600, "journal.db-wal": 0o600, "journal.db-shm": 0o600}


def test_a_finished_workout_says_how_it_ended(journal: Journal, path: Path) -> None:
    for event in workout(status="ended"):
        last = event
        journal.record(event)
    assert rows(path, "SELECT status, seconds, ended FROM sessions") == [("ended", last.at, MONDAY + last.at)]


def test_a_journal_that_is_not_a_database_is_kept_and_a_new_one_begun(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear diary, today I did three sets of bridges and nothing else worth telling.\n" * 40)
    with Journal(path, clock=lambda: MONDAY) as journal:
        assert journal.trouble is not None
        (kept,) = path.parent.glob("journal-damaged-*.db")
        assert kept.name in journal.trouble.sentence
        assert kept.read_text().startswith("Dear diary")
        for event in workout():
            journal.record(event)
    assert rows(path, "SELECT count(*) FROM sets") == [(7,)]


@pytest.mark.parametrize("page", [1, 3, 8])
def test_a_journal_with_a_damaged_page_is_kept_and_a_new_one_begun(path: Path, page: int) -> None:
    with Journal(path) as journal:
        for event in workout():
            journal.record(event)
    content = bytearray(path.read_bytes())
    content[page * 4096 : page * 4096 + 2000] = b"\xa5" * 2000
    path.write_bytes(content)
    with Journal(path) as journal:
        assert journal.trouble is not None
        (kept,) = path.parent.glob("journal-damaged-*.db")
        assert kept.read_bytes() == bytes(content)
        assert journal.database.execute("SELECT count(*) FROM sets").fetchone() == (0,)


@pytest.mark.parametrize("looked_at", [True, False])
def test_what_had_not_reached_a_damaged_journal_yet_is_kept_with_it(path: Path, looked_at: bool) -> None:
    with Journal(path) as journal:
        for event in workout():
            journal.record(event)
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from coach.journal.store import Journal\n"
        "from tests.journal.workouts import workout\n"
        "journal = Journal(Path(sys.argv[1]))\n"
        "for event in workout(title='Not there yet'): journal.record(event)\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    reader = sqlite3.connect(path)
    if looked_at:
        reader.execute("SELECT count(*) FROM sets").fetchone()
    assert b"Not there yet" not in path.read_bytes()
    with path.open("r+b") as file:
        file.write(b"not a database at all" * 1000)
    with Journal(path) as journal:
        assert journal.trouble is not None
        assert journal.database.execute("SELECT count(*) FROM sets").fetchone() == (0,)
    reader.close()
    assert b"Not there yet" in b"".join(kept.read_bytes() for kept in path.parent.glob("journal-damaged-*"))


def test_a_journal_that_lost_its_end_is_kept_and_a_new_one_begun(path: Path) -> None:
    with Journal(path) as journal:
        for event in workout():
            journal.record(event)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with Journal(path) as journal:
        assert journal.trouble is not None


def test_a_journal_of_a_newer_coach_is_refused_and_left_as_it_is(path: Path) -> None:
    Journal(path).close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 999")
    database.close()
    with pytest.raises(JournalTrouble, match="newer coach"):
        Journal(path)
    assert rows(path, "PRAGMA user_version") == [(999,)]


def test_no_place_for_a_journal_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(JournalTrouble, match=r"cannot be written \(File exists\)"):
        Journal(tmp_path / "data" / "journal.db")
    (tmp_path / "journal.db").mkdir()
    with pytest.raises(JournalTrouble, match="cannot be written"):
        Journal(tmp_path / "journal.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_journal_that_can_only_be_read_is_read_and_the_workout_goes_on_without(path: Path) -> None:
    with Journal(path) as journal:
        for event in workout():
            journal.record(event)
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with Journal(path) as journal:
            assert journal.trouble is not None
            assert "cannot be written" in journal.trouble.sentence
            assert journal.database.execute("SELECT count(*) FROM sets").fetchone() == (7,)
            assert [index for event in workout() for index in journal.record(event)] == []
            assert resume.unfinished(journal) is None
            with pytest.raises(JournalTrouble, match="cannot be written"):
                forget_all(journal)
    finally:
        path.parent.chmod(0o700)


def _trouble_of(path: Path) -> JournalTrouble | None:
    try:
        with Journal(path) as journal:
            return journal.trouble
    except JournalTrouble as trouble:
        return trouble


def _spoil_the_head(path: Path) -> None:
    path.write_bytes(b"x" * 100 + path.read_bytes()[100:])


def _spoil_a_page(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xa5" * (len(content) - 8192))


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
@pytest.mark.parametrize("spoil", [_spoil_the_head, _spoil_a_page])
def test_a_damaged_journal_that_can_only_be_read_is_called_damaged(spoil: Callable[[Path], None], path: Path) -> None:
    with Journal(path) as journal:
        for event in workout():
            journal.record(event)
    spoil(path)
    path.parent.chmod(0o500)
    try:
        told = _trouble_of(path)
    finally:
        path.parent.chmod(0o700)
    assert str(told) == (
        f"The journal {path} is damaged and cannot be put aside, so nothing is added to it.\n"
        f"Allow it: chmod u+rwX {path.parent}"
    )


@contextmanager
def disk_full_at(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_told_once_and_what_was_not_written_is_written_when_there_is_room(
    journal: Journal, path: Path
) -> None:
    stream = list(workout())
    middle = next(place for place, event in enumerate(stream) if isinstance(event, events.SetFinished)) + 1
    saved = [index for event in stream[:middle] for index in journal.record(event)]
    sentences = []
    with disk_full_at(path.with_name("journal.db-wal").stat().st_size):
        for event in stream[middle:-10]:
            try:
                assert journal.record(event) == ()
            except JournalTrouble as trouble:
                sentences.append(trouble.sentence)
    assert len(sentences) == 1
    assert rows(path, "SELECT count(*) FROM sets") == [(1,)]
    for event in stream[-10:]:
        saved += journal.record(event)
    assert saved == [0, 1, 2, 3, 4, 5, 6]
    assert rows(path, "SELECT place FROM sets ORDER BY id") == [(index,) for index in range(7)]


@pytest.mark.parametrize("size", [8192, 32768, 53248])
def test_a_disk_that_is_full_while_the_schema_is_made_is_no_damage(size: int, path: Path) -> None:
    """SQLite may take it back itself; to ask for that once more is a fault of its own, which looked like damage."""
    with disk_full_at(size), pytest.raises(JournalTrouble, match="cannot be written"):
        Journal(path)
    assert not list(path.parent.glob("*damaged*"))


def test_sets_that_could_not_be_written_to_the_last_are_counted_when_the_journal_closes(path: Path) -> None:
    journal = Journal(path)
    begin, *rest = workout()
    journal.record(begin)
    with disk_full_at(0):
        for event in rest:
            with suppress(JournalTrouble):
                journal.record(event)
        with pytest.raises(JournalTrouble, match="7 sets"):
            journal.close()


def test_a_second_coach_is_told_and_the_first_ones_workout_is_whole(journal: Journal, path: Path) -> None:
    stream = list(workout())
    for event in stream[:20]:
        journal.record(event)
    with Journal(path) as second:
        with pytest.raises(JournalTrouble, match="Another workout"):
            second.record(stream[0])
        for event in stream[1:]:
            assert second.record(event) == ()
    for event in stream[20:]:
        journal.record(event)
    assert rows(path, "SELECT count(*) FROM sets") == [(7,)]
    assert rows(path, "SELECT count(*) FROM sessions") == [(1,)]


def test_the_claim_of_a_coach_that_was_killed_goes_with_it(path: Path) -> None:
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from coach.journal.store import Journal\n"
        "journal = Journal(Path(sys.argv[1]))\n"
        "print(journal.claim(), flush=True)\n"
        "time.sleep(60)\n"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "True\n"
    with Journal(path) as journal:
        assert not journal.claim()
        other.kill()
        other.wait()
        assert journal.claim()


def test_two_coaches_may_make_the_journal_at_the_same_moment(path: Path) -> None:
    several = multiprocessing.get_context("fork")
    ready, troubles = several.Barrier(6), several.Queue()

    def open_it(path: Path) -> None:
        ready.wait()
        try:
            with Journal(path) as journal:
                troubles.put(journal.trouble)
        except JournalTrouble as trouble:
            troubles.put(trouble)

    for turn in range(10):
        coaches = [several.Process(target=open_it, args=(path.with_stem(f"journal{turn}"),)) for _ in range(6)]
        for coach in coaches:
            coach.start()
        assert [troubles.get(timeout=60) for _ in coaches] == [None] * 6
        for coach in coaches:
            coach.join()


def test_a_workout_goes_on_while_another_program_holds_the_journal(journal: Journal, path: Path) -> None:
    stream = list(workout())
    for event in stream[:5]:
        journal.record(event)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    saved = [index for event in stream[5:40] for index in journal.record(event)]
    other.execute("ROLLBACK")
    other.close()
    assert saved == []
    saved += [index for event in stream[40:] for index in journal.record(event)]
    assert saved == [0, 1, 2, 3, 4, 5, 6]


def test_a_journal_that_another_program_holds_for_long_is_told_each_time_and_has_all_of_it_afterwards(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.journal.store.LOCKED", 0.3)
    monkeypatch.setattr("coach.journal.store.PATIENCE_IN_A_WORKOUT", 0.02)
    stream = list(workout())
    other = sqlite3.connect(path, isolation_level=None)
    behind = []
    for n, event in enumerate(stream):
        if n in (5, 62):
            other.execute("BEGIN EXCLUSIVE")
        if n in (60, 90):
            other.execute("COMMIT")
        try:
            journal.record(event)
        except JournalTrouble as trouble:
            behind.append(trouble.sentence)
        if n in (8, 59, 60, 89, 90):
            behind.append(str(journal.behind))
    other.close()
    told = ["The journal cannot be written: database is locked.", "True", "False"]
    assert behind == ["False", *told, *told]
    assert rows(path, "SELECT count(*) FROM sets") == [(7,)]


def test_what_a_held_journal_could_not_take_is_in_it_at_the_next_start_though_the_program_was_killed(
    path: Path,
) -> None:
    script = (
        "import os, sqlite3, sys; from pathlib import Path; from coach.journal import store;"
        "from tests.journal.workouts import workout; path = Path(sys.argv[1]); journal = store.Journal(path)\n"
        "for n, event in enumerate(workout()):\n"
        "    if n == int(sys.argv[2]):\n"
        "        other = sqlite3.connect(path, isolation_level=None); other.execute('BEGIN EXCLUSIVE')\n"
        "        store.PATIENCE_IN_A_WORKOUT = 0.01; journal._patience(0.01)\n"
        "    journal.record(event)\n"
        "    if n == 70: os.kill(os.getpid(), 9)\n"
    )
    expected = None
    for held_from in (1_000, 20, 0):
        path.unlink(missing_ok=True)
        subprocess.run([sys.executable, "-c", script, str(path), str(held_from)], check=False)
        assert bool(list(path.parent.glob("*-waiting-*"))) == (held_from < 70)
        with Journal(path) as journal:
            broken_off = resume.unfinished(journal)
        assert broken_off is not None
        sets = rows(path, "SELECT place, total, done, why FROM sets ORDER BY id")
        expected = expected or sets
        assert sets == expected
        assert not list(path.parent.glob("*-waiting-*"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"session": 1, "notes": [["DROP", {}, false]]}',
        b'{"session": 1, "notes": [["DROP TABLE sets", {}, false]]}',
        b'{"session": 1, "notes": [["ATTACH DATABASE \'elsewhere\' AS other", {}, false]]}',
    ],
)
def test_what_waits_and_is_damaged_is_put_away_and_stops_nothing(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    left = path.with_name("journal-waiting-1")
    left.write_bytes(content)
    with Journal(path) as journal:
        assert journal.claim()
        assert journal.database.execute("SELECT count(*) FROM sets").fetchone() == (0,)
    assert not left.exists()
    assert path.with_name("journal-damaged-1").read_bytes() == content


@pytest.mark.parametrize("name", ["journal.db", "journal.db-wal", "journal.db-shm", "journal.lock"])
def test_a_pipe_in_the_place_of_any_of_its_files_is_set_aside_and_waited_for_by_nobody(path: Path, name: str) -> None:
    path.parent.mkdir()
    os.mkfifo(path.with_name(name))
    journal = Journal(path)
    with journal:
        assert journal.claim()
        assert (journal.trouble is not None) == (name == path.name)
        for event in workout():
            journal.record(event)
    assert rows(path, "SELECT count(*) FROM sets") == [(7,)]
    assert [kept.is_fifo() for kept in path.parent.glob("*-damaged-*")] == [True]
