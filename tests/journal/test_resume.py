from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coach.journal import resume
from coach.journal.store import Journal
from coach.routine.model import Circuit, Family, Range, Routine, Variant, Work
from coach.session import events
from coach.session.plan import Choice, make_plan
from tests.journal.workouts import BRIDGES, KICKBACKS, WARM_UP, set_finished, set_started, workout

MONDAY = 1_790_000_000.0
SETS = sum(exercise.sets for exercise in WARM_UP)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def record(path: Path, stream: list[events.Event], now: float = MONDAY) -> None:
    with Journal(path, clock=lambda: now) as journal:
        for event in stream:
            journal.record(event)


def offer(path: Path) -> resume.Unfinished | None:
    with Journal(path) as journal:
        return resume.unfinished(journal)


def up_to(kind: type[events.Event], index: int) -> list[events.Event]:
    """A workout broken off right after this event."""
    stream = list(workout())
    end = next(
        n for n, event in enumerate(stream) if isinstance(event, kind) and getattr(event, "index", None) == index
    )
    return stream[: end + 1]


def test_a_workout_broken_off_in_a_set_is_offered_from_that_set(path: Path) -> None:
    record(path, up_to(events.SetStarted, 3))
    offered = offer(path)
    assert offered is not None
    assert (offered.routine, offered.title, offered.index, offered.planned) == (
        "prerun-warmup",
        "Pre-run warm-up",
        3,
        SETS,
    )
    assert [slot.exercise for slot in offered.slots] == [exercise.name for exercise in WARM_UP]


def test_a_workout_broken_off_in_a_rest_is_offered_from_the_set_that_was_next(path: Path) -> None:
    record(path, up_to(events.SetFinished, 3))
    offered = offer(path)
    assert offered is not None
    assert offered.index == 4


def test_an_exercise_that_was_skipped_is_not_offered_again(path: Path) -> None:
    skipped = [*up_to(events.SetFinished, 0), events.RestStarted(at=99, seconds=20, index=2)]
    record(path, skipped)
    offered = offer(path)
    assert offered is not None
    assert offered.index == 2


@pytest.mark.parametrize("status", ["completed", "ended"])
def test_a_workout_that_the_athlete_finished_or_ended_is_not_offered(path: Path, status: events.Status) -> None:
    finished = events.SessionFinished(at=100, status=status, sets=2, seconds=100)
    record(path, [*up_to(events.SetFinished, 1), finished])
    assert offer(path) is None


@pytest.mark.parametrize("status", ["interrupted", "left waiting"])
def test_a_workout_that_was_interrupted_or_fell_asleep_is_offered(path: Path, status: events.Status) -> None:
    finished = events.SessionFinished(at=100, status=status, sets=2, seconds=100)
    record(path, [*up_to(events.SetFinished, 1), finished])
    offered = offer(path)
    assert offered is not None
    assert offered.index == 2


def test_a_set_that_ctrl_c_cut_short_is_where_going_on_begins(path: Path) -> None:
    cut = set_finished(KICKBACKS, index=1, slot=0, number=2, at=90, why="ended", done={"right leg": 2, "left leg": 0})
    finished = events.SessionFinished(at=90, status="interrupted", sets=2, seconds=90)
    record(path, [*up_to(events.SetStarted, 1), cut, finished])
    offered = offer(path)
    assert offered is not None
    assert offered.index == 1


def test_a_workout_in_which_nothing_was_done_yet_is_not_offered(path: Path) -> None:
    record(path, up_to(events.SetStarted, 0))
    assert offer(path) is None


def test_a_workout_with_all_its_sets_done_is_not_offered(path: Path) -> None:
    record(path, up_to(events.SetFinished, SETS - 1))
    assert offer(path) is None


def test_an_offer_is_kept_until_it_is_answered(path: Path) -> None:
    record(path, up_to(events.SetStarted, 3))
    first = offer(path)
    assert first is not None
    assert offer(path) == first
    with Journal(path) as journal:
        resume.accept(journal, first)
    assert offer(path) == first
    with Journal(path) as journal:
        resume.decline(journal, first)
    assert offer(path) is None


