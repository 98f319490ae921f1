"""What is said before a set: in full the first time, ever less later, and at once for who is ready at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coach.own import paths
from coach.routine.library import Library
from coach.routine.loading import load_routine
from coach.routine.model import Range, Routine, Work
from coach.session import events
from coach.session.bands import Bands
from coach.session.modes import Manner
from coach.session.plan import Plan, make_plan
from tests.session.test_cases import KICKBACK, SQUAT, routine, work
from tests.session.workouts import Watched, plan, spoken
from tools.first_rep import AT_ONCE, seconds_to_first_rep

LIBRARY = Library([paths.routines()])
SHIPPED = [listing.slug for listing in LIBRARY.routines()]


def done_before(times: int, shipped: str = "") -> Plan:
    """The small workout, or a shipped one, by somebody who has done all of it so often."""
    made = make_plan(LIBRARY.routine(shipped)) if shipped else plan()
    return make_plan(made.routine, {slot.number: replace(slot.choice, times=times) for slot in made.slots})


def before_the_first_rep(plan: Plan) -> list[str]:
    watched = Watched(plan)
    watched.until(events.SetStarted)
    return watched.lines()


@pytest.mark.parametrize("times", [0, 1, 4])
@pytest.mark.parametrize("name", SHIPPED)
def test_who_is_ready_at_once_begins_within_twenty_seconds(name: str, times: int) -> None:
    assert AT_ONCE < seconds_to_first_rep(LIBRARY.routine(name), times) <= 20


def test_who_is_ready_before_anything_was_said_is_told_the_exercise_in_short_and_not_asked_again() -> None:
    watched = Watched(plan()).run(1).say("ready").until(events.SetStarted)
    assert watched.lines()[1:] == [
        "First: banded kickback. Six reps each leg.",
        'If anything hurts, say "it hurts".',
        "Stand tall.",
        "Feet under your hips.",
        "Press your leg back.",
        "Right leg.",
    ]


def test_the_first_time_everything_is_told() -> None:
    said = before_the_first_rep(done_before(0, "hotel-room"))
    assert said[0].startswith("Hotel room. Four exercises, about ")
    assert said[1:4] == [
        "You need: mini band, wall or chair, and room to lie down.",
        'If anything hurts, say "it hurts".',
        'For anything else, say "help".',
    ]
    assert "Loop the band around both thighs, just above your knees." in said
    assert any(line.startswith("Push your hips back and sit") for line in said)


def test_the_second_time_the_movement_is_known() -> None:
    said = before_the_first_rep(done_before(1, "hotel-room"))
    assert 'For anything else, say "help".' not in said
    assert "Loop the band around both thighs, just above your knees." in said
    assert not any(line.startswith("Push your hips back and sit") for line in said)


def test_the_fifth_time_a_breath_says_where_body_and_band_are() -> None:
    title, *said = before_the_first_rep(done_before(4, "hotel-room"))
    assert title.startswith("Hotel room, about ")
    assert said == [
        "First: banded squat. Eight reps.",
        "Standing, mini band above the knees.",
        'Say "ready" when you are. Or I\'ll start in fifteen seconds.',
    ]


def test_explain_tells_all_of_it_to_those_who_know_it_too() -> None:
    watched = Watched(done_before(4, "hotel-room")).until_line("Standing, mini band above the knees.")
    squat = LIBRARY.families["squat"].variants[2]
    watched.say("explain").run(60)
    assert {*squat.setup, squat.move, squat.caution} <= set(watched.lines())


@pytest.mark.parametrize("name", ["lower-body-bands", "beginner-bands", "accessory-bands"])
def test_what_a_band_can_do_is_told_unasked_the_first_time(name: str) -> None:
    first, again = (Watched(done_before(times, name)).run().lines() for times in (0, 1))
    warnings = {v.safety for family in LIBRARY.families.values() for v in family.variants if v.safety}
    assert set(first) & warnings
    assert not set(again) & warnings


def test_either_of_two_things_is_not_asked_for_where_the_other_is_needed_anyway() -> None:
    said = before_the_first_rep(done_before(0, "no-band"))
    assert said[1] == "You need: wall with clear floor beside it, chair, and room to lie down."


def test_what_is_on_already_is_not_told_again() -> None:
    lines = Watched(done_before(0, "hotel-room")).run().lines()
    assert lines.count("Loop the band around both thighs, just above your knees.") == 1
    assert lines.count("The band stays where it is.") == 3
    assert "Band above the knees." not in lines


def test_who_is_in_position_already_is_told_so_in_a_word() -> None:
    lines = Watched(done_before(0, "lower-body-bands")).run().lines()
    hydrant = LIBRARY.families["fire hydrant"].variants[2]
    begins = next(place for place, line in enumerate(lines) if line.startswith("Next: banded fire hydrant"))
    assert lines.index("The same position as before.") > begins
    assert lines.count(hydrant.setup[1]) == 1, "the donkey kick's"


def test_a_band_that_was_never_put_on_is_told() -> None:
    watched = Watched(done_before(0, "hotel-room")).until_line("First: banded squat. Eight reps.").say("next").run(30)
    assert "Loop the band around both thighs, just above your knees." in watched.lines()


MOVES = "The band moves from above the knees to around the calves."


@pytest.mark.parametrize("times", [0, 1, 4])
def test_a_band_that_goes_elsewhere_is_told_from_where_to_where_before_how(times: int) -> None:
    lines = Watched(done_before(times, "prerun-warmup")).run().lines()
    walk = LIBRARY.families["lateral walk"].variants[3]
    how = "Standing, mini band around the calves." if times == 4 else walk.setup[1]
    assert lines.count(MOVES) == 1
    assert lines.index(MOVES) < lines.index(how)
    assert "The band moves from around the calves to above the knees." in lines


def test_a_band_that_was_never_put_on_does_not_move() -> None:
    watched = Watched(done_before(0, "prerun-warmup")).until_line("First: banded glute kickback. Six reps each leg.")
    assert MOVES not in watched.say("next").run(40).lines()


def test_a_band_that_goes_elsewhere_in_a_set_is_told_so_too() -> None:
    kickback = LIBRARY.families["glute kickback"].variants
    ankles = next(v for v in kickback if v.band == "around the ankles")
    watched = Watched(with_variant("glute kickback", ankles.rung)).until(events.Rep, n=2).say("easier").run(10)
    assert watched.lines().count("The band moves from around the ankles to above the knees.") == 1


def test_in_a_circuit_the_way_of_the_band_is_enough(tmp_path: Path) -> None:
    text = CIRCUIT.replace("banded clamshell, reps: 2", "lateral band walk, steps: 4")
    (tmp_path / "circuit.yaml").write_text(text.replace("      - {exercise: plank, hold: 10 s, rest: 10 s}\n", ""))
    lines = Watched(make_plan(load_routine(tmp_path / "circuit.yaml", LIBRARY.families))).run().lines()
    begins = max(place for place, line in enumerate(lines) if line.startswith("Next: lateral band walk"))
    assert lines[begins + 1] == MOVES
    assert "mini band" not in " ".join(lines[begins + 1 :])


def test_a_band_that_is_not_needed_any_more_comes_off_before_the_next_set_up() -> None:
    lines = Watched(done_before(0, "accessory-bands")).run().lines()
    pull_apart = LIBRARY.families["band pull-apart"].variants[3]
    assert lines.index("Slip the mini band off.") + 1 == lines.index(pull_apart.safety)


def test_what_a_band_can_do_is_told_before_it_is_in_the_hands() -> None:
    lines = Watched(done_before(0, "accessory-bands")).run().lines()
    pull_apart = LIBRARY.families["band pull-apart"].variants[3]
    assert lines.index(pull_apart.safety) < lines.index(pull_apart.setup[0])


def test_what_takes_the_load_up_is_said_last_and_the_first_rep_comes_soon_after() -> None:
    watched = Watched(done_before(0, "accessory-bands")).until(events.SetStarted)
    bridge = LIBRARY.families["glute bridge"].variants[2]
    assert watched.lines()[-1] == bridge.brace
    assert watched.lines().count(bridge.brace) == 1
    (brace,) = [say for say in spoken(watched.out) if say.text == bridge.brace]
    assert watched.events(events.SetStarted)[0].at - brace.at < 6
    watched.until(events.SetStarted)
    assert watched.lines()[-2:] == ["Set two.", bridge.brace]


def test_the_load_is_taken_up_anew_only_where_it_was_let_go_of() -> None:
    walk = LIBRARY.families["monster walk"].variants[1]
    watched = Watched(done_before(0, "lower-body-bands")).until(events.SideChanged).until(events.Rep)
    assert watched.lines().count(walk.brace) == 1, "who turns round keeps it"
    watched.say("pause").run(5).say("resume").until(events.Rep)
    assert watched.lines().count(walk.brace) == 2
    raised = LIBRARY.families["clamshell"].variants[4]
    down = Watched(with_variant("clamshell", raised.rung)).until(events.SideChanged).until(events.Rep)
    assert down.lines().count(raised.brace) == 2, "who rolls over does not"


def with_variant(family: str, rung: int) -> Plan:
    dose = Work(family, rung, Range(1, 1), Range(4, 4), "rep", 20, 20)
    return make_plan(Routine("small", "Small", (dose,), LIBRARY.families))


CIRCUIT = """
routine: Circuit
blocks:
  - circuit: 2 rounds
    rest: 20 s
    blocks:
      - {exercise: banded squat, reps: 4, rest: 10 s}
      - {exercise: banded clamshell, reps: 2, rest: 10 s}
      - {exercise: plank, hold: 10 s, rest: 10 s}
