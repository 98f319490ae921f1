"""How long a workout takes is told before it, and that is how long it takes."""

from __future__ import annotations

import pytest

from coach import language
from coach.language.delivery import Pace
from coach.routine.by_ear import estimated_seconds
from coach.routine.library import Library
from coach.session import events
from coach.session.plan import make_plan
from coach.session.script import Script
from coach.session.session import Session

SHIPPED = [
    "accessory-bands",
    "beginner-bands",
    "hotel-room",
    "lower-body-bands",
    "no-band",
    "prerun-warmup",
    "standing-only",
]


def lasts(name: str) -> tuple[float, float]:
    """Seconds that are told, and seconds that it takes where nobody says anything."""
    plan = make_plan(Library().routine(name))

    def measure(text: str, pace: Pace) -> float:
        return estimated_seconds(text)

    session = Session(plan, Script(language.load(), plan), measure)
    out = []
    while not session.finished:
        out += session.advance(session.now + 60)
    (finished,) = (event for event in out if isinstance(event, events.SessionFinished))
    return plan.seconds, finished.seconds


@pytest.mark.parametrize("name", SHIPPED)
def test_about_is_within_a_twentieth_and_a_minute(name: str) -> None:
    told, taken = lasts(name)
    assert told == pytest.approx(taken, rel=0.05)
    assert told == pytest.approx(taken, abs=60)
