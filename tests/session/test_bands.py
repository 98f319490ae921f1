"""Bands of several strengths: told, changed by voice, kept, and a step of progress between two variants."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.language.commands import Command
from coach.own import paths
from coach.routine.library import Library
from coach.session import events
from coach.session.bands import Bands
from coach.session.modes import Manner
from coach.session.plan import make_plan
from coach.session.progression import Advice, DoneSet, Result, choose_all
from tests.session.workouts import Watched, plan

LIBRARY = Library([paths.routines()])
THREE = Bands.written({"mini band": "yellow, green,  dark blue", "long band": "red"})


@pytest.fixture
def three() -> Watched:
    return Watched(plan(), Manner(bands=THREE))


def test_a_list_with_commas_names_them_and_one_alone_is_nothing_to_ask_about() -> None:
    assert THREE.of == {"mini band": ("yellow", "green", "dark blue")}
    assert (THREE.beside("mini band", "green", 1), THREE.beside("mini band", "dark blue", 1)) == ("dark blue", "")
    assert (THREE.chosen("mini band", ""), THREE.chosen("long band", "red")) == ("yellow", "")


def test_the_band_is_told_with_the_set_up_and_what_one_needs(three: Watched) -> None:
    three.until(events.SetStarted)
    lines = three.lines()
    assert "You need: yellow mini band and room to lie down." in lines
    assert lines.index("Take your yellow mini band.") + 1 == lines.index("Stand tall.")
    assert three.events(events.SetStarted)[0].band == "yellow"


def test_nothing_is_said_of_bands_to_somebody_with_one() -> None:
    watched = Watched(plan()).until(events.SetStarted)
    assert not any("Take your" in line for line in watched.lines())
    assert watched.events(events.SetStarted)[0].band is None


def test_heavier_in_a_set_leaves_the_time_to_change_and_keeps_the_place(three: Watched) -> None:
    three.until(events.Rep, n=3).run(1).say("heavier band")
    at = three.clock
    three.until(events.Rep, n=4)
    said = [line for line in three.lines() if line][-5:]
    assert said == [
        "Change to your green mini band.",
        "Three reps to go.",
        "Ready when you are, or in fifteen seconds.",
        "Right leg.",
        "four",
    ]
    assert three.clock - at > 15
    assert [(e.to, e.why) for e in three.events(events.BandChanged)] == [("green", "heavier")]
    three.until(events.SetFinished)
    assert three.events(events.SetFinished)[0].band == "green"


@pytest.mark.parametrize(
    ("words", "taken", "to"), [("it's too heavy", 1, "yellow"), ("it's too light", 1, "dark blue")]
)
def test_a_load_that_is_wrong_is_another_band(three: Watched, words: str, taken: int, to: str) -> None:
    three.until(events.Rep, n=2).give(Command.BAND, taken).run(3).say(words).run(2)
    assert [e.to for e in three.events(events.BandChanged)] == ["green", to]
    assert f"Change to your {to} mini band." in three.lines()
    assert not three.events(events.VariantChanged)
    three.say("undo").run(3)
    assert three.session.band == "green"


@pytest.mark.parametrize(
    ("words", "to"), [("it's too heavy", "bodyweight kickback"), ("it's too light", "slow kickback")]
)
@pytest.mark.parametrize("band", ["none known", "the last of them", "in pain"])
def test_where_no_other_band_helps_it_is_another_variant(words: str, to: str, band: str) -> None:
    watched = Watched(plan(), Manner() if band == "none known" else Manner(bands=THREE)).until(events.Rep, n=2)
    watched.give(Command.BAND, 2 if words.endswith("light") else 0).run(3)
    if band == "in pain":
        watched.give(Command.BAND, 1).run(3).say("it hurts").run(3)
        to = "bodyweight kickback" if to.startswith("body") else "banded kickback"
    watched.say(words).run(5)
    assert watched.session.standing.variant.name == to
    assert all(e.why == "took" for e in watched.events(events.BandChanged))


def test_a_load_that_was_too_heavy_is_about_what_was_done_until_the_next_is_named(three: Watched) -> None:
    three.until(events.SetFinished, set=2).run(1).say("it's too heavy").run(4)
    assert "Easier next time: bodyweight kickback." in three.lines()


def test_undo_gives_the_band_back(three: Watched) -> None:
    three.until(events.Rep, n=3).run(1).say("heavier band").run(3).say("undo").run(3)
    assert three.session.band == "yellow"
    assert [(e.to, e.why) for e in three.events(events.BandChanged)] == [("green", "heavier"), ("yellow", "undo")]


def test_the_lightest_and_the_heaviest_are_called_so(three: Watched) -> None:
    three.until(events.RestStarted).run(8).say("lighter band").run(4)
    assert three.lines()[-1] == "This is your lightest band."
    three.say("heavier band").run(4).say("heavier band").run(4).say("heavier band").run(1)
    assert three.lines()[-1] == "This is your heaviest band."


def test_which_band_was_taken_is_noted_and_the_count_goes_on(three: Watched) -> None:
    three.until(events.Rep, n=2).run(0.5).give(Command.BAND, 2).run(3)
    assert three.session.band == "dark blue"
    assert "Your dark blue mini band, then." in three.lines()
    three.until(events.SetFinished)
    assert [rep.n for rep in three.events(events.Rep)] == [1, 2, 3, 4, 5, 6] * 2


def test_without_a_band_or_with_one_alone_it_says_so() -> None:
    one = Watched(plan()).until(events.Rep, n=3).run(1).say("heavier band").run(6)
    assert "I know of one band only. You can name yours in the settings." in one.lines()
    bare = Watched(plan(), Manner(bands=THREE)).until(events.RestStarted).run(4).say("easier").run(4)
    bare.say("heavier band").run(4)
    assert "There's no band in this one." in bare.lines()


def test_a_band_that_is_on_stays_and_another_strength_is_changed_to() -> None:
    made = make_plan(LIBRARY.routine("hotel-room"))
    choices = {slot.number: slot.choice for slot in made.slots}
    choices[2] = replace(choices[2], band="green")
    lines = Watched(make_plan(made.routine, choices), Manner(bands=THREE)).run().lines()
    assert lines.count("Take your yellow mini band.") == 1
    assert lines.count("Change to your green mini band.") == 1
    assert lines.count("Change to your yellow mini band.") == 1
    assert lines.count("The band stays where it is.") == 1


# --- Progress ---------------------------------------------------------------------------------------------------------


def next_time(*, band: str, bands: Bands = THREE, effort: int = 5, why: str = "completed") -> Advice:
    """The squat of the hotel room after two alike workouts at the top of its range."""
    least = 12 if why == "completed" else 4
    result = Result(
        routine="hotel-room",
        slot=0,
        began="banded squat",
        ended="banded squat",
        sets=2,
        amount=12,
        done=(DoneSet(12, least, 2, why),) * 2,
        effort=effort,
        band=band,
    )
    return choose_all(LIBRARY.routine("hotel-room"), {"squat": [result, result]}, bands)[0]


def test_twice_at_the_top_and_easy_brings_the_heavier_band_at_the_low_end() -> None:
    choice = next_time(band="yellow")
    assert (choice.rung, choice.sets, choice.amount, choice.band) == (2, 2, 8, "green")
    assert (choice.why, choice.fields["band"]) == ("progression.heavier_band", "green mini band")


def test_after_the_heaviest_band_comes_the_next_variant_with_the_lightest() -> None:
    choice = next_time(band="dark blue")
    assert (choice.rung, choice.amount, choice.band) == (3, 8, "")
    assert next_time(band="", bands=Bands()).rung == 3


def test_hard_is_answered_with_the_band_that_stays_until_reps_and_sets_are_low() -> None:
    choice = next_time(band="green", why="done")
    assert (choice.rung, choice.amount, choice.band) == (2, 10, "green")


def test_a_band_that_is_not_there_any_more_is_the_lightest() -> None:
    choice = next_time(band="purple", effort=8)
    watched = Watched(make_plan(LIBRARY.routine("hotel-room"), {0: choice}), Manner(bands=THREE)).run(1)
    assert watched.session.band == "yellow"
