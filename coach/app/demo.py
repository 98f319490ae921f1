"""Two minutes of coaching with a scripted athlete: what the coach is like, without hardware."""

from __future__ import annotations

import sys
import tempfile
from collections import deque
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coach.app import eventlog
from coach.app.athlete import load_script, spoken
from coach.app.onlookers import Following, Sink
from coach.app.parts import Studio
from coach.app.render import RATE, Scene, render
from coach.audio.clip import EAR_RATE, Samples
from coach.audio.resampling import resampled
from coach.audio.wav import Recording
from coach.audio.wav import read as read_wav
from coach.errors import CoachError
from coach.language import sentence
from coach.own import settings
from coach.routine.library import Library
from coach.session import events
from coach.session.events import Event

_FOLDER = Path(__file__).parent / "demonstration"


class Transcript:
    """Who said what, in the order in which it was heard, as lines to print."""

    def __init__(self) -> None:
        self._heard: list[tuple[float, str, str]] = []

    def __call__(self, event: Event) -> None:
        """Note who said what."""
        match event:
            case events.Said(text=text) if event.until > event.at:
                self._heard.append((event.at, "coach", text + (" —" if event.cut else "")))
            case events.HeardSpeech(accepted=True, text=text):
                self._heard.append((event.speech_end, "you", text))
            case events.Paused():
                self._heard.append((event.at, "coach", "(silence)"))

    def timed(self) -> list[tuple[float, str]]:
        """Each line with the time at which it is heard, in seconds; each speaker's turn begins with who it is."""
        lines: list[tuple[float, str]] = []
        before = ""
        for at, who, text in sorted(self._heard, key=lambda entry: entry[0]):
            lines.append((at, f"{who if who != before else '':>5}  {text}"))
            before = who
        return lines

    def turns(self) -> list[tuple[str, list[str]]]:
        """Who spoke, and all their lines until somebody else did."""
        turns: list[tuple[str, list[str]]] = []
        for _, who, text in sorted(self._heard, key=lambda entry: entry[0]):
            if not turns or turns[-1][0] != who:
                turns.append((who, []))
            turns[-1][1].append(sentence(text) if text.endswith((".", "?", ")", "—")) else f"{sentence(text)}.")
        return turns


def run_demo(*, events: Path | None = None) -> None:
    """Render it, play it where there is a loudspeaker, and print who said what as it is heard."""
    studio = Studio(settings.load())
    transcript = Transcript()
    with tempfile.TemporaryDirectory() as folder, eventlog.writing(events) as write:
        wav = Path(folder) / "demo.wav"
        run_demo_into(studio, wav, [transcript, write])
        show(transcript, wav, studio.settings.loudspeaker)


def show(transcript: Transcript, wav: Path, loudspeaker: str) -> None:
    """Play the demonstration, or print it where there is no loudspeaker."""
    from coach.audio.device import open_duplex

    try:
        duplex = open_duplex(None, loudspeaker)
    except CoachError as error:
        print(f"coach: {error.sentence} So here is the transcript alone.", file=sys.stderr)
        print("\n".join(line for _, line in transcript.timed()))
        return
    sound = read_wav(wav, duplex.rate)
    lines = deque(transcript.timed())
    try:
        for start in range(0, len(sound), duplex.block):
            while lines and lines[0][0] <= start / duplex.rate:
                print(lines.popleft()[1], flush=True)
            block = sound[start : start + duplex.block]
            duplex.exchange(np.pad(block, (0, duplex.block - len(block))))
    finally:
        duplex.close()


def run_demo_into(studio: Studio, wav: Path, sinks: Sequence[Sink]) -> None:
    """Render the demonstration; `wav` has both voices."""
    said = spoken(load_script(_FOLDER / "athlete.yaml"))
    routine = Library().routine(_FOLDER / "demo.yaml")
    with tempfile.TemporaryDirectory() as folder:
        coach = Path(folder) / "coach.wav"
        render(studio, routine, Scene(said, echo=0.0), wav=coach, following=Following(sinks))
        both = _with_athlete(read_wav(coach, RATE), said)
    with Recording(wav, RATE) as recording:
        recording.write(both)


def _with_athlete(coach: Samples, said: Sequence[tuple[float, Samples]]) -> Samples:
    both = coach.copy()
    for at, words in said:
        start = round(at * RATE)
        voice = resampled(words, EAR_RATE, RATE)[: max(0, len(both) - start)]
        both[start : start + len(voice)] += voice
    return both
