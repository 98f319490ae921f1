"""The main job through real PortAudio devices, in real time, in the virtual room."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach import language
from coach.app.parts import Studio
from coach.audio.wav import read as read_wav
from coach.language.delivery import Pace
from coach.own.settings import Settings
from tests.live.athlete import Workout
from tests.room import VirtualRoom

pytestmark = pytest.mark.live
RATE = 48_000


@pytest.fixture
def offline() -> tuple[str, ...]:
    """Puts a command into a network namespace of its own, where only the loop-back is up."""
    wrapper = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up 2>/dev/null; exec "$@"', "offline")
    try:
        works = subprocess.run([*wrapper, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        works = False
    if not works:
        pytest.skip("needs unshare, and the right to make a network namespace")
    return wrapper


def test_what_is_said_between_the_coachs_sentences_is_done_without_a_network(
    virtual_room: VirtualRoom, tmp_path: Path, offline: tuple[str, ...]
) -> None:
    workout = Workout(virtual_room, tmp_path, "prerun-warmup", wrapper=offline)
    workout.wait_for("said", text="Stand tall beside a wall or a heavy chair, feet under your hips.")
    _do(workout, "ready", "set_started", 20, after=0.1)
    workout.wait_for("rep", n=1)
    _do(workout, "pause", "paused", 10, after=1.0)
    _do(workout, "resume", "resumed", 10, after=2.0)
    workout.wait_for("rep", n=2)
    changed = _do(workout, "easier", "variant_changed", 10, after=1.2)
    assert (changed["from"], changed["why"]) == ("banded glute kickback", "easier")
    workout.wait_for("rep", 90, n=3)  # it begins once one can be at the wall
    finished = _do(workout, "next", "set_finished", 10, after=1.2)
    assert finished["done"] == {"right leg": 3, "left leg": 0}
    assert workout.wait_for("exercise_started", 10)["family"] == "lateral walk"
    assert workout.commands() == ["ready", "pause", "resume", "easier", "next"], "and nothing else"
    assert workout.stop() == 130
    assert workout.of("session_finished")[0]["status"] == "interrupted"


def _do(workout: Workout, words: str, what: str, seconds: float, after: float, **fields: object) -> dict[str, Any]:
    """Say it, and once more where sound was missed meanwhile, as on a busy machine: just after that it does not
    count."""
    for _ in range(2):
        missed = len(workout.of("sound_missed") + workout.of("sound_lost"))
        workout.say(words, after=after)
        try:
            return workout.wait_for(what, seconds, **fields)
        except AssertionError:
            if len(workout.of("sound_missed") + workout.of("sound_lost")) == missed:
                raise
    workout.say(words, after=after)
    return workout.wait_for(what, seconds, **fields)


def test_pause_and_stop_are_obeyed_over_the_coachs_own_voice(virtual_room: VirtualRoom, tmp_path: Path) -> None:
    """As loud as the coach; at least four of five. The line that was cut is begun again each time."""
    workout = Workout(virtual_room, tmp_path, "lower-body-bands")
    workout.wait_for("said", text="First: banded monster walk. Ten steps each way.")
    obeyed = 0
    for words in ("pause", "stop", "pause", "stop", "pause"):
        # The next line begins 0.6 s after the one before it, and 0.3 s after "resume".
        workout.say(words, after=1.1 if not obeyed else 0.9)
        try:
            workout.wait_for("paused", 4)
        except AssertionError:
            continue
        obeyed += 1
        _do(workout, "resume", "resumed", 5, after=1.5)
    assert obeyed >= 4
    assert workout.commands() == ["pause", "resume"] * obeyed, "the coach never obeyed itself"
    workout.stop()
    assert len([event for event in workout.of("said") if event.get("cut")]) >= obeyed, "each in the middle of a line"


_THIRTY = """
routine: Thirty
exercises:
  - family: tapping
    variants:
      - {name: toe tap, standard: true, equipment: none, setup: [Stand tall.], move: Tap your toes., tempo: 1-0-1}
blocks:
  - {exercise: toe tap, sets: 1, reps: 30}
"""


def test_counts_keep_to_the_beat_over_thirty_reps(virtual_room: VirtualRoom, tmp_path: Path) -> None:
    """As they come out of the loudspeaker: each within 10 ms, and the last no further off than the first."""
    (tmp_path / "thirty.yaml").write_text(_THIRTY)
    recording = tmp_path / "heard.wav"
    recorder = subprocess.Popen(
        ["parecord", "--device=speaker.monitor", "--file-format=wav", f"--rate={RATE}", "--channels=1", str(recording)],
        env=os.environ | virtual_room.environment,
    )
    workout = Workout(virtual_room, tmp_path, str(tmp_path / "thirty.yaml"))
    workout.wait_for("said", text="Tap your toes.")
    workout.say("ready", after=0.1)
    workout.wait_for("rep", 90, n=30)
    workout.wait_for("said", 10, text="thirty")
    workout.stop()
    recorder.terminate()
    recorder.wait()
    sound = read_wav(recording, RATE)
    voice = Studio(Settings()).voice(RATE)
    numbers = language.load().numbers
    beats = np.array([event["at"] for event in workout.of("rep")])
    assert len(beats) == 30
    first = _found(sound, voice.clip(numbers[1], Pace.COUNT).samples, 0, len(sound))
    found = []
    for n, beat in enumerate(beats, 1):
        near = first + round((beat - beats[0]) * RATE)
        found.append(_found(sound, voice.clip(numbers[n], Pace.COUNT).samples, near - RATE // 10, near + RATE // 10))
    off = (np.array(found) - first) / RATE - (beats - beats[0])
    for stutter in workout.of("sound_missed"):
        # What a machine that is busy with something else left out is known, to the sample.
        off[(beats > stutter["at"]) & (beats > beats[0])] -= stutter["seconds"] if stutter["at"] > beats[0] else 0
    assert np.abs(off).max() < 0.010, off
    assert abs(off[-1]) < 0.010, "no drift"


def _found(sound: np.ndarray, clip: np.ndarray, start: int, end: int) -> int:
    """The sample at which the clip begins, looked for between two samples."""
    start = max(0, start)
    stretch = sound[start : end + len(clip)]
    size = 1 << (len(stretch) + len(clip)).bit_length()
    match = np.fft.irfft(np.fft.rfft(stretch, size) * np.conj(np.fft.rfft(clip, size)), size)
    return start + int(np.argmax(match[: len(stretch) - len(clip)]))
