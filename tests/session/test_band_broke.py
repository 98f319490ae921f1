"""The band broke, and there is no other: on without it, here and in what comes later."""

from __future__ import annotations

import pytest

from coach.own import paths
from coach.routine.library import Library
from coach.session import events
from coach.session.modes import Manner, Mode
from coach.session.plan import make_plan
from tests.session.workouts import Watched, plan, spoken, work

LIBRARY = Library([paths.routines()])


def broken(routine: str, exercise: str = "") -> Watched:
    """After three reps of an exercise, its first where none is named; told what can be done."""
    watched = Watched(make_plan(LIBRARY.routine(routine)), Manner())
    while exercise and watched.session.standing.variant.name != exercise:
        watched.run(10).say("next").run(1)
    return watched.until(events.Rep, n=3).run(0.5).say("my band broke").run(16)


def told(watched: Watched, since: float) -> list[str]:
    return [line.text for line in spoken(watched.out) if line.at > since]


@pytest.mark.parametrize(
    ("routine", "exercise", "way"),
    [
        ("accessory-bands", "", "easier"),
        ("beginner-bands", "", "easier"),
        ("lower-body-bands", "", "easier"),
    ],
)
def test_who_has_no_other_band_is_offered_what_needs_none_and_goes_on_at_once(
    routine: str, exercise: str, way: str
) -> None:
    watched = broken(routine, exercise)
    assert f'With none, "{way}" does without.' in watched.lines()[-1]
    at = watched.clock
    watched.say(way).until(events.Rep, n=4)
    assert watched.session.standing.variant.equipment == "none"
    assert watched.clock - at < 60
    assert [swap.why for swap in watched.events(events.VariantChanged)] == ["replaced"] * len(
        watched.events(events.VariantChanged)
    )


def test_what_comes_later_goes_without_it_too_and_that_is_said() -> None:
    watched = broken("accessory-bands").say("easier").run(30)
    assert "What comes later goes without it too." in watched.lines()
    here = watched.session.standing
    assert "mini band" not in {here.variant_of(slot).equipment for slot in here.to_come}
    watched.say("next").run(2)
    assert watched.session.standing.variant.equipment == "none"


@pytest.mark.parametrize("way", ["next", "something else"])
def test_whichever_way_is_taken_no_torn_band_is_asked_for(way: str) -> None:
    watched = broken("accessory-bands")
    at = watched.clock
    watched.say(way).until(events.SetStarted)
    assert watched.session.standing.variant.equipment == "none"
    assert not any("band" in text and "Slip" not in text for text in told(watched, at) if "later" not in text)


def test_with_another_one_on_it_goes_on_as_before() -> None:
    watched = broken("accessory-bands").say("resume").until(events.Rep, n=4)
    assert watched.session.standing.variant.name == "banded glute bridge"
    watched.run(3).say("easier").run(4)
    assert watched.events(events.VariantChanged)[-1].why == "easier"


def test_whom_it_hit_is_given_what_needs_none_too() -> None:
    watched = broken("beginner-bands").say("it hurts").run(6).say("easier").until(events.Rep, n=4)
    assert watched.session.standing.variant.equipment == "none"
    assert watched.events(events.VariantChanged)[-1].why == "hurts"


def test_undo_after_more_was_done_gives_the_band_back_here_and_later() -> None:
    watched = broken("accessory-bands").say("easier").until(events.Rep, n=5).run(0.5)
    at = watched.clock
    watched.say("undo").until(events.Rep, n=6)
    assert told(watched, at)[0] == "Undone. Back to banded glute bridge."
    here = watched.session.standing
    assert "mini band" in {here.variant_of(slot).equipment for slot in here.to_come[1:]}


def test_undo_gives_the_band_back_everywhere() -> None:
    watched = broken("accessory-bands").say("easier").run(3).say("undo").run(4)
    here = watched.session.standing
    assert here.variant.name == "banded glute bridge"
    assert "mini band" in {here.variant_of(slot).equipment for slot in here.to_come}
    assert not here.missing
    assert watched.session.mode is Mode.PAUSED


def test_a_rest_made_long_is_told_to_be_over_soon() -> None:
    watched = Watched(plan(work("kickback"))).until(events.RestStarted).run(3).say("more rest").run(3).say("more rest")
    watched.until(events.SetStarted)
    begins = watched.clock
    (said,) = [line.at for line in spoken(watched.out) if line.text == "Ten seconds."]
    assert begins - said == pytest.approx(10, abs=1)
