"""Speaks the phrases that neural/said.tsv lacks by voices that sound like people, and adds them to it.

    python models/training/verifier/neural.py DIR --kokoro KOKORO [--times 6]

DIR/neural holds the recordings that clips.py names; KOKORO is where `coach models install
kokoro-82m` puts that voice. Voices that judge speak nothing. A run that was cut off goes on. It needs onnxruntime,
soundfile and soxr; a phrase takes about as long as it lasts.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile
import soxr

PROJECT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(PROJECT), str(PROJECT / "models" / "training")]

from clips import RATE, SAME_SOUND, Sound  # noqa: E402

from coach.language import load  # noqa: E402
from coach.voice.neural.installed import NeuralVoice  # noqa: E402
from coach.voice.neural.network import Network  # noqa: E402
from coach.voice.neural.phonemes import Phonemes  # noqa: E402

VOICES = (
    "bf_isabella af_aoede af_alloy am_santa af_bella af_nicole af_heart af_river af_jessica am_puck am_eric am_adam "
    "af_sarah am_michael bm_george bf_alice am_fenrir bm_daniel"
).split()
"""Those of neural/ that do not judge."""
ENOUGH = 4
"""A phrase that is there so often is not spoken again."""


class Kokoro:
    """Text in, sound out."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        """`scratch` takes the styles of mixtures."""
        self._folder, self._scratch = folder, scratch
        self._phonemes, self._session = Phonemes(), None

    def speak(self, text: str, voice: str, speed: float) -> Sound:
        """`voice` is a name, or "one+other:share of one"."""
        names, _, share = voice.partition(":")
        styles = [self._folder / "styles" / f"{name}.bin" for name in names.split("+")]
        if len(styles) == 2:
            one, other = (np.fromfile(style, np.float32) for style in styles)
            styles = [self._scratch / "mixture.bin"]
            (float(share) * one + (1 - float(share)) * other).astype(np.float32).tofile(styles[0])
        accent = "en-gb" if voice[0] == "b" else "en-us"
        made = NeuralVoice(voice, voice, (accent,), "kokoro", self._folder / "model.onnx", styles[0])
        network = Network(made, self._session)
        self._session = network.session
        spoken = network.spoken(self._phonemes.of(text, accent), speed)
        return np.asarray(soxr.resample(spoken, network.rate, RATE), np.float32)


def voice_of(number: int, time: int, r: random.Random) -> str:
    """Each voice in turn, every third time a mixture of two of one accent."""
    if time % 3 < 2:
        return VOICES[(time * 7 + number) % len(VOICES)]
    one = r.choice(VOICES)
    other = r.choice([voice for voice in VOICES if voice[0] == one[0] and voice != one])
    return f"{one}+{other}:{r.uniform(0.3, 0.7):.2f}"


def lacking(table: Path) -> Sequence[str]:
    """Phrases that are no numbers, and stand less often in the table than ENOUGH."""
    with table.open(encoding="utf-8") as rows:
        often = Counter(row["text"] for row in csv.DictReader(rows, delimiter="\t") if not _ours(row["file"]))
    return [phrase for phrase in load().phrases if often[SAME_SOUND.get(phrase, phrase)] < ENOUGH]


def _ours(name: str) -> bool:
    return name.startswith("more-")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("speech", type=Path)
    parser.add_argument("--kokoro", type=Path, required=True)
    parser.add_argument("--times", type=int, default=6)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        add(args.speech / "neural", Kokoro(args.kokoro, Path(scratch)), args.times)


def add(folder: Path, kokoro: Kokoro, times: int) -> None:
    """Speak what the folder's table lacks, round by round."""
    phrases = lacking(folder / "said.tsv")
    for time in range(times):
        for number, phrase in enumerate(phrases):
            name = f"more-{time:02d}-{re.sub(r'[^a-z]+', '-', phrase)}"
            if (folder / f"{name}.ogg").exists():
                continue
            r = random.Random(f"{phrase} {time}")
            voice, speed = voice_of(number, time, r), round(r.uniform(0.8, 1.2), 2)
            soundfile.write(folder / f"{name}.ogg", kokoro.speak(phrase, voice, speed), RATE)
            with (folder / "said.tsv").open("a", encoding="utf-8") as table:
                print(name, voice, speed, "command", phrase, sep="\t", file=table)


if __name__ == "__main__":
    main()
