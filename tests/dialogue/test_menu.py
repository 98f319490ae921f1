"""The menu, fed with words: what it offers, what it takes, and how a wrong guess is taken back."""

from __future__ import annotations

import pytest

from coach.dialogue.another import Another
from coach.dialogue.menu import TO_SAY_NO
from coach.session.directives import Hush, Music, Say, Tone
from coach.session.modes import Manner
from coach.session.plan import make_plan
from coach.session.tailoring import limited
from tests.dialogue.workouts import EN, SHIPPED, Asked, measure

FIRST, SECOND = "prerun-warmup", "hotel-room"


def test_three_are_offered_a_breath_each_and_asked_for_once_more() -> None:
    asked = Asked()
    lines = asked.wait(18)
    assert lines == [
        "What would you like to do?",
        "First, Pre-run warm-up: about five minutes.",
        "Second, Hotel room: about eleven minutes.",
        "Third, No band: about fifteen minutes.",
        'Say "the first one", "something else", or just its name.',
    ]
    assert asked.wait(30) == ['Say "the first one", "something else", or "not today" to leave it.']
    assert asked.wait(600) == [], "then it waits in silence"
    assert not asked.menu.finished


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("the first one", FIRST),
        ("the second one", SECOND),
        ("2", SECOND),
        ("hotel room", SECOND),
        ("the hotel room", SECOND),
        ("lower body with a band", "lower-body-bands"),
        ("lower body with the band", "lower-body-bands"),
        ("lower body", "lower-body-bands"),
        ("beginner band", "beginner-bands"),
        ("warm up", FIRST),
        ("no floor", "standing-only"),
        ("No band.", "no-band"),
        ("yes", FIRST),
        ("let's do the hotel room please", SECOND),
        ("I'd like to do legs today", "lower-body-bands"),
        ("okay, the second one", SECOND),
    ],
)
def test_what_is_said_leads_to_a_workout(said: str, slug: str) -> None:
    asked = Asked()
    asked.say(said)
    assert asked.menu.finished
    assert asked.chosen == slug


def test_stop_is_silence_at_once_and_a_question_later() -> None:
    asked = Asked()
    asked.wait(3)
    asked.menu.hear(asked.at, "stop please")
    done = asked.menu.advance(asked.at + 5)
    assert any(isinstance(each, Hush) for each in done)
    assert asked.wait(4) == []
    assert asked.wait(10) == ['Say "the first one", "something else", or "not today" to leave it.']


def test_shorter_is_a_wish_until_something_is_chosen() -> None:
    asked = Asked()
    assert any("Pre-run warm-up" in line for line in asked.say("a bit shorter", seconds=10))
    asked.say("hotel room", seconds=5)
    assert "about seven minutes" in asked.say("a bit shorter", seconds=5)[0]


def test_every_routine_is_found_by_each_of_its_names() -> None:
    for candidate in SHIPPED:
        for name in candidate.names:
            meaning = Asked().menu.meaning(name)
            assert meaning is not None
            assert name == "no band" or (meaning.what, meaning.name) == ("routine", candidate.slug)


def test_the_choice_is_announced_and_one_no_takes_it_back() -> None:
    asked = Asked()
    said = asked.say("hotel room", seconds=5)
    assert said == [
        "Hotel room. Four exercises, about eleven minutes.",
        'Say "no" if you meant another.',
    ]
    lines = asked.say("no", seconds=10)
    assert not any("Hotel room" in line for line in lines), "it is not offered again at once"
    assert asked.chosen is None
    asked.say("yes")
    assert asked.chosen == FIRST


def test_it_begins_three_seconds_after_it_was_announced_and_at_once_with_yes() -> None:
    asked = Asked()
    asked.say("hotel room", seconds=8)
    spoken = 0.3 + 0.6 * 2 + (7 + 6) / 3
    asked.wait(spoken + TO_SAY_NO - 8 - 0.1)
    assert asked.chosen is None
    asked.wait(0.2)
    assert asked.chosen == SECOND
    asked = Asked()
    asked.say("hotel room", seconds=1)
    asked.say("yes", seconds=0.1)
    assert asked.chosen == SECOND


def test_something_else_goes_through_all_and_then_from_the_top() -> None:
    asked = Asked()
    asked.wait(20)
    second = asked.say("something else", seconds=20)
    assert "First, Accessory band work: about sixteen minutes." in second
    third = asked.say("something else", seconds=20)
    assert "First, Beginner band workout: about thirty seven minutes." in third
    assert asked.say("something else", seconds=20)[0] == "That was all. From the top."


def test_wishes_add_up_and_what_nothing_suits_is_said() -> None:
    asked = Asked()
    asked.say("ten minutes", seconds=20)
    lines = asked.say("no floor", seconds=20)
    assert lines[0] == "There is none like that. These come nearest."


def test_tell_me_more_is_about_the_one_at_hand() -> None:
    asked = Asked()
    asked.wait(20)
    assert "Ten minutes with the mini band, and just enough room to lie down." in asked.say(
        "tell me more about the second one", seconds=20
    )
    asked.say("yes")
    assert asked.chosen == SECOND


def test_what_is_there_names_all() -> None:
    lines = Asked().say("what is there", seconds=30)
    assert lines[0] == "I know seven workouts."
    assert {candidate.title for candidate in SHIPPED} == {line.rstrip(".") for line in lines[1:8]}


