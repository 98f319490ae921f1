"""Something else: for the same muscles, with what there is, in place of this exercise, and back with "undo"."""

from __future__ import annotations

import pytest

from coach.own import paths
from coach.routine.library import Library
from coach.session import events
from coach.session.modes import Manner, Mode
from coach.session.plan import make_plan
from tests.session.workouts import Watched

LIBRARY = Library([paths.routines()])


def doing(routine: str, exercise: str = "", manner: Manner | None = None) -> Watched:
    """In the first set of an exercise, after its third rep."""
    watched = Watched(make_plan(LIBRARY.routine(routine)), manner)
    while exercise and watched.session.standing.variant.name != exercise:
        watched.run(10).say("next").run(1)
    return watched.until(events.Rep, n=3).run(0.5)


def test_it_is_another_exercise_for_the_same_muscles_told_in_full_in_place_of_this_one() -> None:
    watched = doing("hotel-room")
    at = watched.clock
    watched.say("something else").until(events.SetStarted)
    here = watched.session.standing
    assert {*here.slot.family.muscles} & {*LIBRARY.families["squat"].muscles}
    assert here.variant.family not in {"squat", "glute kickback", "glute bridge", "clamshell"}
    said = watched.lines()
    named = next(place for place, line in enumerate(said) if line.startswith(f"Instead: {here.variant.name}"))
    assert said.index(here.variant.setup[-1]) > named
    assert watched.clock - at > 20, "there is time to get there"
    (swap,) = watched.events(events.VariantChanged)
    assert (swap.from_, swap.to, swap.why) == ("banded squat", here.variant.name, "replaced")


def test_what_was_done_stays_done_and_the_sets_are_as_many() -> None:
    watched = doing("hotel-room").say("something else").run()
    first, second, *_ = watched.events(events.SetFinished)
    assert (first.exercise, first.done, first.why) == ("banded squat", {"": 3}, "skipped")
    assert (second.slot, second.set, second.of) == (0, 2, 2)
    assert watched.events(events.SessionFinished)[0].status == "completed"
    assert len(watched.events(events.SetFinished)) == 8


def test_a_set_of_which_nothing_was_done_is_done_with_the_other_exercise() -> None:
    watched = Watched(make_plan(LIBRARY.routine("hotel-room"))).until(events.SetFinished).until(events.SetStarted)
    watched.run(1).say("something else").until(events.SetStarted)
    begun = watched.events(events.SetStarted)[-1]
    assert (begun.set, begun.of, begun.index) == (2, 2, 1)
    assert len(watched.events(events.SetFinished)) == 1
    watched.say("undo").run(1)
    assert watched.events(events.Undone)[-1].reopened is None


def test_in_an_exercises_only_set_there_is_one_more() -> None:
    watched = doing("no-band").say("something else").run(1)
    here = watched.session.standing
    assert (here.index, here.set.set, here.set.of) == (1, 2, 2)


def test_what_the_athlete_has_beside_the_workouts_equipment_is_used_too() -> None:
    lines = []
    for kit in ((), ("mini band", "long band", "chair")):
        watched = doing("accessory-bands", "banded clamshell", Manner(kit=kit))
        watched.say("something else").run(1).say("something else").run(6)
        lines.append(any(line.startswith("Instead: banded glute kickback") for line in watched.lines()))
    assert lines == [False, True]


def test_undo_brings_the_exercise_back_where_it_was() -> None:
    watched = doing("hotel-room").say("something else").run(5).say("undo")
    watched.until(events.Rep, n=4)
    assert watched.session.standing.variant.name == "banded squat"
    assert "Undone. Back to banded squat." in watched.lines()


def test_what_was_declined_does_not_come_back_until_nothing_is_left() -> None:
    watched = doing("beginner-bands")
    seen = [watched.session.standing.variant.family]
    for _ in range(12):
        watched.say("something else").run(2)
        seen.append(watched.session.standing.variant.family)
    kinds = list(dict.fromkeys(seen))
    assert seen[: len(kinds)] == kinds
    assert 'I know nothing else for these muscles here. Say "easier" or "next" instead.' in watched.lines()


@pytest.mark.parametrize("name", [listing.slug for listing in LIBRARY.routines()])
def test_it_takes_no_more_than_there_is_and_is_no_harder(name: str) -> None:
    plan = make_plan(LIBRARY.routine(name))
    lying = {"lying", "kneeling", "on your"}
    floor = any(slot.family.variants[slot.choice.rung].position.startswith(tuple(lying)) for slot in plan.slots)
    for slot in plan.slots:
        watched = Watched(plan).run(1)
        while watched.session.standing.set.slot < slot.number:
            watched.say("next").run(1)
        before = watched.session.standing.variant
        watched.say("something else").run(1)
        now = watched.session.standing.variant
        assert now.equipment in {"none", *plan.equipment}
        assert floor or not now.position.startswith(tuple(lying))
        assert now.name == before.name or now.rung <= watched.session.standing.slot.family.standard
        if before.rung == 0 and now.name != before.name:
            assert now.rung < watched.session.standing.slot.family.standard


def test_who_has_no_wall_gets_what_needs_none_and_a_chair_does_for_either() -> None:
    walk = Watched(make_plan(LIBRARY.routine("lower-body-bands"))).run(1).say("i have no wall").run(1)
    assert not any("wall" in need for need in walk.session.standing.variant.needs)
    kick = Watched(make_plan(LIBRARY.routine("prerun-warmup"))).run(1).say("i have no wall").run(4)
    assert "A chair does as well." in kick.lines()
    kick.say("i have no chair").run(8)
    assert "A wall does as well." not in kick.lines()
    assert not any("wall" in need or "chair" in need for need in kick.session.standing.variant.needs)
    squat = doing("hotel-room").say("i have no wall").run(4)
    assert "This one needs no wall." in squat.lines()


def test_in_a_rest_it_is_the_next_exercise_and_the_rest_goes_on() -> None:
    watched = Watched(make_plan(LIBRARY.routine("hotel-room")))
    watched.until(events.SetFinished, index=1).run(9).say("something else").run(1)
    assert watched.session.mode is Mode.REST
    assert watched.lines()[-1].startswith("Instead: ")
    watched.until(events.SetStarted)
    assert watched.events(events.SetStarted)[-1].exercise == watched.session.standing.variant.name
    assert watched.events(events.SetStarted)[-1].family != "glute kickback"


@pytest.mark.parametrize("routine", ["hotel-room", "no-band", "prerun-warmup", "accessory-bands", "beginner-bands"])
def test_what_is_unlike_comes_after_all_that_is_like_and_never_for_a_lesser_muscle_alone(routine: str) -> None:
    watched = Watched(make_plan(LIBRARY.routine(routine)), Manner(kit=("mini band", "long band", "chair", "wall")))
    watched.until(events.ExerciseStarted)
    seen = []
    for _ in range(12):
        watched.say("something else").run(2)
        seen.append(watched.session.standing.variant.family)
    arms, trunk = {"band row", "band pull-apart"}, {"plank"}
    kinds = list(dict.fromkeys(seen))
    assert not arms & {*kinds}, "they have nothing but the belly in common with legs"
    assert not trunk & {*kinds[:-1]}


def test_a_band_is_not_said_to_be_where_it_was_not_yet_put() -> None:
    watched = doing("hotel-room").say("something else").run(3).say("undo").until(events.Rep, n=4)
    told = watched.lines()[watched.lines().index("Undone. Back to banded squat.") :]
    assert not any("The band moves" in line for line in told)
    assert "Loop the band around both thighs, just above your knees." in told
