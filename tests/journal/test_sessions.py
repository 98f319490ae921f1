"""The journal beside real sessions: whatever the athlete asks for, and wherever it breaks off."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coach.journal import resume
from coach.journal.store import Journal
from coach.language.commands import Command, Order
from coach.routine.model import Routine
from coach.session import events
from coach.session.events import Event
from coach.session.modes import Offer
from coach.session.orders import obey
from coach.session.plan import PlannedSet, make_plan
from coach.session.standing import Part, Standing
from tests.session.workouts import FAMILIES, KICKBACK, Watched, work

ROUTINE = Routine("test", "Test", (work("kickback", 2, 3), work("bridge", 1, 4), work("kickback", 1, 2)), FAMILIES)
NOW = datetime(2026, 11, 22, 7, 30)
ORDERS = st.one_of(
    st.sampled_from([command for command in Command if command not in (Command.NUMBER, Command.END)]).map(Order),
    st.integers(0, 10).map(lambda n: Order(Command.NUMBER, n)),
)
MOMENTS = st.lists(st.tuples(st.floats(0, 45), ORDERS), max_size=15)
# Starting over in a rest goes back to the set before, and that is told when its first rep begins, seconds later. What
# goes without a broken band does so for today: the offer has what was chosen.
LATER = {Command.AGAIN, Command.BAND_BROKE}
TOLD_AT_ONCE = st.lists(
    st.tuples(st.floats(1, 45), ORDERS.filter(lambda order: order.command not in LATER)), max_size=15
)
EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def trained(moments: list[tuple[float, Order]], rest: float) -> Watched:
    """A session in which these orders were given, each so long after the one before, and that went on for a while."""
    watched = Watched(make_plan(ROUTINE))
    for wait, order in moments:
        watched.run(wait)
        obey(watched.session, order, watched.clock)
    return watched.run(rest)


@contextmanager
def kept(watched: Watched) -> Iterator[Journal]:
    """The journal of a coach that was killed in this moment, opened again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        with Journal(path, NOW.timestamp) as journal:
            for event in watched.events(Event):
                journal.record(event)
        with Journal(path, NOW.timestamp) as journal:
            yield journal


@EXAMPLES
@given(MOMENTS, st.floats(1, 200))
def test_the_journal_equals_the_events(moments: list[tuple[float, Order]], rest: float) -> None:
    watched = trained(moments, rest)
    told: list[events.SetFinished] = []
    for event in watched.events(events.SetFinished, events.Undone):
        if isinstance(event, events.SetFinished):
            told.append(event)
        elif isinstance(event, events.Undone) and event.reopened is not None:
            told.remove([one for one in told if one.index == event.reopened][-1])
    with kept(watched) as journal:
        rows = journal.database.execute(
            "SELECT place, exercise, number, of, amount, unit, total, variants, least, why FROM sets ORDER BY id"
        ).fetchall()
    finished = {(one.index, one.why) for one in told}
    if rows and rows[-1][-1] == "ended" and (rows[-1][0], "ended") not in finished:
        rows.pop()  # the set in hand, as far as it has come
    for (*place, variants, least, why), one in zip(rows, told, strict=True):
        whole = (one.index, one.exercise, one.set, one.of, one.amount, one.unit, sum(one.done.values()))
        assert (*place, why) == (*whole, one.why)
        # Of a set that was made easier on its way only what was done in the last variant counts for that one.
        done = min(one.done.values())
        assert least <= done if len(json.loads(variants or "{}")) > 1 else least == done


@EXAMPLES
@example([*[(1.0, Order(Command.READY))] * 7, (1.0, Order(Command.MORE))], 1.0)
@given(TOLD_AT_ONCE, st.floats(1, 200))
def test_wherever_it_breaks_off_it_is_offered_from_the_set_where_it_stood(
    moments: list[tuple[float, Order]], rest: float
) -> None:
    watched = trained(moments, rest)
    standing = watched.session.standing
    with kept(watched) as journal:
        offered = resume.unfinished(journal)
        (begun,) = journal.database.execute("SELECT count(*) FROM sets WHERE total > 0").fetchone()
    courses = watched.events(events.SetFinished, events.SetStarted, events.ExerciseStarted, events.Undone)
    all_done = any(isinstance(e, events.SetFinished) and e.index == len(standing.sets) - 1 for e in courses[-1:])
    if (standing.index == 0 and not begun) or all_done or watched.session.finished:
        assert offered is None
        return
    assert offered is not None, watched.transcript()
    assert offered.index == standing.index, watched.transcript()
    choices = resume.choices(offered, ROUTINE)
    again = make_plan(ROUTINE, choices)
    assert [choice.rung for _, choice in sorted((choices or {}).items())] == standing.rungs
    # What an undone "next" had left of a set is written again, and "one more" is remembered, from the rep after it on.
    *_, counted = [None, *watched.events(events.Rep, events.HoldSecond, events.SetStarted, events.Undone)]
    if (
        isinstance(counted, events.Rep | events.HoldSecond)
        and standing.started
        and any(standing.done)
        and standing.variant.family == again.slots[standing.set.slot].family.name
    ):
        back = Standing.at_start(again, offered.index, offered.part)
        assert back.sides_done == standing.sides_done, watched.transcript()
        assert back.amount == counted.of, watched.transcript()
    # A set that was asked for is remembered from its first rep on.
    sets = [one for one in watched.out if isinstance(one, events.SetStarted | events.SetFinished)]
    told = {0: 2, 1: 1, 2: 1} | {one.slot: one.of for one in sets}
    if all(one.of == told[one.slot] for one in standing.sets):
        assert _places(again.sets) == _places(standing.sets)


