import itertools
from typing import get_args

import numpy as np
import pytest

from coach.audio.clip import Samples
from coach.audio.loudness import SPEECH_LEVEL, speech_level
from coach.audio.tones import TONES, tone
from coach.language.delivery import Earcon

RATE = 48_000


def frames(samples: Samples) -> np.ndarray:
    padded = np.pad(samples, (960, 960 + -len(samples) % 240))
    return np.lib.stride_tricks.sliding_window_view(padded, 960)[::240]


def test_every_tone_of_the_session_exists() -> None:
    assert set(TONES) == set(get_args(Earcon))


@pytest.mark.parametrize("name", TONES)
def test_what_sounds_under_words_is_20_db_under_speech_and_what_stands_alone_10(name: Earcon) -> None:
    loudest = 10 * np.log10(np.square(frames(tone(name, RATE).samples), dtype=np.float64).mean(axis=1).max())
    under = 20 if name in ("tick", "tock") else 10
    assert SPEECH_LEVEL - loudest == pytest.approx(under, abs=0.5)
    assert speech_level(tone(name, RATE).samples, RATE) > SPEECH_LEVEL - under - 10


@pytest.mark.parametrize("name", TONES)
def test_a_tone_is_short_and_neither_begins_nor_ends_with_a_click(name: str) -> None:
    samples = tone(name, RATE).samples
    assert tone(name, RATE).seconds <= 1.05
    assert abs(samples[0]) < 1e-4
    assert abs(samples[-1]) < 1e-4


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(TONES, 2)))
def test_no_two_tones_sound_alike(one: str, other: str) -> None:
    def picture(name: str, length: int) -> np.ndarray:
        spectra = np.abs(np.fft.rfft(frames(tone(name, RATE).samples) * np.hanning(960)))[:, :120]
        return np.pad(spectra, ((0, length - len(spectra)), (0, 0)))

    a, b = picture(one, 400), picture(other, 400)
    likeness = np.sum(a * b) / np.sqrt(np.sum(a * a) * np.sum(b * b))
    assert likeness < 0.8


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_a_tone_is_the_same_at_every_rate(rate: int) -> None:
    clip = tone("done", rate)
    assert clip.rate == rate
    assert clip.seconds == pytest.approx(tone("done", RATE).seconds, abs=0.001)
    assert speech_level(clip.samples, rate) == pytest.approx(speech_level(tone("done", RATE).samples, RATE), abs=0.2)
