import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.audio.clip import EAR_RATE, Heard, Samples
from coach.audio.pairing import MOST, TOLERATED, Pairing, Resampler

SILENT, LOUD = np.float64(1e-12), np.float64(1e-3)
"""What a sample's number is multiplied with."""

BURSTS = st.lists(st.integers(1, 3), min_size=1, max_size=5)
"""Blocks that come at once, over and over, after as many takes."""


class Sides:
    """Feeds a Pairing with samples that tell their numbers, and keeps what comes out."""

    def __init__(self, scale: np.float64 = SILENT) -> None:
        self.pairing = Pairing(start=3.0)
        self.heard: list[Heard] = []
        self.waited = 0
        """The most samples of the microphone that had come and were not handed on, after any take."""
        self._scale = scale
        self._come = {"played": 0.0, "heard": 0.0}
        self._lost = {"played": 0, "heard": 0}
        self._handed_on = 0

    def bring(self, side: str, samples: float) -> None:
        first = int(self._come[side])
        self._come[side] += samples
        lost = min(self._lost[side], int(self._come[side]) - first)
        self._lost[side] -= lost
        first += lost
        getattr(self.pairing, side)((np.arange(first, int(self._come[side])) * self._scale).astype(np.float32))

    def lose(self, side: str, samples: int) -> None:
        """Of what comes next, so many do not arrive."""
        self._lost[side] = samples

    def take(self) -> None:
        taken = self.pairing.take()
        if len(taken.mic):
            self.heard.append(taken)
            self._handed_on = self.numbers(taken.mic)[-1] + 1
        self.waited = max(self.waited, int(self._come["heard"]) - self._handed_on)

    def run(
        self, takes: int, ppm: float = 0.0, played: list[int] | None = None, heard: list[int] | None = None
    ) -> None:
        """`ppm`: by how much the microphone's clock is fast."""
        for in_bursts in zip(held_back(takes, played or [1]), held_back(takes, heard or [1]), strict=True):
            self.bring("played", in_bursts[0] * 320)
            self.bring("heard", in_bursts[1] * 320 * (1 + ppm * 1e-6))
            self.take()

    def numbers(self, samples: Samples) -> np.ndarray:
        return np.rint(samples / self._scale).astype(int)

    def check(self) -> None:
        """Order is kept, the time is right, and every leap is told to the sample."""
        apart = 0
        mic, played = (
            np.concatenate([self.numbers(getattr(h, side)) for h in self.heard]) for side in ("mic", "played")
        )
        assert (np.diff(mic) > 0).all()
        assert (np.diff(played) > 0).all()
        for each in self.heard:
            mic, played = self.numbers(each.mic), self.numbers(each.played)
            assert each.at == 3.0 + played[0] / EAR_RATE
            assert (played - mic == apart + each.leap).all()
            apart += each.leap


def held_back(takes: int, bursts: list[int]) -> list[int]:
    pattern = [blocks for burst in bursts for blocks in [0] * (burst - 1) + [burst]]
    return (pattern * (takes // len(pattern) + 1))[:takes]


@given(BURSTS, BURSTS)
@settings(max_examples=15, deadline=None)
def test_bursts_come_out_in_step_and_complete(played: list[int], heard: list[int]) -> None:
    sides = Sides()
    sides.run(400, played=played, heard=heard)
    sides.check()
    assert not any(each.leap for each in sides.heard)
    assert (sides.pairing.played_left_out, sides.pairing.mic_left_out) == (0, 0)
    assert sum(len(each.mic) for each in sides.heard) >= 396 * 320


@given(BURSTS, BURSTS, st.sampled_from([-3000, -1000, 1000, 3000]), st.sampled_from([SILENT, LOUD]))
@settings(max_examples=8, deadline=None)
def test_neither_side_grows_however_the_clocks_differ(
    played: list[int], heard: list[int], ppm: int, scale: np.float64
) -> None:
    sides = Sides(scale)
    sides.run(2000, ppm, played, heard)
    sides.check()
    drifted = 2000 * 320 * abs(ppm) * 1e-6
    left_out = sides.pairing.played_left_out if ppm < 0 else sides.pairing.mic_left_out
    assert drifted - (MOST + 0.04) * EAR_RATE < left_out < drifted + 0.04 * EAR_RATE
    assert sides.waited < (MOST + 0.08) * EAR_RATE


def test_a_fast_microphone_is_heard_no_later_than_it_was() -> None:
    sides = Sides()
    sides.run(5_000, 800)
    assert sides.waited < 1.1 * TOLERATED * EAR_RATE
    assert sides.pairing.mic_left_out > 3 * TOLERATED * EAR_RATE


@pytest.mark.parametrize("ppm", [-400, 400])
def test_what_is_left_out_is_left_out_where_it_is_quiet(ppm: int) -> None:
    """Loud for 0.7 s, quiet for 0.3 s, over and over."""
    pairing, random = Pairing(), np.random.default_rng(4)
    leaps, come = [], [0.0, 0.0]
    for take in range(3_000):
        loud = take % 50 < 35
        for side, put, rate in ((0, pairing.played, 1.0), (1, pairing.heard, 1 + ppm * 1e-6)):
            before, come[side] = int(come[side]), come[side] + 320 * rate
            level = 0.1 if loud else 1e-3 * side
            put((level * random.standard_normal(int(come[side]) - before)).astype(np.float32))
        leap = pairing.take().leap
        if leap:
            leaps.append(leap)
            assert take % 50 >= 40
    assert len(leaps) >= 1
    assert all(np.sign(leap) == -np.sign(ppm) for leap in leaps)


@pytest.mark.parametrize("side", ["played", "heard"])
@pytest.mark.parametrize("lost", [1_200, 2_000, 6_000])
def test_after_a_loss_both_sides_are_in_step_again_within_two_seconds(side: str, lost: int) -> None:
    sides = Sides(LOUD)
    sides.run(200, heard=[2])
    sides.lose(side, lost)
    sides.run(100, heard=[2])
    last = sides.heard[-1]
    apart = sides.numbers(last.mic)[0] - sides.numbers(last.played)[0]
    assert abs(apart) <= TOLERATED * EAR_RATE
    assert not any(each.leap for each in sides.heard), "the loss and its making good are no leap"


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000, 96_000])
def test_a_tone_keeps_its_pitch_and_its_level_at_the_ears_rate(rate: int) -> None:
    resample, t = Resampler(rate, EAR_RATE), np.arange(2 * rate) / rate
    blocks = np.split((0.5 * np.sin(2 * np.pi * 1_000 * t)).astype(np.float32), 200)
    heard = np.concatenate([resample(block) for block in blocks])
    assert 2 * EAR_RATE - len(heard) < 0.035 * EAR_RATE
    middle = heard[8_000:24_000]
    assert np.argmax(np.abs(np.fft.rfft(middle))) == 1_000
    assert np.abs(middle).max() == pytest.approx(0.5, abs=0.01)


def test_long_silence_is_left_without_a_trace() -> None:
    sound = np.random.default_rng(1).standard_normal(48_000).astype(np.float32)
    stream = np.concatenate((sound, np.zeros(96_000, np.float32), sound))
    resample, whole = Resampler(48_000, EAR_RATE), Resampler(48_000, EAR_RATE)
    pieces = [resample(piece) for block in np.split(stream, 200) for piece in (block, block[:0])]
    assert np.allclose(np.concatenate(pieces), whole(stream), atol=1e-4)
