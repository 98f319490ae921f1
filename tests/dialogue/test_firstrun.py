"""The first run, fed with words."""

from __future__ import annotations

import re

import pytest

from coach.dialogue.firstrun import RATES, TAUGHT, THINGS, FirstRun
from coach.session.directives import Say
from coach.session.modes import Manner
from tests.dialogue.workouts import EN, measure


class Met:
    """Somebody new, and the first run."""

    def __init__(self, *, sound: str = "good", hears: bool = True, speaks: bool = True) -> None:
        self.tuned: list[int] = []
        self.run = FirstRun(EN, measure, lambda: sound, tuned=self._tuned, hears=hears, speaks=speaks)
        self.at = 0.0

    def _tuned(self, manner: Manner) -> bool:
        self.tuned.append(manner.rate)
        return True

    def wait(self, seconds: float) -> list[str]:
        self.at += seconds
        return [each.text for each in self.run.advance(self.at) if isinstance(each, Say)]

    def say(self, text: str, seconds: float = 7.0) -> list[str]:
        self.run.advance(self.at)
        assert self.run.hear(self.at, text), text
        return self.wait(seconds)


def test_it_checks_the_sound_lets_choose_a_voice_asks_what_is_there_and_teaches_five_words() -> None:
    met = Met()
    assert met.wait(20)[:2] == ["Hello. I am your coach.", "I count your reps and do what you say."]
    assert met.say("hello coach", seconds=20)[0] == "I hear you well."
    assert met.tuned[:3] == list(RATES), "the same thing at three rates"
    met.say("the third one")
    assert met.run.manner.rate == RATES[2]
    for answer in ("yes", "no", "yes"):
        met.say(answer)
    assert met.run.has == [THINGS[0], THINGS[2]]
    met.say("the third one")
    assert met.run.strength == "strong"
    for command in TAUGHT:
        met.say(EN.phrase(command))
    assert met.run.finished
    assert met.run.settled


@pytest.mark.parametrize("sound", ["good", "soft", "noisy", "echo"])
def test_what_was_measured_is_told_in_plain_words(sound: str) -> None:
    met = Met(sound=sound)
    met.wait(20)
    assert met.say("hello coach")[0] == EN.line(f"first_run.sound.{sound}")


def test_another_word_than_the_one_to_try_is_asked_for_again() -> None:
    met = Met(hears=False)
    met.wait(20)
    for _ in range(2 + len(THINGS)):
        met.say("skip")
    assert met.say("pause")[0] == EN.line("first_run.teach.ready")
    assert met.say("ready")[0] == EN.line("first_run.teach.pause")


def test_what_answers_a_question_of_three_is_not_in_it() -> None:
    """Or the ear would take "the second one" for the coach's own words."""
    met = Met()
    met.wait(20)
    places = [phrase for place in ("first", "second", "third") for phrase in EN.talks["first run"][place]]
    for *before, last in (["hello coach"], ["the second one", "yes", "no", "yes"]):
        for answer in before:
            met.say(answer)
        asked = met.say(last, seconds=30)
        which = asked.index(EN.line("first_run.which"))
        assert asked[which + 1] == EN.line("first_run.which_again")
        assert not [phrase for phrase in places if set(phrase.split()) <= set(re.findall(r"\w+", asked[which].lower()))]


def test_rates_are_compared_only_where_they_can_be_heard() -> None:
    met = Met(hears=False, speaks=False)
    said = met.wait(15)
    assert EN.line("first_run.has.mini band") in said
    assert EN.line("first_run.rates") not in said
    assert met.tuned == []


def test_every_step_can_be_skipped_and_all_of_them_left() -> None:
    met = Met()
    met.wait(20)
    for _ in range(3 + len(THINGS) + len(TAUGHT)):
        met.say("skip", seconds=15)
    assert met.run.finished
    assert not met.run.has
    assert met.run.strength is None
    met = Met()
    assert met.say("not now") == [EN.line("first_run.left")]
    assert met.run.finished
    assert met.run.settled


def test_silence_skips_a_step_and_never_locks_anybody_out() -> None:
    met = Met()
    lines = met.wait(600)
    assert EN.line("first_run.sound.unheard") in lines
    assert met.run.finished


@pytest.mark.parametrize("answers", [0, 2, 4, 6])
def test_talk_slower_is_understood_at_every_step_which_is_said_once_more(answers: int) -> None:
    met = Met()
    met.wait(20)
    for answer in ("hello coach", "the second one", "yes", "no", "yes", "the second one")[:answers]:
        met.say(answer, seconds=16)
    before = met.run.manner.rate
    step = met.say("repeat", seconds=16)
    assert met.say("talk slower", seconds=16) == step
    assert met.run.manner.rate == round(before / 1.15)


@pytest.mark.parametrize("said", ["skip", "not now"])
def test_samples_that_are_left_in_their_midst_change_nothing(said: str) -> None:
    met = Met()
    met.wait(20)
    usual = met.run.manner.rate
    met.say("hello coach", seconds=5)
    met.say("repeat", seconds=7)
    assert met.run.manner.rate != usual, "a sample is being said"
    met.say(said)
    assert met.run.manner.rate == usual
