"""The loop never waits for the synthesiser, whatever that does."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from coach.audio.clip import Clip
from coach.errors import CoachError, NotFound
from coach.language.delivery import Pace
from coach.voice.cache import Voice
from coach.voice.silent import SilentVoice
from coach.voice.steady import SteadyVoice
from coach.voice.synthesizer import Manner, Synthesizer

RATE = 16_000


class Engine(Synthesizer):
    """Speaks, fails or hangs, as it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.trouble: CoachError | None = None
        self.free = threading.Event()
        self.free.set()

    def clip(self, text: str, manner: Manner, urgency: int = 0) -> Clip:
        assert self.free.wait(20)
        if self.trouble is not None:
            raise self.trouble
        return Clip(np.full(RATE // 4, 0.1, np.float32), RATE)


class Heard:
    """What a steady voice tells, and when."""

    def __init__(self, folder: Path, patience: float = 0.05) -> None:
        self.engine = Engine()
        self.failed, self.back = threading.Event(), threading.Event()
        self.troubles: list[Exception] = []
        voice = Voice(RATE, folder=folder, synthesizer=self.engine)
        self.voice = SteadyVoice(voice, SilentVoice(RATE), self._failed, self.back.set, patience)

    def _failed(self, error: Exception) -> None:
        self.troubles.append(error)
        self.failed.set()

    def sounds(self, text: str) -> bool:
        """Whether the line is heard, and not only its silence."""
        return bool(np.any(self.voice.clip(text).samples))


def test_a_line_is_spoken_where_the_engine_answers(tmp_path: Path) -> None:
    heard = Heard(tmp_path, patience=20)
    heard.voice.begin("Hello.")
    assert heard.sounds("Hello.")
    assert heard.voice.seconds("Next.") == 0.25
    assert heard.troubles == []


def test_an_engine_that_hangs_is_silence_while_clips_at_hand_carry_on(tmp_path: Path) -> None:
    heard = Heard(tmp_path)
    heard.voice.begin("one")
    heard.engine.free.clear()
    assert not heard.sounds("How many left?")
    assert heard.sounds("one")
    assert heard.failed.wait(20), "that is told"
    heard.engine.free.set()
    assert heard.back.wait(20), "and that it is back"
    assert heard.sounds("How many left?")
    assert len(heard.troubles) == 1


def test_an_engine_that_fails_is_tried_again(tmp_path: Path) -> None:
    heard = Heard(tmp_path, patience=20)
    heard.engine.trouble = CoachError("It fails.")
    heard.voice.begin("one")
    assert not heard.sounds("Two words.")
    assert heard.voice.seconds("Two words.") > 0
    heard.engine.trouble = None
    assert heard.back.wait(20)
    assert heard.sounds("Two words.")


def test_silence_lasts_about_as_long_as_the_line(tmp_path: Path) -> None:
    heard = Heard(tmp_path)
    heard.engine.free.clear()
    assert 1 < heard.voice.seconds("Push your hips back and sit.") < 5
    heard.engine.free.set()


def test_a_voice_that_does_not_exist_is_said_at_the_start(tmp_path: Path) -> None:
    heard = Heard(tmp_path)
    heard.engine.trouble = NotFound("There is no such voice.")
    with pytest.raises(NotFound):
        heard.voice.begin("Hello.")


def test_another_manner_is_refused_while_the_engine_is_in_trouble(tmp_path: Path) -> None:
    heard = Heard(tmp_path, patience=20)
    heard.voice.tune(voice="en-us", talk=200, pitch=40)
    heard.engine.trouble = NotFound("There is no such voice.")
    with pytest.raises(NotFound):
        heard.voice.tune(voice="nobody", talk=200, pitch=40)
    heard.engine.trouble = CoachError("It fails.")
    heard.voice.begin("one more")
    with pytest.raises(CoachError, match="does not answer"):
        heard.voice.tune(voice="en-us", talk=200, pitch=40)


@pytest.mark.parametrize("rate", [0, 1, 1 << 31])
def test_a_clip_whose_header_is_damaged_is_made_anew(tmp_path: Path, rate: int) -> None:
    engine = Engine()
    Voice(RATE, folder=tmp_path, synthesizer=engine).clip("one", Pace.COUNT)
    (file,) = (tmp_path / "voice").glob("*.clip")
    content = file.read_bytes()
    file.write_bytes(content[:4] + rate.to_bytes(4, "little") + content[8:])
    assert Voice(RATE, folder=tmp_path, synthesizer=engine).clip("one", Pace.COUNT).seconds == 0.25