def _places(sets: Sequence[PlannedSet]) -> list[tuple[int, int, int]]:
    return [(one.slot, one.set, one.of) for one in sets]


ONE = Routine("one", "One", (work("kickback", 2, 3),), FAMILIES)
RIGHT, LEFT = "right leg", "left leg"


def offered_after(watched: Watched) -> Offer:
    """What is offered after the coach was killed in this moment."""
    with kept(watched) as journal:
        offered = resume.unfinished(journal)
    assert offered is not None
    return Offer(make_plan(ONE, resume.choices(offered, ONE)), offered.index, offered.part)


def gone_on(first: Watched) -> tuple[Watched, list[tuple[int, str, str]]]:
    """The second sitting, to its end, and what the journal has of both."""
    offer = offered_after(first)
    second = Watched(offer.plan, offer=offer).run(5).say("yes").run()
    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder) / "journal.db", NOW.timestamp) as journal:
        for event in first.events(Event):
            journal.record(event)
        broken_off = resume.unfinished(journal)
        assert broken_off is not None
        resume.accept(journal, broken_off)
        for event in second.events(Event):
            journal.record(event)
        rows = journal.database.execute("SELECT place, done, why FROM sets ORDER BY place, id").fetchall()
    return second, rows


def reps(watched: Watched) -> list[tuple[str | None, int]]:
    return [(rep.side, rep.n) for rep in watched.events(events.Rep)]


WHOLE = json.dumps({RIGHT: 3, LEFT: 3})
BOTH = [(0, WHOLE, "completed"), (1, WHOLE, "completed")]


def test_killed_in_a_change_of_sides_it_goes_on_with_the_other_side() -> None:
    first = Watched(make_plan(ONE)).until(events.SetFinished).until(events.SideChanged)
    second, rows = gone_on(first)
    assert second.lines()[0] == "Welcome back. You stopped One at set two of two. Yes or no: go on from there?"
    assert "Three reps to go, left leg." in second.lines()
    assert reps(second) == [(LEFT, 1), (LEFT, 2), (LEFT, 3)]
    assert rows == BOTH


@pytest.mark.parametrize(("side", "n"), [(RIGHT, 2), (LEFT, 1)])
def test_killed_in_a_side_it_goes_on_with_the_rep_after_the_last(side: str, n: int) -> None:
    second, rows = gone_on(Watched(make_plan(ONE)).until(events.Rep, side=side, n=n))
    assert reps(second)[: 3 - n] == [(side, each) for each in range(n + 1, 4)]
    assert len(reps(second)) == 12 - n - 3 * (side == LEFT)
    assert rows == BOTH


def test_killed_after_the_last_rep_the_set_is_done() -> None:
    second, rows = gone_on(Watched(make_plan(ONE)).until(events.Rep, side=LEFT, n=3))
    assert reps(second) == [(side, n) for side in (RIGHT, LEFT) for n in (1, 2, 3)]
    assert rows == BOTH


def test_each_rep_is_kept_with_the_variant_it_was_done_in() -> None:
    first = Watched(make_plan(ONE)).until(events.Rep, side=RIGHT, n=2).say("easier").until(events.Rep, side=RIGHT, n=3)
    offer = offered_after(first)
    second = Watched(offer.plan, offer=offer).run(5).say("yes").until(events.Rep, side=LEFT, n=1)
    finished = second.until(events.SetFinished).events(events.SetFinished)[0]
    assert finished.done == {RIGHT: 3, LEFT: 3}
    assert finished.variants == {"banded kickback": {RIGHT: 2, LEFT: 0}, "bodyweight kickback": {RIGHT: 1, LEFT: 3}}


def test_the_set_up_is_told_for_the_side_that_is_gone_on_with() -> None:
    sided = replace(KICKBACK.variants[0], setup=("Lie on your left side.",))
    routine = replace(ONE, families={"kickback": replace(KICKBACK, variants=(sided,) * 3)})
    part = Part("kickback", "rep", 3, {RIGHT: 3}, {sided.name: {RIGHT: 3}})
    plan = make_plan(routine)
    watched = Watched(plan, offer=Offer(plan, 0, part)).run(5).say("yes").until(events.Rep)
    assert "Lie on your right side." in watched.lines()
    assert "Lie on your left side." not in watched.lines()


def test_next_before_it_was_gone_on_with_leaves_what_was_done() -> None:
    first = Watched(make_plan(ONE)).until(events.SideChanged)
    offer = offered_after(first)
    second = Watched(offer.plan, offer=offer).run(5).say("yes").run(3).say("end workout").run(3).say("yes").run()
    assert not second.events(events.SetFinished)
