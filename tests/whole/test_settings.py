"""Every value of every setting lives through a workout, and what the athlete says in it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from coach.app.athlete import Utterance, spoken
from coach.app.onlookers import Following
from coach.app.parts import Studio
from coach.app.render import Scene, render
from coach.own import paths
from coach.own.settings import TABLE, Settings
from coach.routine.library import Library
from coach.routine.model import Range, Routine, Work
from coach.session import events
from coach.session.events import Event
from coach.session.modes import Mode
from tests.whole.covering import Factors, covering
from tests.whole.rehearsal import Moment, rehearsed

VALUES: dict[str, tuple[Any, ...]] = {
    "language": ("en",),
    "voice": ("", "en-gb"),
    "rate": (80, 450),
    "count_rate": (80, 450),
    "pitch": (0, 100),
    "volume": (5, 100),
    "settle": (0, 1, 600),
    "model": tuple(path.name for path in paths.models().glob("vosk-*")),
    "wake": ("hey coach", "computer"),
    "ask_effort": (False,),
    "presence": (False,),
    "mini_bands": ("yellow, green",),
    "long_bands": ("red, blue",),
    "own_voice": (False,),
    "equipment": ("mini band",),
    "lower_music": (False,),
}
"""What may be written for the settings that no list of choices or truth value gives."""
DEVICES = {"microphone", "loudspeaker"}
"""The live tests name devices."""
SAID = (
    (14, "let's go"), (26, "let's go"), (38, "let's go"), (50, "pause"), (54, "carry on"), (66, "how many left"),
    (74, "end workout"), (80, "yes"),
)  # fmt: skip
"""The moments fit no setting in particular: ready in the opening, in the briefing, in the set; then the rest."""


def values(name: str) -> tuple[Any, ...]:
    setting = next(each for each in TABLE if each.name == name)
    return setting.choices or VALUES[name]


CASES = [(setting.name, value) for setting in TABLE if setting.name not in DEVICES for value in values(setting.name)]


def squats(sets: int = 3, reps: int = 8) -> Routine:
    library = Library([paths.routines()])
    work = Work("squat", library.families["squat"].standard, Range(sets, sets), Range(reps, reps), "rep", 20, 20)
    return Routine("squats", "Squats", (work,), library.families)


def lived_through(settings: Settings) -> list[Event]:
    said = [Utterance(at, say=f"{settings.wake}. {words}" if settings.wake else words) for at, words in SAID]
    happened: list[Event] = []
    render(Studio(settings), squats(), Scene(spoken(said)), following=Following(sinks=[happened.append]))
    return happened


def check(happened: list[Event]) -> None:
    given = {event.command for event in happened if isinstance(event, events.CommandGiven)}
    refused = [event for event in happened if isinstance(event, events.HeardSpeech) and not event.accepted]
    assert {"ready", "pause", "resume", "end", "yes"} <= given, refused
    assert any(isinstance(event, events.Paused) for event in happened)
    assert any(isinstance(event, events.SetStarted) for event in happened)
    assert isinstance(happened[-1], events.SessionFinished)
    assert happened[-1].status == "ended"


ALONE = {"pacing", "settle", "wake"}
"""What changes most of how a workout goes. The values of the others meet in a few workouts, and each alone in a slow
test."""


@pytest.mark.parametrize(
    ("name", "value"), [pytest.param(*case, marks=() if case[0] in ALONE else pytest.mark.slow) for case in CASES]
)
def test_a_workout_with_it_obeys(name: str, value: Any) -> None:
    check(lived_through(replace(Settings(), **{name: value})))


FACTORS: Factors = {
    setting.name: tuple(dict.fromkeys([setting.default, *values(setting.name)]))
    for setting in TABLE
    if setting.name not in DEVICES
}
WORKOUTS = covering(FACTORS, seed=1)
USUAL = 4
"""Workouts of the usual run; the others are slow."""


def test_each_two_values_of_two_settings_meet_in_a_workout() -> None:
    met = {pair for workout in WORKOUTS for pair in combinations(workout.items(), 2)}
    wanted = {
        ((one, a), (other, b)) for one, other in combinations(FACTORS, 2) for a in FACTORS[one] for b in FACTORS[other]
    }
    assert wanted == met
    assert len(WORKOUTS) <= 40


def test_the_usual_run_has_each_value_in_a_workout() -> None:
    assert {case for workout in WORKOUTS[:USUAL] for case in workout.items()} >= set(CASES)


@pytest.mark.parametrize(
    "workout",
    [
        pytest.param(it, marks=pytest.mark.slow if k >= USUAL else (), id=f"workout {k}")
        for k, it in enumerate(WORKOUTS)
    ],
)
def test_a_workout_with_any_two_obeys_and_loses_no_rep(workout: Mapping[str, Any]) -> None:
    settings = Settings(**workout)
    studio, routine = Studio(settings), squats(sets=2, reps=3)
    said, asked_for = rehearsed(studio, routine, moments(settings))
    happened: list[Event] = []
    render(studio, routine, Scene(spoken(said)), following=Following(sinks=[happened.append]))
    given = [event.command for event in happened if isinstance(event, events.CommandGiven)]
    refused = [event for event in happened if isinstance(event, events.HeardSpeech) and not event.accepted]
    assert [command for command in given if command != "wake"] == asked_for, (workout, refused)
    sets = [event for event in happened if isinstance(event, events.Rep | events.SetFinished)]
    assert [event.n if isinstance(event, events.Rep) else event.done for event in sets] == [1, 2, 3, {"": 3}] * 2
    assert isinstance(happened[-1], events.SessionFinished)
    assert happened[-1].status == "completed"


def moments(settings: Settings) -> list[Moment]:
    """What is said in a workout with these settings, and when."""
    found: list[Moment] = [
        ("let's go", lambda here: here.mode is Mode.SETTLING),
        ("pause", lambda here: here.mode is Mode.WORK and (here.self_paced or here.standing.done[0] == 1)),
        ("carry on", lambda here: here.mode is Mode.PAUSED),
        ("i'm done", lambda here: here.self_paced),
        ("how many left", lambda here: here.mode is Mode.REST),
        ("skip the rest", lambda here: here.mode is Mode.REST),
        ("i'm done", lambda here: here.self_paced),
        ("five", lambda here: here.mode is Mode.CLOSING and here.speaking is not None),
    ]
    left_out = {"i'm done"} if settings.pacing == "coach" else set()
    left_out |= set() if settings.ask_effort else {"five"}
    left_out |= {"let's go"} if settings.settle == 1 else set()
    return [moment for moment in found if moment[0] not in left_out]


def test_at_ones_own_pace_reps_are_counted_by_the_athlete() -> None:
    said = [
        Utterance(14, say="let's go"), Utterance(26, say="let's go"), Utterance(38, say="let's go"),
        *(Utterance(48 + 4 * n, say=word) for n, word in enumerate(("one", "two", "three"))),
        Utterance(64, say="done"), Utterance(76, say="end workout"), Utterance(82, say="yes"),
    ]  # fmt: skip
    happened: list[Event] = []
    render(Studio(Settings(pacing="self")), squats(), Scene(spoken(said)), following=Following(sinks=[happened.append]))
    assert [event.n for event in happened if isinstance(event, events.Rep)] == [1, 2, 3]
    first = next(event for event in happened if isinstance(event, events.SetFinished))
    assert (first.done, first.why) == ({"": 3}, "done")


def test_with_a_wake_phrase_nothing_but_stop_counts_without_it() -> None:
    said = [Utterance(at, say=words) for at, words in ((14, "let's go"), (22, "next exercise"), (30, "stop"))]
    happened: list[Event] = []
    render(
        Studio(Settings(wake="hey coach")), squats(), Scene(spoken(said)), following=Following(sinks=[happened.append])
    )
    assert [event.command for event in happened if isinstance(event, events.CommandGiven)] == ["pause"]
