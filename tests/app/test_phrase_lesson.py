"""A phrase taught by voice, by somebody who answers after each tone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bench.ear.voices import speak
from coach.app.lesson import Conversation
from coach.app.parts import Studio
from coach.app.phrase_lesson import ANY_WORDS, learn_phrase, teach_phrase
from coach.audio.clip import EAR_RATE, Clip
from coach.ear.recognizer import SpeechModel
from coach.errors import NotFound
from coach.language.commands import Command
from coach.own import paths, phrases
from coach.own.settings import Settings
from tests.app.test_lesson import Athlete

NOTHING = "I heard nothing. After the tone, say your phrase. Or say nothing once more, and we end here."


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_CONFIG_DIR", str(tmp_path))


@pytest.fixture
def studio() -> Studio:
    return Studio(Settings())


def taught(studio: Studio, command: Command, *answers: str) -> tuple[bool, list[str]]:
    """Whether a phrase was kept, and the coach's lines."""
    athlete = Athlete(*answers)

    def clip(line: str) -> Clip:
        return Clip(np.asarray(0.6 * speak(line, "espeak:"), np.float32), EAR_RATE)

    conversation = Conversation(athlete, studio.make_ear(ANY_WORDS), clip, athlete.told)
    knows = SpeechModel(studio.model).knows
    return teach_phrase(conversation, command, studio.language, knows), athlete.lines


def test_the_same_words_twice_running_are_kept(studio: Studio) -> None:
    kept, lines = taught(studio, Command.NEXT, "next", "go ahead", "press on", "press on")
    assert kept
    assert phrases.load() == {"press on": Command.NEXT}
    assert lines == [
        'What would you like to say for "next"? Say it after the tone.',
        'You can say "next" for that already. Say another phrase after the tone.',
        'I heard "go ahead". Once more, please.',
        'This time I heard "press on". Once more, please.',
        'From now on, "press on" means "next".',
    ]


def test_what_sounds_like_another_is_refused_with_the_reason_and_silence_ends_it(studio: Studio) -> None:
    kept, lines = taught(studio, Command.NEXT, "keep moving", "", "")
    assert not kept
    assert not paths.own_phrases().exists()
    reason = '"keep moving" sounds like "keep going". "keep moving now" would do.'
    refused = f"That won't do: {reason} Say a phrase after the tone."
    assert lines[1:] == [refused, NOTHING, "Fine, we end here. Nothing has changed."]


def test_who_says_something_else_each_time_is_not_asked_for_ever(studio: Studio) -> None:
    kept, lines = taught(studio, Command.PAUSE, *["go ahead", "press on"] * 4)
    assert not kept
    assert not paths.own_phrases().exists()
    assert len(lines) == 7
    assert lines[-1].startswith("I didn't hear the same words twice, so nothing has changed.")


def test_a_command_that_there_is_not_is_told_before_anything_is_asked() -> None:
    shown: list[str] = []
    with pytest.raises(NotFound, match='Did you mean "next"'):
        learn_phrase("nxt", shown.append)
    assert not shown


def test_without_a_microphone_it_is_one_sentence() -> None:
    paths.settings_file().write_text("microphone: none of this name\n", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "coach", "phrases", "teach", "next"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert not ended.stdout
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) <= 2