def test_an_offer_outlives_another_workout(path: Path) -> None:
    record(path, up_to(events.SetStarted, 3))
    first = offer(path)
    record(path, list(workout((BRIDGES,), slug="hotel-room")), now=MONDAY + 86_400)
    assert offer(path) == first


def test_going_on_makes_one_workout_of_both_sittings(path: Path) -> None:
    record(path, up_to(events.SetStarted, 3))
    with Journal(path, clock=lambda: MONDAY + 3600) as journal:
        broken_off = resume.unfinished(journal)
        assert broken_off is not None
        resume.accept(journal, broken_off)
        for event in workout(start=broken_off.index):
            last = event
            journal.record(event)
        before = up_to(events.SetFinished, 2)[-1].at
        ((status, seconds, began),) = journal.database.execute("SELECT status, seconds, began FROM sessions").fetchall()
        assert (status, seconds, began) == ("completed", before + last.at, MONDAY)
        places = journal.database.execute("SELECT place FROM sets ORDER BY id").fetchall()
        assert places == [(index,) for index in range(SETS)]
    assert offer(path) is None


def test_a_workout_that_goes_on_elsewhere_is_not_offered_meanwhile(path: Path) -> None:
    with Journal(path) as running:
        for event in up_to(events.SetStarted, 3):
            running.record(event)
        assert offer(path) is None
    assert offer(path) is not None


def ladder(family: str, *names: str) -> Family:
    variants = tuple(
        Variant(name, family, rung, "mini band", setup=("Stand.",), move="Move.") for rung, name in enumerate(names)
    )
    return Family(family, variants, standard=0)


def routine(*works: Work | Circuit) -> Routine:
    families = {
        "glute bridge": ladder("glute bridge", "bodyweight glute bridge", "banded glute bridge"),
        "glute kickback": ladder("glute kickback", "bodyweight glute kickback", "banded glute kickback"),
    }
    return Routine("two", "Two moves", works, families)


def work(family: str) -> Work:
    return Work(family, 1, Range(2, 3), Range(6, 10), "rep", rest=20, rest_after=20)


def single(family: str) -> Work:
    return replace(work(family), sets=Range(1, 1))


def broken_off_with_a_swap_and_a_set_more(path: Path) -> resume.Unfinished:
    stream = list(workout((KICKBACKS, BRIDGES)))
    done = next(n for n, event in enumerate(stream) if isinstance(event, events.SetFinished))
    swap = events.VariantChanged(
        at=60,
        family="glute kickback",
        slot=0,
        from_="banded glute kickback",
        to="bodyweight glute kickback",
        why="easier",
    )
    more = replace(KICKBACKS, name="bodyweight glute kickback", sets=3)
    record(path, [*stream[: done + 1], swap, set_started(more, index=1, slot=0, number=2, at=90)])
    offered = offer(path)
    assert offered is not None
    return offered


def test_what_was_swapped_or_added_is_gone_on_with(path: Path) -> None:
    offered = broken_off_with_a_swap_and_a_set_more(path)
    chosen = resume.choices(offered, routine(work("glute kickback"), work("glute bridge")))
    assert chosen == {0: Choice(0, 3, 6), 1: Choice(1, 3, 8)}


def test_a_set_added_in_the_middle_of_a_circuit_does_not_push_what_follows_out_of_place(path: Path) -> None:
    rounds = routine(Circuit(Range(2, 2), 60, (single("glute kickback"), single("glute bridge"))))
    both = [replace(exercise, sets=1, rounds=2) for exercise in (KICKBACKS, BRIDGES)]
    begin = next(event for event in workout(both) if isinstance(event, events.SessionStarted))
    kickbacks, bridges = (replace(exercise, sets=2) for exercise in both)
    added = replace(kickbacks, sets=3)
    stream = [
        replace(begin, sets=4),
        set_finished(kickbacks, index=0, slot=0, number=1, at=20),
        set_finished(bridges, index=1, slot=1, number=1, at=40),
        set_finished(added, index=2, slot=0, number=2, at=60),
        set_started(added, index=3, slot=0, number=3, at=70),
    ]
    record(path, stream)
    offered = offer(path)
    assert offered is not None
    chosen = resume.choices(offered, rounds)
    assert chosen is not None
    following = make_plan(rounds, chosen).sets[offered.index]
    assert (following.slot, following.set) == (0, 2)


