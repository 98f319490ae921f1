"""Somebody spoke to the coach, and it was no command."""

from __future__ import annotations

import itertools

import pytest

from coach.language.delivery import Priority
from coach.session import events
from coach.session.directives import Say, Tone
from coach.session.questions import not_understood
from tests.session.workouts import Watched, plan


def missed(watched: Watched) -> list[str]:
    """The tone and the answers that come of it in the next five seconds."""
    seen = len(watched.out)
    not_understood(watched.session, watched.clock)
    new = watched.run(5).out[seen:]
    tones = [out.name for out in new if isinstance(out, Tone) and out.name == "not_understood"]
    return [*tones, *(out.text for out in new if isinstance(out, Say) and out.priority is Priority.ANSWER)]


WORKING = 'Say "pause" to stop, "easier" for a gentler one, or "done" to end the set.'


@pytest.fixture
def working() -> Watched:
    return Watched(plan()).until(events.Rep, n=2).run(0.5)


def test_a_soft_tone_then_what_fits_the_moment(working: Watched) -> None:
    assert missed(working) == ["not_understood"]
    assert missed(working) == [WORKING]
    working.until(events.Rep, n=6)


def test_after_the_sentence_it_begins_with_the_tone_again(working: Watched) -> None:
    for _ in range(2):
        missed(working)
    assert missed(working)[0] == "not_understood"


def test_a_command_in_between_or_a_long_time_makes_it_the_first_again(working: Watched) -> None:
    missed(working)
    working.say("slower").run(5)
    assert missed(working) == ["not_understood"]
    working.run(21)
    assert missed(working)[:1] == ["not_understood"]


def test_the_count_goes_on_under_the_tone(working: Watched) -> None:
    not_understood(working.session, working.clock)
    working.until(events.Rep, n=5)
    at = [event.at for event in working.events(events.Rep)]
    assert [round(later - sooner, 3) for sooner, later in itertools.pairwise(at)] == [4.0] * 4


def test_a_coach_that_does_not_listen_says_nothing(working: Watched) -> None:
    working.say("stop listening").run(10)
    assert missed(working) == missed(working) == []
