"""What an athlete changes by voice on the way holds to the end of the workout, and in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coach.app.athlete import Utterance, spoken
from coach.app.hearing import Hearing, made
from coach.app.loop import Workout
from coach.app.onlookers import Following
from coach.app.parts import Studio
from coach.app.render import RATE, Scene, render
from coach.app.stage import Talking, understood
from coach.audio.simulated import Room
from coach.dialogue.choosing import Candidate
from coach.dialogue.menu import Menu
from coach.dialogue.names import spoken_names
from coach.journal.history import history
from coach.journal.store import Journal
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.routine.model import Range, Routine, Work
from coach.session import events
from coach.session.events import Event
from coach.session.modes import BEFORE_SET, Mode
from coach.session.plan import make_plan
from coach.session.tailoring import Today
from tests.dialogue.workouts import EN, NOON
from tests.whole.rehearsal import Moment, rehearsed
from tests.whole.test_settings import squats


def work(library: Library, family: str, sets: int, reps: int) -> Work:
    standard = library.families[family].standard
    return Work(family, standard, Range(sets, sets), Range(reps, reps), "rep", 20, 20)


def small(*exercises: tuple[str, int, int]) -> Routine:
    """Exercise, sets and reps, with a library in which others are found."""
    library = Library()
    blocks = tuple(work(library, *each) for each in exercises)
    return Routine("small", "Small", blocks, library.families, library=library.families)


def carried_out(studio: Studio, routine: Routine, moments: Sequence[Moment], journal: Path) -> list[Event]:
    """All that happened in a workout in which these words are said, and was noted."""
    said, meant = rehearsed(studio, routine, moments)
    happened: list[Event] = []
    with Journal(journal) as kept:

        def note(event: Event) -> None:
            happened.append(event)
            kept.record(event)

        render(studio, routine, Scene(spoken(said)), following=Following([note]))
        assert history(kept).sets == len(done_of(happened))
    given = [event.command for event in happened if isinstance(event, events.CommandGiven)]
    refused = [event for event in happened if isinstance(event, events.HeardSpeech) and not event.accepted]
    assert given == meant, refused
    assert isinstance(happened[-1], events.SessionFinished)
    assert happened[-1].status == "completed"
    return happened


def done_of(happened: Sequence[Event]) -> list[events.SetFinished]:
    return [event for event in happened if isinstance(event, events.SetFinished)]


def test_a_side_that_is_over_sooner_at_ones_own_pace_is_kept_as_it_was_done(tmp_path: Path) -> None:
    moments: list[Moment] = [
        ("let's go", lambda here: here.mode is Mode.SETTLING),
        ("i did two", lambda here: here.self_paced and here.speaking is not None and here.now > here.speaking.at + 6),
        ("i did three", lambda here: here.self_paced and here.standing.side == 1),
    ]
    studio = Studio(Settings(pacing="self", ask_effort=False))
    happened = carried_out(studio, small(("glute kickback", 1, 4)), moments, tmp_path / "journal.sqlite")
    over = [(event.side, event.done) for event in happened if isinstance(event, events.SideOver)]
    assert over == [("right leg", 2)]
    (finished,) = done_of(happened)
    assert (finished.done, finished.why) == ({"right leg": 2, "left leg": 3}, "done")
    assert finished.over == ["right leg"]


def test_something_else_is_for_the_same_part_of_the_body_and_done_to_the_end(tmp_path: Path) -> None:
    moments: list[Moment] = [
        ("let's go", lambda here: here.mode is Mode.SETTLING),
        ("something else", lambda here: here.mode is Mode.WORK and here.standing.done[0] == 1),
        ("let's go", lambda here: here.mode is Mode.SETTLING),
        ("something else", lambda here: here.mode in BEFORE_SET and here.standing.set.slot == 1),
        ("let's go", lambda here: here.mode is Mode.SETTLING),
    ]
    studio = Studio(Settings(ask_effort=False))
    routine = small(("glute bridge", 2, 3), ("band row", 1, 3))
    happened = carried_out(studio, routine, moments, tmp_path / "journal.sqlite")
    legs, arms = (event for event in happened if isinstance(event, events.VariantChanged))
    part = studio.session(routine, studio.voice(RATE)).script.part_of
    assert legs.why == arms.why == "replaced"
    assert part(Library().families[legs.family].muscles[0]) == "legs"
    assert part(Library().families[arms.family].muscles[0]) == "upper body"
    done = done_of(happened)
    assert [(each.family, each.set, each.why) for each in done] == [
        ("glute bridge", 1, "skipped"),
        (legs.family, 2, "completed"),
        (arms.family, 1, "completed"),
    ]
    assert all(set(each.done.values()) == {each.amount} for each in done[1:])


def test_a_workout_that_was_made_shorter_in_the_menu_is_that_short() -> None:
    studio = Studio(Settings(ask_effort=False))
    voice, routine = studio.voice(RATE), squats(sets=3, reps=2)
    shelf = [Candidate("squats", make_plan(routine), spoken_names(routine, EN), False)]
    menu = Menu(EN, voice.seconds, shelf, [], NOON)
    said = spoken([Utterance(10.5, say="the first one"), Utterance(15.0, say="make it shorter")])
    room = Room(RATE, athlete=said, echo=0.0)
    given: list[Event] = []
    hearing = Hearing(made(studio.make_ear(understood(menu))), _raise)
    talk = Talking(menu, voice, room, hearing=hearing, following=Following([given.append]))
    talk.run(until=lambda: talk.now > 60)
    commands = [event.command for event in given if isinstance(event, events.CommandGiven)]
    assert (commands, talk.over) == (["first", "shorter"], True)
    assert menu.chosen is not None
    session = studio.session(routine, voice, today=Today(menu.chosen.kept, announced=True))
    happened: list[Event] = []
    Workout(session, voice, room, following=Following([happened.append])).run()
    assert [(each.set, each.of, each.done) for each in done_of(happened)] == [(1, 2, {"": 2}), (2, 2, {"": 2})]
    assert isinstance(happened[-1], events.SessionFinished)
    assert (happened[-1].status, happened[-1].sets) == ("completed", 2)


def _raise(error: Exception) -> None:
    raise error
