"""What wakes a coach that stands by: calls by many voices at three levels, and others' talk that must not.

    python -m bench.standby FOLDER [MINUTES]

FOLDER has `neural/said.tsv`, with "hey coach" by several voices, and `kathleen/*.ogg`, sentences that are for somebody
else; it is no part of the project. Between the calls stands a faint noise. Levels are those of the loudest tenth, in dB
beside the bench's usual one.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.ear.people import recording
from bench.listening import Listening
from coach.app.parts import Studio
from coach.app.standby import called_by
from coach.audio.clip import EAR_RATE, Samples
from coach.language.commands import Command
from coach.own.settings import Settings

LEVELS = (0.0, -10.0, -20.0)
CALLS = 200
WANTED = 0.3
"""Seconds from the end of a call to the decision."""
_USUAL = 0.2


def read(file: Path, level: float) -> Samples:
    """The sound, its loudest tenth `level` dB beside the usual one."""
    sound = recording(file)
    loud = max(1e-4, float(np.percentile(np.abs(sound), 90)))
    return np.asarray(np.clip(sound * (_USUAL / 2 / loud) * 10 ** (level / 20), -1, 1), np.float32)


class Listener:
    """A coach's ear that stands by, and the time on its clock."""

    def __init__(self) -> None:
        studio = Studio(Settings())
        self.phrase = studio.language.phrase(Command.WAKE)
        self._listening = Listening(studio.make_ear(called_by(self.phrase, studio.language)))
        self.obeyed: list[str] = []
        """What else it understood: music is paused without waking it."""

    @property
    def now(self) -> float:
        """Seconds on the ear's clock."""
        return self._listening.now

    def hear(self, sound: Samples) -> list[float]:
        """When, on its clock, it would have woken."""
        accepted = [(at, decision.text) for at, decision in self._listening.hear(sound) if decision.accepted]
        self.obeyed += [text for _, text in accepted if text != self.phrase]
        return [at for at, text in accepted if text == self.phrase]

    def rest(self, seconds: float) -> list[float]:
        """Nobody speaks."""
        return self.hear(np.zeros(round(seconds * EAR_RATE), np.float32))


def calls(folder: Path, phrase: str) -> Iterator[tuple[str, float, Samples]]:
    """By each voice in turn, at each level in turn: (voice, level, sound)."""
    with (folder / "said.tsv").open(encoding="utf-8") as table:
        said = [row for row in csv.DictReader(table, delimiter="\t") if row["text"].lower() == phrase]
    voices = sorted({row["voice"] for row in said})
    by = {voice: [row for row in said if row["voice"] == voice] for voice in voices}
    for n in range(CALLS):
        voice, level = voices[n % len(voices)], LEVELS[n // len(voices) % len(LEVELS)]
        row = by[voice][n // len(voices) % len(by[voice])]
        yield voice, level, read(folder / f"{row['file']}.ogg", level)


def main(folder: Path, minutes: float) -> None:
    """Print what woke it, and what did not."""
    listener = Listener()
    missed: dict[float, int] = dict.fromkeys(LEVELS, 0)
    of: dict[float, int] = dict.fromkeys(LEVELS, 0)
    late, heard_from = [], set()
    for voice, level, sound in calls(folder / "neural", listener.phrase):
        listener.rest(3.0)
        ended = listener.now + float(np.flatnonzero(np.abs(sound) > 0.02 * np.abs(sound).max())[-1]) / EAR_RATE
        woken = listener.hear(sound) + listener.rest(1.5)
        of[level] += 1
        heard_from.add(voice)
        if woken:
            late.append(woken[0] - ended)
        else:
            missed[level] += 1
    print(f"calls: {sum(of.values())} by {len(heard_from)} voices; missed: {sum(missed.values())}")
    for level in LEVELS:
        print(f"  {level:+.0f} dB: missed {missed[level]} of {of[level]}")
    within = sum(each <= WANTED for each in late)
    print(f"decided after the call's end: median {np.median(late):.2f} s, at worst {max(late):.2f} s; ", end="")
    print(f"{within} within {WANTED} s")
    print(f"taken for something about music: {len(listener.obeyed)}")
    began, cpu, falsely = listener.now, time.process_time(), 0
    listener.obeyed.clear()
    for file in sorted((folder / "kathleen").glob("*.ogg")):
        if listener.now - began >= 60 * minutes:
            break
        falsely += len(listener.hear(read(file, 0.0)) + listener.rest(0.3))
    talked = listener.now - began
    share = (time.process_time() - cpu) / talked
    print(
        f"others' talk: {talked / 60:.0f} min; woken {falsely} times; taken for something about music "
        f"{len(listener.obeyed)} times; {100 * share:.1f} % of a core, reading included"
    )
    cpu, began = time.process_time(), listener.now
    listener.rest(120.0)
    print(
        f"a quiet room: {100 * (time.process_time() - cpu) / (listener.now - began):.1f} % of a core, for the ear alone"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 60.0)
