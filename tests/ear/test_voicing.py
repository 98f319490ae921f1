import numpy as np
import pytest

from bench.ear import noises
from bench.ear.rooms import Sound
from bench.ear.voices import speak
from coach.ear.voicing import is_voiced

FRAME = 320


def share_voiced(sound: Sound) -> float:
    """Of its loudest third."""
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.mean(frames**2, axis=1)
    loud = frames[power >= np.quantile(power, 0.67)]
    return float(np.mean([is_voiced(frame) for frame in loud]))


@pytest.mark.parametrize("voice", ["espeak:f4", "espeak:m6", "espeak:Annie"])
def test_vowels_have_a_voice(voice: str) -> None:
    assert share_voiced(speak("one more set, and then we are through", voice)) > 0.7


@pytest.mark.parametrize("kind", ["steady", "breathing", "band snaps"])
def test_breath_and_bands_have_none(kind: str) -> None:
    assert share_voiced(noises.NOISES[kind](np.random.default_rng(3), 10.0)) < 0.02


def test_silence_has_none() -> None:
    assert not is_voiced(np.zeros(FRAME, np.float32))
