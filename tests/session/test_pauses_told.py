"""Who watches a workout knows when it is paused: each pause has an end, however the athlete goes on."""

from __future__ import annotations

import pytest

from coach.session import events
from coach.session.modes import Mode
from tests.session.workouts import Watched, plan


def told(watched: Watched) -> list[str]:
    return [event.name() for event in watched.events(events.Paused, events.Resumed)]


@pytest.mark.parametrize("words", ["resume", "ready", "next", "start over", "done", "other side"])
def test_a_pause_ends_with_whatever_is_done_instead(words: str) -> None:
    watched = Watched(plan()).until(events.Rep, n=2).run(0.5).say("pause").run(4).say(words).run(0.5)
    assert watched.session.mode is not Mode.PAUSED
    assert told(watched) == ["paused", "resumed"]


@pytest.mark.parametrize("wait", [3, 14, 60])
@pytest.mark.parametrize("words", ["ready", "skip rest", "back", "undo"])
def test_a_pause_before_a_set_and_in_a_rest_ends_too(wait: float, words: str) -> None:
    watched = Watched(plan()).run(wait).say("faster").run(2).say("pause").run(4).say(words).run(6)
    ended = watched.session.mode is not Mode.PAUSED
    assert told(watched) == (["paused", "resumed"] if ended else ["paused"])


def test_a_question_in_a_pause_and_its_no_leave_it_one() -> None:
    watched = Watched(plan()).until(events.Rep).say("pause").run(3).say("end workout").run(3).say("no").run(3)
    assert watched.session.mode is Mode.PAUSED
    assert told(watched) == ["paused"]


def test_events_of_a_pause_come_in_their_order() -> None:
    watched = Watched(plan()).until(events.Rep).say("pause").run(3).say("next").run(30).say("pause").run(2).say("yes")
    watched.run(1).say("resume").run(5)
    assert told(watched) == ["paused", "resumed"] * 2
    times = [each.at for each in watched.out]
    assert times == sorted(times)
