"""Synthesised voices of the old kind, eSpeak NG's variants and flite's. They are no people, but the coach's tests speak
with others of their kind, and what never heard them takes them for noise."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
import soxr
from clips import RATE, Sound

ESPEAK = (
    "m1 m2 m3 m4 m5 m7 m8 f1 f2 f3 f5 Alex Alicia Denis Diogo Gene Henrique Hugo Jacky Lee Marco Mario Michael Mike "
    "Nguyen RicishayMax Tweaky adam anika antonio aunty belinda benjamin boris caleb david ed edward grandma grandpa "
    "john kaukovalta linda marcelo max michel miguel norbert pablo paul pedro quincy rob robert sandro shelby travis "
    "victor zac"
).split()
ACCENTS = ("en-us", "en-us", "en-us", "en-gb", "en-gb-scotland")
FLITE = ("slt", "awb", "kal16")


def spoken(text: str, times: int, draw: str = "") -> Iterator[tuple[str, Sound]]:
    """It so many times: the voice and the sound. Another `draw` takes other voices."""
    r = random.Random(text + draw)
    for n in range(times):
        voice = f"flite:{r.choice(FLITE)}" if n % 6 == 5 else f"espeak:{r.choice(ACCENTS)}+{r.choice(ESPEAK)}"
        yield voice, speak(text, voice, r.randint(130, 215), r.randint(35, 70))


def speak(text: str, voice: str, rate: int, pitch: int) -> Sound:
    engine, name = voice.split(":")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.wav"
        if engine == "flite":
            stretch = f"duration_stretch={170 / rate:.2f}"
            command = ["flite", "-voice", name, "--setf", stretch, "-t", text, "-o", str(out)]
        else:
            command = ["espeak-ng", "-v", name, "-s", str(rate), "-p", str(pitch), "-w", str(out), text]
        subprocess.run(command, check=True, capture_output=True)
        x, found = soundfile.read(out, dtype="float32")
    return np.asarray(soxr.resample(x, found, RATE), np.float32)
