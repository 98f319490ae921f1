"""Putting a workout together: its lines are known before they are said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.app.parts import Studio
from coach.language.delivery import Pace
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.session.modes import Offer
from coach.session.plan import make_plan


class Listener:
    """A voice that only notes what it is to have ready."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, Pace]] = []

    def clip(self, text: str, pace: Pace = Pace.TALK) -> None:
        raise AssertionError("nothing is spoken yet")

    def seconds(self, text: str, pace: Pace = Pace.TALK) -> float:
        return 1.0

    def tune(self, *, voice: str, talk: int, pitch: int) -> None:
        raise AssertionError("nobody asked for another voice")

    def prepare(self, lines: list[tuple[str, Pace]]) -> None:
        self.lines += lines


@pytest.mark.parametrize("settle", [15, 0])
@pytest.mark.parametrize("offered", [False, True])
def test_every_line_of_the_workout_is_prepared(settle: int, offered: bool) -> None:
    routine = Library().routine("prerun-warmup")
    offer = Offer(make_plan(routine), 1) if offered else None
    voice = Listener()
    Studio(replace(Settings(), settle=settle)).session(routine, voice, offer=offer)  # type: ignore[arg-type]
    texts = [text for text, _ in voice.lines]
    assert "That's the workout. " in " ".join(texts)
    assert ("one", Pace.COUNT) in voice.lines
    assert any(text.startswith("Welcome back.") for text in texts) == offered
    assert ("Halfway.", Pace.TALK) in voice.lines
