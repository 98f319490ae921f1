"""A signal ends a workout between two blocks, and any other command in good order."""

from __future__ import annotations

import contextlib
import signal

import pytest

from coach.app.endings import Ending, ended_by_signals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGXCPU])
def test_a_signal_becomes_an_exit_that_closes_what_is_open(number: int) -> None:
    with pytest.raises(SystemExit) as end, ended_by_signals():
        signal.raise_signal(number)
    assert end.value.code == 128 + number


def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ended_by_signals():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def ended_while_it_runs(*signals: int) -> int:
    """A loop that is told by these signals in its first round to end; how many rounds it made."""
    ending, rounds = Ending(), 0
    if signal.SIGINT in signals:
        # A shell that started the tests in the background has it ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt, SystemExit), ending.watched():
        while not ending.wanted:
            for number in signals:
                signal.raise_signal(number)
            rounds += 1
    return rounds


def test_a_loop_ends_its_round_first() -> None:
    assert ended_while_it_runs(signal.SIGINT) == 1
    assert ended_while_it_runs(signal.SIGTERM) == 1


def test_a_second_signal_does_not_wait() -> None:
    assert ended_while_it_runs(signal.SIGTERM, signal.SIGTERM) == 0
