"""A model's thresholds, found on synthetic voices: python -m bench.ear.calibrate [--model DIR] [--speech DIR]

The same search as `coach calibrate`, on the development voices' commands (in quiet, in rooms, in noise) and on talk:
near-misses, the coach's lines by others and, with --speech, people ordering coffee. The thresholds that have to do with
the echo are left as they are: the bench's scenes with a coach show them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bench.ear import systems
from bench.ear.catalogue import build, catalogue
from bench.ear.people import orders
from bench.ear.rooms import RATE, Sound
from bench.ear.voices import DEVELOPMENT
from coach.ear.calibrate import listen, save

_BEFORE, _AFTER = 0.8, 1.0
"""Seconds around a command that are cut out with it."""
_SHARES = (0.99, 0.98, 0.97, 0.96, 0.95, 0.93, 0.9)
"""Of the recognised commands, obeyed: the choice there is between obeying and not being fooled."""


def commands(seed: int, size: float) -> Iterator[tuple[Sound, str]]:
    """Every command of the scenes in which the coach is silent."""
    for name in catalogue(size):
        if name.startswith(("coach", "talk")) or name.endswith(" 6 dB"):
            continue
        scene = build(name, DEVELOPMENT, seed, size)
        for spoken in scene.spoken:
            start, end = (round(at * RATE) for at in (spoken.start - _BEFORE, spoken.end + _AFTER))
            yield scene.athlete[max(0, start) : end], spoken.phrase


def talk(seed: int, size: float, speech: Path | None) -> Iterator[Sound]:
    for name in catalogue(size):
        if name.startswith("talk"):
            yield build(name, DEVELOPMENT, seed, size).athlete
    if speech:
        yield orders(speech, "development").athlete


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.ear.calibrate", description=__doc__)
    parser.add_argument("--model", type=Path, default=systems.MODEL, help="a folder of a Vosk model")
    parser.add_argument("--speech", type=Path, help="a folder of people's recordings, digits/ and orders/")
    parser.add_argument("--size", type=float, default=0.4, help="share of the full bench")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--write", type=float, metavar="SHARE", help="write coach.yaml for this share obeyed")
    asked = parser.parse_args()
    ear = systems.our_ear(asked.model)
    heard, others = commands(asked.seed, asked.size), talk(asked.seed, asked.size, asked.speech)
    result = listen(ear, heard, others)
    print(f"{len(result.right)} commands recognised, {len(result.wrong)} times talk taken for one before any check")
    for share in _SHARES:
        found = result.choose(share)
        print(f"obeyed {found.obeyed:.1%}, {found.false} false: {asdict(found.thresholds)}")
    if asked.write:
        print("written:", save(asked.model, result.choose(asked.write)))


if __name__ == "__main__":
    main()
