import numpy as np

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.endpoint import STEP, Endpointer

from .conftest import Scene


def follow(endpointer: Endpointer, sound: Samples) -> list[float]:
    """Seconds at which it opened, closing it after its hangover."""
    opened = []
    silence = np.zeros(STEP, np.float32)
    for start in range(0, len(sound) - STEP + 1, STEP):
        was_open = endpointer.open
        part = sound[start : start + STEP]
        endpointer.step(part, silence, part, part, part)
        if endpointer.open and not was_open:
            opened.append(start / EAR_RATE)
        if endpointer.open and endpointer.quiet_for > endpointer.rules.hangover:
            endpointer.close()
    return opened


def noise(seconds: float, level: float) -> Samples:
    rng = np.random.default_rng(5)
    return (level * rng.standard_normal(round(seconds * EAR_RATE))).astype(np.float32)


def test_steady_noise_never_opens_it_after_the_first_seconds() -> None:
    assert follow(Endpointer(), noise(20, 0.02)) == []


def test_speech_opens_it_within_a_tenth_of_a_second(scene: Scene) -> None:
    opened = follow(Endpointer(), scene(2.0, "next exercise", 1.0))
    assert len(opened) == 1
    assert 2.0 <= opened[0] < 2.1


def test_speech_over_noise_twelve_decibels_lower_opens_it(scene: Scene) -> None:
    sound = scene(4.0, "stop", 2.0, "easier", 2.0, level=0.3)
    spoken = sound[4 * EAR_RATE : 4 * EAR_RATE + 4000]
    sound = sound + noise(len(sound) / EAR_RATE, float(np.std(spoken)) / 4)[: len(sound)]
    assert len(follow(Endpointer(), sound)) == 2


def test_it_closes_only_after_the_speech_has_ended(scene: Scene) -> None:
    sound = scene(1.0, "how do I do it", 1.0)
    endpointer = Endpointer()
    silence = np.zeros(STEP, np.float32)
    closing = 0.0
    for start in range(0, len(sound) - STEP + 1, STEP):
        part = sound[start : start + STEP]
        endpointer.step(part, silence, part, part, part)
        if endpointer.open and endpointer.quiet_for > endpointer.rules.hangover:
            closing = start / EAR_RATE
            break
    end = len(sound) / EAR_RATE - 1.0
    assert end + 0.2 < closing < end + 0.5


def test_the_quietest_room_does_not_make_a_whisper_of_hiss_into_speech() -> None:
    assert follow(Endpointer(), np.concatenate((np.zeros(4 * EAR_RATE, np.float32), noise(2, 3e-4)))) == []


def test_an_athlete_whom_the_detectors_take_away_in_the_middle_of_a_phrase_is_one_utterance() -> None:
    """Where there is little echo AEC3 takes the athlete away too: it did with half of "it hurts"."""
    coach, silence = noise(8, 0.1), np.zeros(STEP, np.float32)
    echo, athlete = 0.01 * coach, np.concatenate((noise(6, 1e-5), noise(0.8, 0.03), noise(1.2, 1e-5)))
    endpointer, opened, closed = Endpointer(), [], []
    for start in range(0, len(coach) - STEP + 1, STEP):
        part = slice(start, start + STEP)
        was_open, at = endpointer.open, start / EAR_RATE
        left = 0.1 * echo[part] + athlete[part]
        detected = athlete[part] if 6.0 <= at < 6.2 else silence
        excess = 15.0 if 6.0 <= at < 6.8 else 1.0
        endpointer.step(echo[part] + athlete[part], coach[part], left, detected, silence, excess)
        if endpointer.open and not was_open:
            opened.append(at)
        if endpointer.open and endpointer.quiet_for > endpointer.rules.hangover:
            closed.append(at)
            endpointer.close()
    assert len(opened) == 1
    assert 6.0 <= opened[0] < 6.1
    assert 7.0 < closed[0] < 7.3