"""


def test_a_second_round_says_where_body_and_band_go_in_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "circuit.yaml").write_text(CIRCUIT)
    watched = Watched(make_plan(load_routine(tmp_path / "circuit.yaml", LIBRARY.families))).run()
    lines = watched.lines()
    squat, clamshell, plank = (
        max(place for place, line in enumerate(lines) if line.startswith(f"Next: {name}"))
        for name in ("banded squat", "banded clamshell", "forearm plank")
    )
    assert lines[squat + 1 : squat + 3] == ["Standing, mini band above the knees.", "Last set."]
    assert lines[clamshell + 1 : clamshell + 4] == ["Lie on your left side.", "Last set.", "Right leg."]
    assert lines[plank + 1 : plank + 5] == [
        "Stay down for this one.", "Slip the mini band off.", "On your forearms.", "Ten seconds.",
    ]  # fmt: skip
    for place in (squat, clamshell, plank):
        *_, said = (say for say in spoken(watched.out) if say.text == lines[place])
        begun = min(event.at for event in watched.events(events.SetStarted) if event.at > said.at)
        assert begun - said.at > 10, "there is time to get there"


def test_who_goes_back_to_an_exercise_hears_where_body_and_band_were(tmp_path: Path) -> None:
    (tmp_path / "circuit.yaml").write_text(CIRCUIT)
    watched = Watched(make_plan(load_routine(tmp_path / "circuit.yaml", LIBRARY.families)))
    watched.until(events.SetStarted, exercise="forearm plank").run(2).say("back").run(12)
    assert "Lie on your left side." in watched.lines()[-4:]


SAFETY = 'If anything hurts, say "it hurts".'


def opened(name: str, *said: tuple[str, str]) -> tuple[str, list[str]]:
    """What is said of needs in a workout of one exercise, where each of these was said as soon as a line began."""
    watched = Watched(make_plan(routine(work(name, 1, 8, 20))))
    for line, words in said:
        watched.until_line(line or "Case. One exercise, about two minutes.").say(words)
    lines = watched.until(events.ExerciseStarted).run(0.1).lines()
    return lines[-1], [line for line in lines if line.startswith("You need")]


def test_what_is_needed_is_told_of_the_workout_as_it_now_stands() -> None:
    wall_or_chair, wall = "You need: mini band and wall or chair.", "You need: mini band and wall."
    walk = "First: lateral band walk in a small space. Eight steps."
    assert opened(KICKBACK, ("", "something else")) == (walk, [wall])
    assert opened(KICKBACK, (wall_or_chair, "something else")) == (walk, [wall_or_chair, wall])
    assert opened(KICKBACK, (SAFETY, "something else")) == (walk, [wall_or_chair, wall])


def test_what_is_not_needed_any_more_is_not_asked_for() -> None:
    easy = "First: bodyweight squat. Eight reps."
    assert opened(SQUAT, ("", "easier")) == (easy, [])
    assert opened(SQUAT, (SAFETY, "easier")) == (easy, ["You need: mini band."])


def test_what_is_needed_again_after_undo_is_told() -> None:
    banded = "First: banded squat. Eight reps."
    assert opened(SQUAT, ("", "easier"), (SAFETY, "undo")) == (banded, ["You need: mini band."])
    assert opened(SQUAT, ("", "pause"), ("", "easier"), ("", "resume")) == ("First: bodyweight squat. Eight reps.", [])


def test_what_is_needed_is_told_of_the_band_that_was_chosen_instead() -> None:
    bands = Manner(bands=Bands.written({"mini band": "yellow, green"}))
    watched = Watched(make_plan(routine(work(SQUAT, 1, 8, 20))), bands)
    watched.run(0.1).say("heavier band").until_line(SAFETY)
    assert watched.lines()[-2] == "You need: green mini band."


def test_who_knows_the_workout_is_told_no_needs_after_easier_either() -> None:
    watched = Watched(done_before(4, "hotel-room")).run(0.1).say("easier").until(events.ExerciseStarted)
    assert not any(line.startswith("You need") for line in watched.lines())
