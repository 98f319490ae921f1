"""Nobody is counted in before they have been told what to do, and have had the time to do it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.language.commands import Command, Order
from coach.own import paths
from coach.routine.library import Library
from coach.routine.model import Circuit, Family, Range, Routine, Work
from coach.session import events
from coach.session.modes import Manner
from coach.session.orders import obey
from coach.session.plan import SWITCH_SECONDS, make_plan
from tests.session.test_cases import routine as case
from tests.session.test_cases import work as work_of
from tests.session.workouts import BRIDGE, KICKBACK, Watched, measure, plan, spoken, variant, work

CLAMSHELL = Family(
    "clamshell",
    (
        variant(
            "clamshell",
            "clamshell",
            0,
            equipment="none",
            setup=("Lie on your left side.",),
            sides=("right leg", "left leg"),
            switch="Roll over onto your other side.",
            position="lying on your side",
        ),
        variant(
            "banded clamshell",
            "clamshell",
            1,
            setup=("Loop the band above your knees.", "Lie on your left side."),
            sides=("right leg", "left leg"),
            switch="Roll over onto your other side.",
            position="lying on your side",
        ),
    ),
    standard=1,
)
ROW = Family(
    "row",
    (
        variant("seated row", "row", 0, equipment="long band", band="around the feet", setup=("Sit tall.",)),
        variant("plain row", "row", 1, equipment="none", band="", setup=("Sit tall.",)),
        variant("long row", "row", 2, equipment="long band", band="in both hands", setup=("Sit tall.",)),
    ),
    standard=2,
)


def of(*families: Family) -> list[Work]:
    return [replace(work("kickback", 2, 4), family=family.name, rung=family.standard, rest=30.0) for family in families]


def lying(manner: Manner | None = None) -> Watched:
    routine = Routine("t", "T", tuple(of(CLAMSHELL)), {"clamshell": CLAMSHELL})
    return Watched(make_plan(routine), manner)


def after(watched: Watched, at: float) -> list[str]:
    return [line.text for line in spoken(watched.out) if line.at >= at]


def test_each_set_and_its_side_are_announced_before_it_begins() -> None:
    watched = Watched(plan()).until(events.RestStarted)
    at = watched.clock
    watched.until(events.Rep, n=1)
    assert after(watched, at)[-3:] == ["Last set.", "Right leg.", "one"]


def test_that_a_set_is_the_last_is_said_before_it() -> None:
    watched = Watched(plan()).until(events.RestStarted).run(10)
    assert "Then the last set." in watched.lines()
    watched = Watched(plan(work("kickback", 3))).until(events.RestStarted).run(10)
    assert "Then set two of three." in watched.lines()


def test_who_has_turned_over_is_told_to_turn_back_and_has_the_time_within_the_rest() -> None:
    watched = lying().until(events.RestStarted)
    at = watched.clock
    watched.until(events.SetStarted)
    told = next(line for line in spoken(watched.out) if line.at > at and line.text.startswith("Roll over"))
    first = watched.events(events.SetStarted)[-1].at
    assert first - told.at >= 8
    assert first - watched.events(events.RestStarted)[-1].at == 30
    assert after(watched, told.at) == ["Roll over onto your other side.", "Right leg."]


def test_who_never_turned_over_is_not_told_to() -> None:
    watched = lying().until(events.Rep, n=2).say("done").until(events.RestStarted)
    at = watched.clock
    watched.until(events.Rep, n=1)
    assert not [text for text in after(watched, at) if text.startswith("Roll over")]


def test_a_count_in_after_an_interruption_has_no_numbers_in_it() -> None:
    watched = Watched(plan()).until(events.Rep, n=3, side=None).run(0.5).say("pause").run(5)
    at = watched.clock
    watched.say("resume").until(events.Rep, n=4)
    assert after(watched, at) == ["And on.", "four"]


def test_an_easier_variant_without_the_band_starts_when_the_band_is_off() -> None:
    watched = lying().until(events.Rep, n=2).run(1)
    at = watched.clock
    watched.say("easier").until(events.Rep, n=3)
    assert after(watched, at) == [
        "Easier: clamshell.",
        "Slip the band off.",
        "Two reps to go.",
        "Ready when you are, or in fifteen seconds.",
        "Right leg.",
        "three",
    ]


@pytest.mark.parametrize("on_hold", [True, False])
def test_who_goes_down_two_rungs_at_once_still_slips_the_band_off(on_hold: bool) -> None:
    lowest = replace(CLAMSHELL.variants[0], name="small clamshell", move="Open the knees a little.")
    family = Family("clamshell", (lowest, *(replace(v, rung=v.rung + 1) for v in CLAMSHELL.variants)), standard=2)
    watched = Watched(make_plan(Routine("t", "T", tuple(of(family)), {"clamshell": family})))
    watched.until(events.Rep, n=2).run(1)
    at = watched.clock
    for words in ("pause", "easier", "easier", "resume") if on_hold else ("easier", "easier"):
        watched.say(words).run(0.6)
    watched.until(events.Rep, n=3)
    assert "Slip the band off." in after(watched, at)


def test_ready_cuts_that_time_short_and_the_set_goes_on_where_it_was() -> None:
    watched = lying(Manner(settle=0)).run(60).say("ready").until(events.Rep, n=2).run(1).say("easier").run(60)
    assert [rep.n for rep in watched.events(events.Rep)] == [1, 2]
    watched.say("ready").until(events.Rep, n=4)
    assert [rep.n for rep in watched.events(events.Rep)] == [1, 2, 3, 4]


def test_another_tempo_goes_on_at_once() -> None:
    watched = Watched(plan()).until(events.Rep, n=3).run(1).say("harder")
    at = watched.clock
    watched.until(events.Rep, n=4)
    assert after(watched, at) == ["Harder: slow kickback.", "Three reps to go, right leg.", "four"]


def test_what_is_left_of_a_hold_is_told_in_seconds() -> None:
    watched = Watched(plan(work("bridge"))).until(events.Rep, n=3).run(0.5).say("harder").run(8)
    assert "Ten seconds to go." in watched.lines()


def test_in_a_rest_the_new_set_up_comes_before_the_count_in() -> None:
    watched = lying().until(events.RestStarted).run(3).say("easier")
    at = watched.clock
    watched.until(events.Rep, n=1)
    said = after(watched, at)
    assert said.index("Lie on your left side.") < said.index("Right leg.") < said.index("one")
    assert any("in fifteen seconds" in line for line in said)


def test_during_a_change_of_sides_the_change_is_finished() -> None:
    watched = lying().until(events.SideChanged).run(0.5)
    at = watched.clock
    watched.say("easier").until(events.Rep, n=1, side="left leg")
    said = after(watched, at)
    assert said.index("Roll over onto your other side.") < said.index("Left leg.") < said.index("one")


def test_a_band_that_is_held_is_put_aside_not_slipped_off() -> None:
    routine = Routine("t", "T", tuple(of(ROW)), {"row": ROW})
    watched = Watched(make_plan(routine)).until(events.Rep, n=2).run(1).say("easier").run(6)
    assert "Put the band aside." in watched.lines()


def test_an_exercise_that_comes_again_in_a_circuit_leaves_time_to_get_there() -> None:
    blocks = (Circuit(Range(2, 2), 2.0, (work("kickback", 1, 2, rest_after=2.0), work("bridge", 1, 3))),)
    watched = Watched(make_plan(Routine("c", "C", blocks, {"kickback": KICKBACK, "bridge": BRIDGE})))
    watched.until(events.SetStarted, family="kickback", set=2)
    named = next(line for line in reversed(spoken(watched.out)) if line.text.startswith("Next: banded kickback"))
    start = watched.events(events.SetStarted)[-1].at
    assert start - (named.at + measure(named.text, named.pace)) >= 8


def test_on_the_other_side_left_and_right_are_the_other_way_round() -> None:
    watched = lying().until(events.Rep, n=2, side="left leg").say("explain").run(4)
    assert "Lie on your right side." in watched.lines()
    watched = lying().until(events.Rep, n=2, side="right leg").say("explain").run(4)
    assert watched.lines()[-1] == "Lie on your left side."


def test_a_question_does_not_stop_the_clock_of_a_hold() -> None:
    hold = replace(work("bridge", 1, 20), rung=1, unit="second")
    watched = Watched(plan(hold)).until(events.HoldSecond, n=3).run(0.4).say("explain")
    watched.until(events.HoldSecond, n=20)
    seconds = watched.events(events.HoldSecond)
    assert "The usual mistake: arching the back." in watched.lines()
    assert [second.n for second in seconds] == list(range(1, 21))
    assert seconds[-1].at - seconds[0].at == pytest.approx(19)


def test_more_rest_is_given_as_late_as_in_the_count_in() -> None:
    watched = Watched(plan()).until(events.RestStarted).until_line("Last set.").run(0.2).say("more rest")
    at = watched.clock
    watched.until(events.SetStarted)
    assert "Thirty seconds more." in watched.lines()
    assert watched.clock - at == pytest.approx(34, abs=1.5)


def test_too_hard_in_a_rest_is_about_what_was_done_until_the_next_is_named() -> None:
    watched = Watched(plan()).until(events.SetFinished, index=1).run(1).say("too hard").run(3)
    assert [e.family for e in watched.events(events.VariantChanged)] == ["kickback"]
    assert "Easier next time: bodyweight kickback." in watched.lines()
    watched = Watched(plan()).until(events.SetFinished, index=1).run(12).say("too easy").run(3)
    assert [e.family for e in watched.events(events.VariantChanged)] == ["bridge"]


def test_a_rest_before_another_exercise_is_as_long_as_was_said() -> None:
    watched = Watched(plan()).until(events.SetFinished, index=1).until(events.SetStarted, family="bridge")
    rest = watched.events(events.RestStarted)[1]
    assert watched.events(events.SetStarted)[2].at - rest.at == pytest.approx(rest.seconds)
    assert rest.planned == 30
    assert f"Rest, {watched.english.duration(rest.seconds)}." in watched.lines()


def test_how_long_a_rest_has_left_is_told_to_the_first_rep() -> None:
    watched = Watched(plan()).until(events.RestStarted).run(6)
    at = watched.clock
    left = watched.session.rest_left(at)
    watched.until(events.SetStarted)
    assert watched.events(events.SetStarted)[-1].at - at == pytest.approx(left)


@pytest.mark.parametrize(("later", "cut"), [(1e-7, False), (0.3, False), (0.6, True)])
def test_ready_cuts_a_change_of_sides_short_only_for_who_can_know_of_it(later: float, cut: bool) -> None:
    watched = Watched(plan()).until(events.SideChanged)
    turned = watched.events(events.SideChanged)[0].at
    watched.clock = turned + later
    watched.out += watched.session.advance(watched.clock)
    watched.say("ready").until(events.Rep, side="left leg")
    begun = watched.events(events.Rep)[-1].at - 4
    assert (begun - turned < SWITCH_SECONDS - 0.01) == cut


def test_a_ready_that_began_before_the_change_of_sides_is_not_about_it() -> None:
    watched = Watched(plan()).until(events.SideChanged).run(0.7)
    turned = watched.events(events.SideChanged)[0].at
    obey(watched.session, Order(Command.READY), watched.clock, began=turned - 0.1)
    watched.until(events.Rep, side="left leg")
    assert watched.events(events.Rep)[-1].at - 4 - turned >= SWITCH_SECONDS - 0.01


def test_nobody_is_waited_for_to_turn_round_for_an_exercise_without_sides() -> None:
    library = Library([paths.routines()])
    families = (library.families[name] for name in ("monster walk", "squat", "clamshell"))
    blocks = tuple(Work(f.name, f.standard, Range(2, 2), Range(4, 4), "rep", 20, 20) for f in families)
    watched = Watched(make_plan(Routine("walk", "Walk", blocks, library.families, library=library.families)))
    watched.until(events.ExerciseStarted).run(3).say("other side").run(3).say("i have no wall")
    watched.until(events.SetStarted)
    bridge = watched.session.standing.variant
    assert not bridge.sides
    assert watched.session.script.on_floor(bridge)
    said = spoken(watched.out)
    place = max(place for place, say in enumerate(said) if "fifteen seconds" in say.text)
    told = said[place].at + measure(said[place].text, said[place].pace)
    assert said[place + 1].at - told == pytest.approx(15, abs=0.2)


def test_easier_in_a_change_of_sides_tells_the_side_to_lie_on_once() -> None:
    watched = Watched(make_plan(case(work_of("banded clamshell", 1, 3, 20))))
    watched.run(3).say("ready").until(events.SideChanged).run(1).say("easier").until(events.Rep)
    lines = watched.lines()
    assert "Sit sideways to a wall, then lie on your right side with your back against it." in lines
    assert not any("other side" in line for line in lines[lines.index("Easier: banded clamshell against a wall.") :])


def test_who_takes_back_several_exercises_is_told_how_to_stand_for_the_first() -> None:
    watched = Watched(make_plan(case(work_of("banded donkey kick", 1, 6, 20), work_of("banded squat", 1, 6, 20))))
    watched.run(3).say("ready").until(events.Rep, n=2).say("next").run(8).say("back").run(4).say("something else")
    watched.run(6).say("ready").until(events.Rep).say("undo").run(3).say("undo").run(3).say("undo")
    undone = watched.clock
    watched.until(events.Rep, n=3)
    assert watched.session.standing.variant.name == "banded donkey kick"
    told = [say.text for say in spoken(watched.out) if say.at > undone]
    assert any("your hands and knees" in line.lower() for line in told), told
    assert watched.clock - undone > 15


def test_a_band_taken_off_before_the_set_goes_on_again_when_that_is_taken_back_in_it() -> None:
    watched = Watched(make_plan(case(work_of("banded glute bridge", 1, 8, 20))))
    watched.until(events.ExerciseStarted).run(0.5).say("easier").until(events.Rep, n=2).say("undo")
    watched.until(events.Rep, n=3)
    lines = watched.lines()
    told = lines[lines.index("Undone. Back to banded glute bridge.") :]
    assert "Loop the band around both thighs, just above your knees." in told


def standing_in(routine: str) -> Watched:
    """In the first set of one of the coach's own workouts, three reps done."""
    return Watched(make_plan(Library([paths.routines()]).routine(routine))).until(events.Rep, n=3).run(1)


