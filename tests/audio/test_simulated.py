import numpy as np
import pytest
import soxr

from coach.audio.clip import EAR_RATE, Duplex, Samples
from coach.audio.loudness import SPEECH_LEVEL, gain_of, levelled, speech_level
from coach.audio.simulated import ATHLETE_LEVEL, Acoustics, Room, Timer

RATE = 48_000


def hiss(seconds: float, rate: int = RATE, seed: int = 7) -> Samples:
    """Sound of speech level, all of it in the ear's band, with a sharp correlation."""
    samples = np.random.default_rng(seed).standard_normal(round(seconds * EAR_RATE), np.float32)
    return levelled(np.asarray(soxr.resample(samples, EAR_RATE, rate)), rate)


def hear(room: Duplex, played: Samples, seconds: float) -> tuple[Samples, Samples]:
    """Microphone and reference of so many seconds in which `played` is played first."""
    blocks = np.pad(played, (0, round(seconds * room.rate) - len(played))).reshape(-1, room.block)
    heard = [room.exchange(block) for block in blocks.astype(np.float32)]
    return np.concatenate([h.mic for h in heard]), np.concatenate([h.played for h in heard])


def lag(mic: Samples, played: Samples) -> int:
    """By how many samples `mic` is behind `played`."""
    size = 2 * len(mic)
    likeness = np.fft.irfft(np.fft.rfft(mic, size) * np.conj(np.fft.rfft(played, size)))
    return int(np.argmax(likeness[: len(mic)]))


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
@pytest.mark.parametrize("delay", [0.02, 0.1, 0.25])
def test_the_echo_comes_back_after_its_delay_counted_in_the_samples_of_the_reference(rate: int, delay: float) -> None:
    mic, played = hear(Room(rate, echo=0, acoustics=Acoustics(delay=delay)), hiss(1, rate), 2)
    assert len(mic) == len(played)
    assert lag(mic, played) == round(delay * EAR_RATE)


@pytest.mark.parametrize("echo", [-12, 0, 12])
def test_the_echo_is_as_much_louder_than_the_athlete_as_was_asked_for(echo: float) -> None:
    coach, _ = hear(Room(echo=echo, acoustics=Acoustics(reverberation=0.2)), hiss(2), 2.5)
    athlete, _ = hear(
        Room(athlete=[(0, hiss(2, EAR_RATE))], acoustics=Acoustics(reverberation=0.2)), np.zeros(0, np.float32), 2.5
    )
    assert speech_level(athlete, EAR_RATE) == pytest.approx(ATHLETE_LEVEL, abs=0.5)
    assert speech_level(coach, EAR_RATE) - speech_level(athlete, EAR_RATE) == pytest.approx(echo, abs=0.8)


def test_the_echo_holds_for_the_level_at_which_the_coach_speaks() -> None:
    quieter = SPEECH_LEVEL - 6
    loud, _ = hear(Room(echo=0), hiss(1), 2)
    soft, _ = hear(Room(echo=0, coach_level=quieter), hiss(1) * np.float32(gain_of(-6)), 2)
    assert speech_level(soft, EAR_RATE) == pytest.approx(speech_level(loud, EAR_RATE), abs=0.1)


def test_without_an_echo_or_an_athlete_nothing_is_heard() -> None:
    mic, played = hear(Room(), hiss(1), 2)
    assert not mic.any()
    assert played.any()


def test_the_athlete_is_heard_at_the_time_they_were_given() -> None:
    said = hiss(0.5, EAR_RATE)
    mic, _ = hear(
        Room(athlete=[(1.25, said), (0.25, said)], acoustics=Acoustics(reverberation=0)), np.zeros(0, np.float32), 2
    )
    assert lag(mic[:EAR_RATE], said) == 0.25 * EAR_RATE
    assert lag(mic[EAR_RATE:], said) == 0.25 * EAR_RATE


def test_every_block_is_stamped_with_the_time_of_its_first_sample() -> None:
    room = Room(44_100, echo=0)
    expected = 0
    for _ in range(100):
        heard = room.exchange(np.zeros(room.block, np.float32))
        assert heard.at == expected / EAR_RATE
        expected += len(heard.mic)
    assert expected == pytest.approx(100 * 0.02 * EAR_RATE, abs=640)


def test_noise_is_as_much_quieter_than_the_athlete_as_was_asked_for() -> None:
    mic, _ = hear(Room(noise=20), np.zeros(0, np.float32), 2)
    assert speech_level(mic, EAR_RATE) == pytest.approx(ATHLETE_LEVEL - 20, abs=0.2)


def test_the_same_room_brings_the_same_sound_and_another_seed_another() -> None:
    one, again, other = (hear(Room(echo=0, noise=20, seed=seed), hiss(1), 2)[0] for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_the_echo_is_the_room_applied_to_the_reference_also_after_long_silence() -> None:
    room = Room(EAR_RATE, echo=0, acoustics=Acoustics(delay=0, reverberation=0.3))
    click = np.zeros(EAR_RATE, np.float32)
    click[0] = 0.5
    first, _ = hear(room, click, 3)
    second, _ = hear(room, click, 3)
    assert np.allclose(first, second, atol=1e-6)
    assert np.flatnonzero(np.abs(first) > 1e-6)[-1] < 0.3 * EAR_RATE


def test_a_fast_microphone_clock_lets_the_echo_come_later_and_later() -> None:
    played = np.tile(hiss(1), 60)
    mic, reference = hear(Room(echo=0, acoustics=Acoustics(drift=200, reverberation=0)), played, 60)
    early, late = (lag(mic[at : at + 16_000], reference[at : at + 16_000]) for at in (16_000, 58 * 16_000))
    assert late - early == pytest.approx(57 * EAR_RATE * 200e-6, abs=3)


def test_a_distorting_loudspeaker_adds_what_was_not_played() -> None:
    t = np.arange(2 * RATE) / RATE
    sine = (0.5 * np.sin(2 * np.pi * 500 * t)).astype(np.float32)

    def third_harmonic(distortion: float) -> float:
        mic, _ = hear(Room(echo=0, acoustics=Acoustics(distortion=distortion)), sine, 2)
        spectrum = np.abs(np.fft.rfft(mic[8_000:24_000] * np.hanning(16_000)))
        return float(spectrum[1_500] / spectrum[500])

    assert third_harmonic(0.3) > 30 * third_harmonic(0)


def test_the_timer_hears_nothing_and_keeps_count() -> None:
    timer = Timer()
    heard = [timer.exchange(np.zeros(timer.block, np.float32)) for _ in range(5)]
    assert [h.at for h in heard] == pytest.approx([0, 0.02, 0.04, 0.06, 0.08])
    assert not any(len(h.mic) for h in heard)
    assert not timer.hears
