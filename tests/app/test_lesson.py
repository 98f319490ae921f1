"""The lesson in which the coach learns a voice, with somebody who answers after each tone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.ear.voices import speak
from coach.app.lesson import Conversation, Learned, learn_from, phrases_for, teach
from coach.app.parts import Studio
from coach.audio.clip import BLOCK_SECONDS, EAR_RATE, Clip, Heard, Samples
from coach.ear.ear import Ear
from coach.ear.own_voice import OwnVoice
from coach.errors import CoachError
from coach.own import paths
from coach.own.settings import Settings

BLOCK = round(BLOCK_SECONDS * EAR_RATE)


class Athlete:
    """Answers 0.4 s after each tone with the next of what they have to say; "" is silence. A Duplex without an echo."""

    rate, block, hears, speaks, missed = EAR_RATE, BLOCK, True, True, 0

    def __init__(self, *answers: str) -> None:
        self.lines: list[str] = []
        self._answers = list(answers)
        self._said = np.zeros(0, np.float32)
        self._still, self._at = 0.0, 0.0
        self._noise = np.random.default_rng(1)

    def told(self, line: str) -> None:
        """The coach begins to say this."""
        self.lines.append(line)
        self._still = 0.0

    def exchange(self, samples: Samples) -> Heard:
        if not samples.any():
            self._still += BLOCK_SECONDS
        elif self._still > 0.8 and '"' in self.lines[-1]:  # no line that asks has such a pause: it is the tone
            answer = self._answers.pop(0) if self._answers else ""
            if answer:
                self._said = np.concatenate((np.zeros(round(0.4 * EAR_RATE)), 0.5 * speak(answer, "espeak:f4")))
            self._still = -1000.0
        part, self._said = self._said[:BLOCK], self._said[BLOCK:]
        mic = np.pad(part, (0, BLOCK - len(part))) + 1e-4 * self._noise.standard_normal(BLOCK)
        at, self._at = self._at, self._at + BLOCK_SECONDS
        return Heard(mic.astype(np.float32), samples, at)

    def begin(self) -> bool:
        """As in Duplex."""
        return True

    def close(self) -> None:
        """As in Duplex."""


@pytest.fixture
def studio() -> Studio:
    return Studio(Settings())


def lesson(studio: Studio, athlete: Athlete, *asked: str) -> tuple[bool, Learned]:
    assert studio.verifier is not None
    learned = Learned(studio.verifier, studio.language)

    def clip(line: str) -> Clip:
        return Clip(np.asarray(0.6 * speak(line, "espeak:"), np.float32), EAR_RATE)

    return teach(Conversation(athlete, studio.make_ear(), clip, athlete.told), learned, asked), learned


def test_each_command_is_asked_for_twice_and_another_word_once_more(studio: Studio) -> None:
    athlete = Athlete("stop", "easier", "next", "stop", "next")
    whole, learned = lesson(studio, athlete, "stop", "next")
    assert whole
    assert [phrase for phrase, _ in learned.examples] == ["stop", "next", "stop", "next"]
    assert athlete.lines[2:] == [
        'Say "stop".', 'Say "next".', 'I heard "easier". Once more, "next".', 'Say "stop".', 'Say "next".'
    ]  # fmt: skip


def test_who_says_nothing_ends_it_and_what_was_learned_stays(studio: Studio) -> None:
    athlete = Athlete("stop", "", "")
    whole, learned = lesson(studio, athlete, "stop", "next")
    assert not whole
    assert [phrase for phrase, _ in learned.examples] == ["stop"]
    assert 'I heard nothing. After the tone, say "next". Or say nothing once more, and we end here.' in athlete.lines


def test_a_dozen_commands_are_asked_for(studio: Studio) -> None:
    assert studio.verifier is not None
    assert len(set(phrases_for(studio.language, studio.verifier))) == 12


def test_it_learns_from_recordings_too(studio: Studio) -> None:
    assert studio.verifier is not None
    learned = Learned(studio.verifier, studio.language)
    pause = np.zeros(EAR_RATE // 2, np.float32)
    said = {"next": "next", "back": "potatoes"}
    recordings = [
        (np.concatenate((pause, 0.5 * speak(sound, "espeak:m6"), pause)), phrase) for phrase, sound in said.items()
    ]
    assert learn_from(recordings, studio.make_ear(), learned) == 1
    assert learned.voice().phrases == ("next",)


def test_nothing_learned_is_a_sentence(studio: Studio) -> None:
    assert studio.verifier is not None
    with pytest.raises(CoachError, match="nothing was learned"):
        Learned(studio.verifier, studio.language).voice()


def test_a_studio_knows_the_voice_unless_a_setting_is_off(studio: Studio, tmp_path: Path) -> None:
    assert studio.verifier is not None
    seen = studio.verifier.features(np.ones(EAR_RATE, np.float32))
    kept = OwnVoice(studio.verifier.name, ("easier",), seen[None])
    kept.write(paths.own_voice())
    knowing, without = Studio(Settings()).verifier, Studio(Settings(own_voice=False)).verifier
    assert knowing is not None
    assert without is not None
    assert "easier" in knowing.taught
    assert "easier" not in without.taught


def test_a_damaged_file_is_set_aside_and_told_and_the_ear_hears_without_it() -> None:
    paths.own_voice().parent.mkdir(parents=True, exist_ok=True)
    paths.own_voice().write_bytes(b"no archive")
    studio = Studio(Settings())
    assert isinstance(studio.make_ear(), Ear)
    told = studio.set_aside_damaged_voice()
    assert told is not None
    assert "damaged" in told.sentence
    assert not paths.own_voice().exists()
    assert studio.set_aside_damaged_voice() is None
