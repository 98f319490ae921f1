"""Any well-formed routine loads, is planned, and runs to its end: in the session alone, and in the room."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach import language
from coach.app.loop import Workout
from coach.app.onlookers import Following
from coach.audio.simulated import Room
from coach.document.read import parse
from coach.routine.loading import routine_from
from coach.routine.model import Range, Routine, Work
from coach.session import events
from coach.session.events import Event
from coach.session.modes import Manner
from coach.session.plan import Plan, make_plan
from coach.session.script import Script
from coach.session.session import Session
from coach.voice.silent import SilentVoice
from tests.routine.test_properties import FAMILIES, VARIANTS, Meant, routines
from tests.session.workouts import measure

ENGLISH = language.load()


def check(plan: Plan, happened: list[Event]) -> None:
    """Every planned set was done, in order, to its last rep on every side."""
    done = [event for event in happened if isinstance(event, events.SetFinished)]
    assert [(event.slot, event.set) for event in done] == [(planned.slot, planned.set) for planned in plan.sets]
    assert all(set(event.done.values()) == {event.amount} for event in done)
    assert isinstance(happened[-1], events.SessionFinished)
    assert happened[-1].status == "completed"


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(routines())
def test_any_routine_is_carried_out_as_it_is_written(meant: Meant) -> None:
    plan = make_plan(routine_from(parse(meant.written.encode(), "it.yaml"), FAMILIES, Path("it.yaml")))
    session = Session(plan, Script(ENGLISH, plan), measure, Manner(ask_effort=False))
    happened: list[Event] = []
    while not session.finished:
        happened += [out for out in session.advance(session.now + 600) if isinstance(out, Event)]
    check(plan, happened)


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(VARIANTS), st.integers(1, 2), st.integers(1, 3)), min_size=1, max_size=3))
def test_short_ones_of_any_exercises_run_to_their_end_in_the_room(chosen: list[tuple[object, int, int]]) -> None:
    blocks = tuple(
        Work(v.family, v.rung, Range(sets, sets), Range(n, n), "second" if v.hold else v.unit, 5.0, 5.0)  # type: ignore[attr-defined]
        for v, sets, n in chosen
    )
    plan = make_plan(Routine("short", "Short", blocks, FAMILIES))
    room = Room(16_000, echo=0.0)
    voice = SilentVoice(16_000)
    session = Session(plan, Script(ENGLISH, plan), voice.seconds, Manner(settle=1))
    happened: list[Event] = []
    Workout(session, voice, room, following=Following([happened.append])).run()
    check(plan, [event for event in happened if not isinstance(event, events.Said)])
