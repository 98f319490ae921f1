"""What a room is like, measured in the simulated one."""

from __future__ import annotations

import numpy as np
import pytest

from coach.audio.clip import EAR_RATE, Samples
from coach.audio.loudness import SPEECH_LEVEL, levelled
from coach.audio.simulated import ATHLETE_LEVEL, Acoustics, Room
from coach.audio.soundcheck import Probe, SoundCheck
from coach.voice.cache import Voice


def measured(echo: float | None, noise: float, delay: float = 0.1) -> SoundCheck:
    """The coach speaks for a while, then the athlete says hello."""
    voice = Voice(EAR_RATE)
    coach = voice.clip("Say hello coach, as loud as you would in a workout.").samples
    hello = levelled(Voice(EAR_RATE, voice="en-gb+f3").clip("hello coach").samples, EAR_RATE, SPEECH_LEVEL)
    room = Room(
        EAR_RATE, athlete=[(5.5, hello)], echo=echo, noise=noise, acoustics=Acoustics(delay=delay, reverberation=0.1)
    )
    played: Samples = np.zeros(8 * EAR_RATE, np.float32)
    played[EAR_RATE : EAR_RATE + len(coach)] = levelled(coach, EAR_RATE, SPEECH_LEVEL)
    probe = Probe()
    for start in range(0, len(played), room.block):
        probe(room.exchange(played[start : start + room.block]))
    found = probe.result()
    assert found is not None
    return found


@pytest.mark.parametrize(("echo", "delay"), [(12.0, 0.1), (0.0, 0.25)])
def test_the_coach_comes_back_as_loud_and_as_late_as_it_does(echo: float, delay: float) -> None:
    found = measured(echo, noise=30, delay=delay)
    assert found.echo == pytest.approx(ATHLETE_LEVEL + echo, abs=4)
    assert found.delay == pytest.approx(delay, abs=0.005)


def test_without_an_echo_there_is_none_and_voice_and_noise_are_told_apart() -> None:
    found = measured(None, noise=30)
    assert found.echo is None
    assert found.noise == pytest.approx(ATHLETE_LEVEL - 30, abs=2)
    assert found.voice is not None
    assert found.voice == pytest.approx(ATHLETE_LEVEL, abs=8)


def test_too_little_tells_nothing() -> None:
    assert Probe().result() is None