def test_a_routine_that_has_changed_cannot_be_gone_on_with(path: Path) -> None:
    offered = broken_off_with_a_swap_and_a_set_more(path)
    assert resume.choices(offered, routine(work("glute bridge"), work("glute kickback"))) is None
    assert resume.choices(offered, routine(work("glute kickback"))) is None
    renamed = routine(work("glute kickback"), work("glute bridge"))
    renamed.families["glute kickback"] = ladder("glute kickback", "donkey kick", "banded glute kickback")
    assert resume.choices(offered, renamed) is None


# Killed


def lines_until_killed(path: Path, start: int, after: int, wait: float) -> tuple[list[str], bool]:
    """What a writer says until it is killed with signal 9, `wait` seconds after so many lines."""
    command = [sys.executable, "-m", "tests.journal.writer", str(path), str(start), "0.0005"]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    lines = [writer.stdout.readline() for _ in range(after)]
    time.sleep(wait)
    writer.kill()
    lines += writer.stdout.readlines()
    writer.wait()
    said = [line.strip() for line in lines if line.endswith("\n")]
    return said, "finished" in said


def kill_and_go_on(path: Path, kills: int, seed: int) -> Iterator[int]:
    """Kill writer after writer; each goes on where the last was broken off. Gives the set that each was killed in."""
    random_ = random.Random(seed)
    start, saved, workouts = 0, 0, 0
    for _ in range(kills):
        said, finished = lines_until_killed(path, start, random_.randint(1, 4), random_.uniform(0, 0.03))
        begun = [int(line.split()[1]) for line in said if line.startswith("begins")]
        told = [int(line.split()[1]) for line in said if line.startswith("saved")]
        saved += len(told)
        with Journal(path) as journal:
            assert journal.trouble is None
            assert journal.database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (kept,) = journal.database.execute("SELECT count(*) FROM sets WHERE why <> 'ended'").fetchone()
            # A set may have been written without there having been time to say so.
            assert kept - saved in (0, 1)
            unsaid, saved = kept - saved, kept
            offered = resume.unfinished(journal)
            next_set = (told[-1] + 1 if told else start) + unsaid
            if finished or next_set == SETS:
                assert offered is None
                start, workouts = 0, workouts + 1
            elif next_set == 0:
                assert offered is None or offered.index == 0, "some reps of the first set were done, or none"
                start = 0
            else:
                assert offered is not None
                assert offered.index == next_set
                assert not begun or offered.index in (begun[-1], begun[-1] + 1)
                start = offered.index
        yield start
    with Journal(path) as journal:
        places = journal.database.execute(
            "SELECT place FROM sets JOIN sessions ON sessions.id = session WHERE planned = position AND why <> 'ended'"
        ).fetchall()
        assert len(places) == workouts * SETS


def test_killed_at_twenty_moments_nothing_is_lost_but_the_set_in_progress(path: Path) -> None:
    assert len(set(kill_and_go_on(path, kills=20, seed=1))) > 3


@pytest.mark.slow
def test_killed_at_two_hundred_moments_nothing_is_lost_but_the_set_in_progress(path: Path) -> None:
    assert len(set(kill_and_go_on(path, kills=200, seed=2))) == SETS


def test_another_exercise_for_today_leaves_the_one_that_was_chosen_to_go_on_with(path: Path) -> None:
    before = up_to(events.SetStarted, 1)[:-1]
    swap = events.VariantChanged(at=90, family="squat", slot=0, from_=KICKBACKS.name, to="banded squat", why="replaced")
    squat = replace(KICKBACKS, name="banded squat", family="squat", sides=("",))
    record(path, [*before, swap, set_started(squat, 1, 0, 2, 100), set_finished(squat, 1, 0, 2, 140)])
    offered = offer(path)
    assert offered is not None
    assert offered.slots[0].exercise == KICKBACKS.name
    with Journal(path) as journal:
        (done,) = journal.database.execute("SELECT family, exercise FROM sets WHERE place = 1").fetchall()
    assert done == ("squat", "banded squat")
