import numpy as np
import pytest

from coach.audio.clip import EAR_RATE, Heard, Samples
from coach.audio.pairing import SLACK, Pairing, Resampler


def ramp(start: int, length: int) -> Samples:
    return np.arange(start, start + length, dtype=np.float32)


def test_both_sides_come_out_equally_long_and_in_step_however_they_arrive() -> None:
    pairing, random = Pairing(), np.random.default_rng(5)
    played = heard = 0
    taken: list[Heard] = []
    for _ in range(300):
        more_played, more_heard = random.integers(0, 700, 2)
        if played + more_played - heard > SLACK * EAR_RATE or heard + more_heard - played > SLACK * EAR_RATE:
            continue
        pairing.played(ramp(played, more_played))
        pairing.heard(ramp(heard, more_heard))
        played, heard = played + more_played, heard + more_heard
        taken.append(pairing.take())
    mic, out = (np.concatenate([getattr(each, side) for each in taken]) for side in ("mic", "played"))
    assert np.array_equal(mic, out)
    assert len(mic) == min(played, heard) > 50_000
    assert (pairing.padded, pairing.left_out) == (0, 0)


def test_every_piece_is_stamped_with_the_time_of_its_first_sample() -> None:
    pairing = Pairing(start=3.0)
    pairing.played(ramp(0, 480))
    pairing.heard(ramp(0, 160))
    assert pairing.take().at == 3.0
    pairing.heard(ramp(160, 320))
    assert pairing.take().at == 3.01


def test_sound_that_the_microphone_lost_is_made_up_for_with_silence() -> None:
    pairing = Pairing()
    for block in range(100):
        pairing.played(ramp(block * 320, 320))
        if not 20 <= block < 40:
            pairing.heard(np.ones(320, np.float32))
        heard = pairing.take()
    assert pairing.padded == pytest.approx(20 * 320, abs=SLACK * EAR_RATE)
    assert heard.played[-1] == 100 * 320 - 1 - pairing_backlog(pairing)
    assert pairing_backlog(pairing) < SLACK * EAR_RATE


def pairing_backlog(pairing: Pairing) -> int:
    pairing.heard(np.ones(int(SLACK * EAR_RATE), np.float32))
    return len(pairing.take().played)


def test_a_microphone_that_runs_fast_never_queues_more_than_the_slack() -> None:
    pairing = Pairing()
    for block in range(500):
        pairing.played(ramp(block * 320, 320))
        pairing.heard(np.full(340, block, np.float32))
        heard = pairing.take()
        assert block - heard.mic[-1] <= SLACK * EAR_RATE / 320 + 1
    assert pairing.left_out == pytest.approx(500 * 20, abs=SLACK * EAR_RATE)


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