def test_not_today_ends_it_and_so_does_silence_where_it_is_not_to_wait() -> None:
    asked = Asked()
    assert asked.say("not today") == ["Another day, then."]
    assert asked.menu.finished
    asked = Asked(waits=False)
    asked.wait(60)
    assert asked.menu.finished
    assert asked.chosen is None


def test_a_new_word_silences_the_coach_at_once() -> None:
    asked = Asked()
    asked.wait(4)
    asked.menu.hear(asked.at, "something else")
    (hush, *_) = (each for each in asked.menu.advance(asked.at + 0.02) if isinstance(each, Hush))
    assert hush.at == asked.at


@pytest.mark.parametrize(
    ("said", "line", "sets"),
    [
        ("only the clamshells", "One exercise, two sets, about ", ["clamshell"] * 2),
        ("skip to the glute bridges", "Two exercises, four sets, about ",
         ["glute bridge"] * 2 + ["clamshell"] * 2),
        ("one set today", "Four exercises, four sets, about ",
         ["squat", "glute kickback", "glute bridge", "clamshell"]),
        ("shorter today", "Four exercises, four sets, about ",
         ["squat", "glute kickback", "glute bridge", "clamshell"]),
    ],
)  # fmt: skip
def test_less_of_it_can_be_asked_for_while_it_is_announced(said: str, line: str, sets: list[str]) -> None:
    asked = Asked()
    asked.say("hotel room", seconds=3)
    assert asked.say(said)[0].startswith(line)
    chosen = asked.menu.chosen
    assert chosen is not None
    plan = limited(make_plan(chosen.candidate.plan.routine), chosen.kept)
    assert [plan.slots[planned.slot].family.name for planned in plan.sets] == sets


def test_what_is_not_in_a_workout_is_said_and_what_comes_before_a_choice_too() -> None:
    asked = Asked()
    asked.wait(20)
    assert asked.say("two sets today", seconds=5)[0] == "Choose one first."
    asked.say("hotel room", seconds=3)
    assert asked.say("only the monster walks", seconds=3)[0] == "That is not in this one."
    asked.say("no", seconds=3)
    asked.say("hotel room")
    assert asked.menu.chosen is not None
    assert not asked.menu.chosen.kept


@pytest.mark.parametrize(("said", "plays"), [("pause the music", False), ("play the music", True)])
def test_music_is_no_answer_and_the_question_goes_on(said: str, plays: bool) -> None:
    asked = Asked()
    before = asked.wait(6)
    assert asked.menu.hear(asked.at, said)
    now = asked.menu.advance(asked.at + 0.1)
    assert [each.plays for each in now if isinstance(each, Music)] == [plays]
    assert [each.name for each in now if isinstance(each, Tone)] == ["heard"]
    assert [*before, *asked.wait(12)][-1] == 'Say "the first one", "something else", or just its name.'


SOUNDS = [
    ("talk slower", "rate", 152),
    ("slower", "rate", 152),
    ("too fast", "rate", 152),
    ("talk faster please", "rate", 201),
    ("louder", "volume", 0.9),
    ("speak up", "volume", 0.9),
    ("too loud", "volume", 0.7),
    ("quieter", "volume", 0.7),
    ("deeper voice", "pitch", 40),
    ("another voice", "voice", "en-us+f3"),
]


@pytest.mark.parametrize(("said", "what", "value"), SOUNDS)
def test_how_it_sounds_is_chosen_in_the_menu_and_heard_in_what_is_said_again(
    said: str, what: str, value: object
) -> None:
    asked = Asked()
    asked.wait(6)
    assert asked.say(said, seconds=2) == ["What would you like to do?"]
    assert getattr(asked.menu.manner, what) == value
    assert asked.menu.asking
    asked.say("hotel room", seconds=1)
    assert asked.say("louder", seconds=2)[0].startswith("Hotel room.")
    asked.wait(30)
    assert asked.chosen == SECOND, "what was chosen is still chosen"


def test_what_goes_no_further_is_said() -> None:
    asked = Asked()
    for _ in range(2):
        asked.say("louder", seconds=1)
    assert asked.say("louder", seconds=4) == ["This is as loud as I go.", "What would you like to do?"]
    for _ in range(5):
        asked.say("talk slower", seconds=1)
    assert asked.say("talk slower", seconds=2)[0] == "That's as far as my voice goes."


@pytest.mark.parametrize("said", ["talk slower", "louder"])
def test_another_workout_is_asked_about_in_the_new_voice(said: str) -> None:
    question = Another(EN, measure)
    question.advance(3)
    assert question.hear(3, said)
    again = [each.text for each in question.advance(7) if isinstance(each, Say)]
    assert again == ["Yes or no: would you like another?"]
    assert question.manner != Manner()
    assert question.asking


def test_what_was_left_out_may_still_be_wanted() -> None:
    asked = Asked()
    asked.say("hotel room", seconds=3)
    asked.say("skip to bridges", seconds=3)
    assert asked.say("only the squats", seconds=3)[0] == "One exercise, two sets, about three minutes."


def test_a_number_of_sets_is_that_many_though_it_was_made_shorter_before() -> None:
    asked = Asked()
    asked.say("accessory band work", seconds=3)
    asked.say("shorter", seconds=3)
    asked.say("shorter", seconds=3)
    assert asked.say("two sets today", seconds=3)[0] == "Three exercises, six sets, about eleven minutes."
    assert asked.say("two sets today", seconds=3)[0] == "That is as short as it gets."
    assert asked.say("one set today", seconds=3)[0] == "Three exercises, three sets, about seven minutes."
