"""Event streams as a session would give them, without a session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.session import events
from coach.session.events import Event


@dataclass(frozen=True)
class Exercise:
    name: str
    family: str
    sets: int = 3
    amount: int = 8
    sides: tuple[str, ...] = ("",)
    rung: int = 2
    rounds: int = 1


BRIDGES = Exercise("banded glute bridge", "glute bridge")
KICKBACKS = Exercise("banded glute kickback", "glute kickback", sets=2, amount=6, sides=("right leg", "left leg"))
WALKS = Exercise("lateral band walk", "lateral walk", sets=2, amount=10, sides=("right", "left"))
WARM_UP = (KICKBACKS, WALKS, BRIDGES)

REP = 3.0
REST = 20.0


def workout(
    exercises: Sequence[Exercise] = WARM_UP,
    slug: str = "prerun-warmup",
    title: str = "Pre-run warm-up",
    start: int = 0,
    status: events.Status = "completed",
    effort: int | None = None,
) -> Iterator[Event]:
    """Every event of a whole workout, beginning with the set `start`."""
    sets = [(slot, n) for slot, exercise in enumerate(exercises) for n in range(1, exercise.sets + 1)]
    at = 0.0
    yield events.SessionStarted(
        at=at,
        routine=slug,
        title=title,
        sets=len(sets),
        seconds=600,
        index=start,
        choices=[
            {
                "family": e.family,
                "exercise": e.name,
                "rung": e.rung,
                "sets": e.sets,
                "amount": e.amount,
                "of": e.sets * e.rounds,
            }
            for e in exercises
        ],
    )
    for index, (slot, number) in enumerate(sets):
        if index < start:
            continue
        exercise = exercises[slot]
        if number == 1 or index == start:
            yield events.ExerciseStarted(
                at=at, exercise=exercise.name, family=exercise.family, slot=slot, of=len(exercises), index=index
            )
            at += 15
        yield set_started(exercise, index, slot, number, at)
        for side in exercise.sides:
            for n in range(1, exercise.amount + 1):
                at += REP
                yield events.Rep(at=at, n=n, of=exercise.amount, side=side or None)
        yield set_finished(exercise, index, slot, number, at)
        if number == exercise.sets and effort is not None:
            yield events.Effort(at=at + 3, family=exercise.family, exercise=exercise.name, slot=slot, effort=effort)
        if index + 1 < len(sets):
            yield events.RestStarted(at=at, seconds=REST, next="", index=index + 1)
            at += REST
            yield events.RestFinished(at=at)
    yield events.SessionFinished(at=at, status=status, sets=len(sets) - start, seconds=at)


def set_started(exercise: Exercise, index: int, slot: int, number: int, at: float) -> events.SetStarted:
    return events.SetStarted(
        at=at,
        exercise=exercise.name,
        family=exercise.family,
        slot=slot,
        set=number,
        of=exercise.sets,
        amount=exercise.amount,
        unit="rep",
        index=index,
        side=exercise.sides[0] or None,
        tempo="1-1-2",
    )


def set_finished(
    exercise: Exercise,
    index: int,
    slot: int,
    number: int,
    at: float,
    why: events.SetEnd = "completed",
    done: dict[str, int] | None = None,
) -> events.SetFinished:
    return events.SetFinished(
        at=at,
        exercise=exercise.name,
        family=exercise.family,
        slot=slot,
        set=number,
        of=exercise.sets,
        amount=exercise.amount,
        unit="rep",
        index=index,
        done=done if done is not None else dict.fromkeys(exercise.sides, exercise.amount),
        tempo="1-1-2",
        why=why,
    )
