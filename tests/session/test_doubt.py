"""What was perhaps said, and would be dear to get wrong, is asked about."""

from __future__ import annotations

import pytest

from coach.language.commands import Command, Order
from coach.language.costs import ASKED
from coach.session import events
from coach.session.modes import Mode
from coach.session.orders import doubt
from tests.session.workouts import Watched, plan


@pytest.fixture
def working() -> Watched:
    return Watched(plan()).until(events.Rep, n=2).run(1)


def wonder(watched: Watched, command: Command = Command.NEXT) -> Watched:
    doubt(watched.session, Order(command), watched.clock)
    return watched.run(3)


def exercises(watched: Watched) -> list[str]:
    return [event.family for event in watched.events(events.ExerciseStarted)]


@pytest.mark.parametrize("command", sorted(ASKED))
def test_everything_dear_has_its_question(working: Watched, command: Command) -> None:
    assert any(line.endswith("?") for line in wonder(working, command).lines())


def test_yes_does_it(working: Watched) -> None:
    wonder(working).say("yes").run(3)
    assert "Leave this exercise?" in working.lines()
    assert exercises(working) == ["kickback", "bridge"]


def test_so_does_a_repetition_even_one_that_is_as_doubtful(working: Watched) -> None:
    wonder(wonder(working))
    assert exercises(working) == ["kickback", "bridge"]


def test_no_and_silence_do_nothing_and_the_count_goes_on(working: Watched) -> None:
    wonder(working).say("no").run(3)
    assert "Going on, then." in working.lines()
    wonder(working).run(10)
    assert working.session.wondered(working.clock) is None
    working.until(events.Rep, n=6)
    assert exercises(working) == ["kickback"]


def test_the_question_stays_between_the_counts(working: Watched) -> None:
    wonder(working).until(events.Rep, n=5)
    at = [event.at for event in working.events(events.Rep)]
    assert [round(later - at[0], 3) for later in at] == [4.0 * n for n in range(5)]


def test_another_order_is_obeyed_and_the_question_forgotten(working: Watched) -> None:
    wonder(working).say("pause").run(2)
    assert working.session.mode is Mode.PAUSED
    working.say("resume").run(1).say("yes").run(2)
    assert exercises(working) == ["kickback"]


def test_yes_and_no_make_sense_while_it_is_asked(working: Watched) -> None:
    assert Command.YES not in working.session.expects()
    assert Command.YES in wonder(working).session.expects()
    assert Command.YES not in working.run(8).session.expects()