def test_the_band_of_an_exercise_that_was_told_and_left_out_is_where_that_had_it() -> None:
    watched = standing_in("beginner-bands").say("next")
    watched.until_line("Ready when you are, or in fifteen seconds.").run(3).say("next").run(3)
    watched.until_line("Ready when you are, or in fifteen seconds.")
    told = watched.lines()[watched.lines().index("Next: banded glute bridge. Twelve reps.") :]
    assert told[1] == "The band moves from around the calves to above the knees."


def test_who_left_an_exercise_in_the_middle_of_its_set_up_is_told_all_of_the_next() -> None:
    watched = standing_in("beginner-bands").say("next").until_line("Feet under your hips, toes forward.").run(1)
    watched.say("next").until_line("Ready when you are, or in fifteen seconds.")
    told = watched.lines()[watched.lines().index("Next: banded glute bridge. Twelve reps.") :]
    assert "The band stays where it is." not in told
    assert "Loop the band around both thighs, just above your knees." in told


@pytest.mark.parametrize("order", ["undo", "back"])
@pytest.mark.parametrize("line", ["Lie on your left side.", "Ready when you are, or in fifteen seconds."])
def test_who_was_told_to_lie_otherwise_is_told_how_to_come_back_and_has_time_to(order: str, line: str) -> None:
    watched = standing_in("accessory-bands").say("next").until_line(line).run(1)
    at = watched.clock
    watched.say(order).until(events.Rep)
    told = [say.text for say in spoken(watched.out) if say.at > at]
    assert any(text.startswith("Lying on your back") for text in told)
    assert watched.clock - at > 15


def test_who_has_only_heard_the_name_of_another_goes_on_at_once() -> None:
    watched = standing_in("accessory-bands").say("next").run(2).say("undo")
    at = watched.clock
    watched.until(events.Rep, n=4)
    assert watched.clock - at < 15


def test_a_rest_that_is_given_back_tells_who_was_told_to_lie_otherwise_how_to_come_back() -> None:
    watched = standing_in("accessory-bands").until(events.RestStarted).run(4).say("next")
    watched.until_line("Lie on your left side.").run(1)
    at = watched.clock
    watched.say("undo").until(events.SetStarted)
    told = [say.text for say in spoken(watched.out) if say.at > at]
    assert any(text.startswith("Lying on your back") for text in told)
    assert watched.session.standing.index == 1
