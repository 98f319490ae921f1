"""Two minutes of coaching with a scripted athlete: what the coach is like, without hardware."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coach.athlete import load_script, spoken
from coach.audio.clip import EAR_RATE, Samples
from coach.audio.recording import Recording
from coach.audio.recording import read as read_wav
from coach.render import RATE, Scene, render
from coach.routine.library import Library
from coach.session import events
from coach.session.events import Event
from coach.studio import Studio
from coach.workout import Sink

_FOLDER = Path(__file__).parent / "demonstration"


class Transcript:
    """Who said what, in the order in which it was heard, as lines to print."""

    def __init__(self) -> None:
        self._heard: list[tuple[float, str, str]] = []

    def __call__(self, event: Event) -> None:
        match event:
            case events.Said(text=text) if event.until > event.at:
                self._heard.append((event.at, "coach", text + (" —" if event.cut else "")))
            case events.HeardSpeech(accepted=True, text=text):
                self._heard.append((event.speech_end, "you", text))
            case events.Paused():
                self._heard.append((event.at, "coach", "(silence)"))

    def lines(self) -> list[str]:
        """Lines of one speaker that follow one another stand together."""
        lines: list[str] = []
        before = ""
        for _, who, text in sorted(self._heard, key=lambda entry: entry[0]):
            if who == before:
                lines[-1] += f" {text}"
            else:
                lines.append(f"{who:>5}  {text}")
            before = who
        return lines


def run_demo_into(studio: Studio, wav: Path, sinks: Sequence[Sink]) -> None:
    """Render the demonstration; `wav` has both voices."""
    said = spoken(load_script(_FOLDER / "athlete.yaml"))
    routine = Library().routine(_FOLDER / "demo.yaml")
    with tempfile.TemporaryDirectory() as folder:
        coach = Path(folder) / "coach.wav"
        render(studio, routine, Scene(said, echo=0.0), wav=coach, sinks=sinks)
        both = _with_athlete(read_wav(coach, RATE), said)
    with Recording(wav, RATE) as recording:
        recording.write(both)


def _with_athlete(coach: Samples, said: Sequence[tuple[float, Samples]]) -> Samples:
    import soxr

    both = coach.copy()
    for at, words in said:
        start = round(at * RATE)
        voice = np.asarray(soxr.resample(words, EAR_RATE, RATE), np.float32)[: max(0, len(both) - start)]
        both[start : start + len(voice)] += voice
    return both
