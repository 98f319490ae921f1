"""A voice that is slow to make keeps nobody waiting: what is not ready is said by another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

from coach.audio.clip import Clip
from coach.errors import CoachError
from coach.language.delivery import Pace
from coach.voice.ahead import AheadVoice
from coach.voice.cache import Voice
from coach.voice.synthesizer import Manner, Synthesizer

RATE = 16_000
SLOW, QUICK = 0.5, 0.25
"""Seconds that the two voices take for any line: how they are told apart."""


class Engine(Synthesizer):
    """Makes a line each time it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = threading.Semaphore(0)
        self.made: list[str] = []
        self.trouble: CoachError | None = None

    def clip(self, text: str, manner: Manner, urgency: int = 0) -> Clip:
        assert self.let.acquire(timeout=20)
        if self.trouble is not None:
            raise self.trouble
        self.made.append(text)
        return Clip(np.full(round(SLOW * RATE), 0.1, np.float32), RATE)


class StandIn:
    """A voice that is there at once."""

    def __init__(self) -> None:
        self.voice = "usual"
        self.prepared: list[str] = []

    def clip(self, text: str, pace: Pace = Pace.TALK) -> Clip:
        return Clip(np.full(round(QUICK * RATE), 0.1, np.float32), RATE)

    def prepare(self, lines: Iterable[tuple[str, Pace]]) -> None:
        self.prepared += [text for text, _ in lines]

    def tune(self, *, voice: str, talk: int, pitch: int) -> None:
        self.voice = voice

    def forget(self) -> None:
        self.prepared.clear()


class Told:
    def __init__(self) -> None:
        self.behind = 0
        self.failed: list[Exception] = []

    def fall_behind(self) -> None:
        self.behind += 1


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def stand_in() -> StandIn:
    return StandIn()


@pytest.fixture
def voice(engine: Engine, told: Told, stand_in: StandIn, tmp_path: Path) -> AheadVoice:
    slow = Voice(RATE, voice="slow", folder=tmp_path, synthesizer=engine)
    return AheadVoice(
        slow, stand_in, told.fall_behind, told.failed.append, usual="usual", chosen=lambda name: name == "slow"
    )


def lines(*texts: str) -> list[tuple[str, Pace]]:
    return [(text, Pace.TALK) for text in texts]


def until(true: Callable[[], bool]) -> None:
    for _ in range(2000):
        if true():
            return
        threading.Event().wait(0.01)
    raise AssertionError


def test_what_is_ready_is_said_by_it_and_the_rest_by_the_other_which_is_told_once(
    voice: AheadVoice, engine: Engine, told: Told, stand_in: StandIn
) -> None:
    voice.prepare(lines("a", "b", "c"))
    assert stand_in.prepared == ["a", "b", "c"]
    engine.let.release()
    until(lambda: voice._voice.at_hand("a") is not None)
    until(lambda: bool(voice._works))
    assert voice.clip("a").seconds == pytest.approx(SLOW, abs=0.02)
    assert voice.clip("c").seconds == pytest.approx(QUICK, abs=0.02)
    assert voice.clip("c").seconds == pytest.approx(QUICK, abs=0.02)
    assert told.behind == 1
    engine.let.release(2)
    assert voice.ready(20)
    assert voice.clip("c").seconds == pytest.approx(SLOW, abs=0.02)


def test_a_line_is_as_long_as_was_promised_though_it_became_ready_meanwhile(voice: AheadVoice, engine: Engine) -> None:
    promised = voice.seconds("three", Pace.COUNT)
    engine.let.release()
    assert voice.ready(20)
    assert voice.seconds("three", Pace.COUNT) == promised
    assert voice.clip("three", Pace.COUNT).seconds == promised
    assert voice.seconds("three", Pace.COUNT) > promised


def test_what_was_late_is_made_after_what_is_still_to_come(voice: AheadVoice, engine: Engine, told: Told) -> None:
    voice.prepare(lines("a", "b", "c", "d"))
    voice.clip("b")
    engine.let.release(4)
    assert voice.ready(20)
    assert engine.made == ["a", "c", "d", "b"]
    assert told.behind == 0, "nothing had been made yet: it may be that it cannot be made at all"


def test_a_line_that_nobody_could_foresee_is_no_reason_to_tell(voice: AheadVoice, engine: Engine, told: Told) -> None:
    voice.prepare(lines("a"))
    engine.let.release()
    assert voice.ready(20)
    assert voice.clip("two moves left").seconds == pytest.approx(QUICK, abs=0.02)
    assert told.behind == 0
    engine.let.release()
    assert voice.ready(20)
    assert engine.made == ["a", "two moves left"]


def test_where_it_cannot_be_made_the_other_speaks_alone_and_that_is_told_once(
    voice: AheadVoice, engine: Engine, told: Told
) -> None:
    engine.trouble = CoachError("No.")
    engine.let.release(9)
    voice.prepare(lines("a", "b"))
    assert voice.ready(20)
    voice.tune(voice="slow", talk=200, pitch=50)
    voice.prepare(lines("a", "b"))
    assert voice.clip("a").seconds == pytest.approx(QUICK, abs=0.02)
    assert told.failed == [engine.trouble]
    assert told.behind == 0


def test_another_voice_is_the_others_and_the_slow_one_can_be_had_back(
    voice: AheadVoice, engine: Engine, stand_in: StandIn
) -> None:
    voice.tune(voice="en-gb", talk=175, pitch=50)
    voice.prepare(lines("a"))
    assert stand_in.voice == "en-gb"
    voice.tune(voice="slow", talk=175, pitch=50)
    assert stand_in.voice == "usual"
    voice.prepare(lines("b"))
    engine.let.release()
    assert voice.ready(20)
    assert engine.made == ["b"]
