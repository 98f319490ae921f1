"""A program that was stopped, or a computer that slept, is noticed; what goes on as usual is not."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest

from coach.audio import standstill
from coach.audio.clip import Duplex
from coach.audio.duplex import Live
from coach.audio.simulated import Timer
from coach.audio.streams import Loudspeaker, Microphone
from tests.audio.test_waking import Threads

SLEPT = 0.3


@pytest.fixture(params=["devices", "timer"])
def duplex(request: pytest.FixtureRequest) -> Iterator[Duplex]:
    device = Timer() if request.param == "timer" else Live(Threads(), {Loudspeaker.part: "", Microphone.part: ""})
    yield device
    device.close()


def away(duplex: Duplex) -> float:
    return duplex.exchange(np.zeros(duplex.block, np.float32)).away


def test_a_standstill_is_told_with_the_next_block_and_none_where_another_talk_begins(
    duplex: Duplex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standstill, "LEAST", SLEPT)
    assert [away(duplex) for _ in range(3)] == [0.0, 0.0, 0.0]
    time.sleep(SLEPT)
    assert SLEPT <= away(duplex) < 10 * SLEPT
    assert away(duplex) == 0.0
    time.sleep(SLEPT)
    duplex.begin()
    assert away(duplex) == 0.0
