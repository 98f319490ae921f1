"""Names with signs in them are announced in words: what is measured, prepared, spoken and heard is one text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from coach.app.loop import Workout
from coach.app.onlookers import Following
from coach.app.parts import Studio
from coach.audio.clip import Clip
from coach.audio.simulated import Room
from coach.language.delivery import Pace
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.session import events
from coach.session.events import Event
from coach.voice.silent import SilentVoice

ROUTINE = """\
routine: Été & 💪 legs
exercises:
  - family: 3/4 curl up (left/right)
    equipment: body weight
    variants:
      - name: 3/4 curl up (left/right)
        setup: ["Step 1: Lie on your back."]
        move: Curl 2x.
blocks:
  - {exercise: 3/4 curl up (left/right), reps: 1}
"""


class Recorder(SilentVoice):
    """Silence that keeps every text it was asked for."""

    def __init__(self, rate: int) -> None:
        super().__init__(rate)
        self.texts: set[str] = set()

    def clip(self, text: str, pace: Pace = Pace.TALK) -> Clip:
        self.texts.add(text)
        return super().clip(text, pace)

    def seconds(self, text: str, pace: Pace = Pace.TALK) -> float:
        self.texts.add(text)
        return super().seconds(text, pace)

    def prepare(self, lines: object) -> None:
        assert isinstance(lines, Iterable)
        self.texts |= {text for text, _ in lines}


def test_signs_in_names_are_spoken_in_words_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    studio = Studio(Settings(settle=1))
    room = Room(16_000)
    voice = Recorder(room.rate)
    happened: list[Event] = []
    session = studio.session(Library().routine(path), voice)
    workout = Workout(session, voice, room, following=Following([happened.append]))
    workout.run(until=lambda: any(isinstance(event, events.SetStarted) for event in happened))
    said = [event.text for event in happened if isinstance(event, events.Said)]
    assert any("Été and legs" in text for text in said)
    assert any("three quarters curl up (left or right)" in text.lower() for text in said)
    assert "Step one: Lie on your back." in said
    assert not [text for text in voice.texts if any(sign in text for sign in "/&💪123")]
    assert "aside" not in " ".join(voice.texts)
