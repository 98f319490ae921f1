"""Who says what: the recordings of people and of neural voices that teach, and who is kept for judging."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr
from common import for_tests
from numpy.typing import NDArray

RATE = 16000
Sound = NDArray[np.float32]
DIGITS = "zero one two three four five six seven eight nine".split()
NUMBERS = {
    *DIGITS,
    *"ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
    *"twenty thirty forty fifty sixty seventy eighty ninety".split(),
    "one hundred",
}
SAME_SOUND = {
    "know": "no", "won": "one", "weight": "wait", "ate": "eight", "to": "two", "too": "two", "for": "four",
    "son": "sun", "ok": "okay", "paws": "pause", "hay": "hey", "favorite": "favourite", "deadlift": "dead lift",
    "i am ready": "i'm ready",
}  # fmt: skip
"""Words that nobody can tell apart are one."""
OTHER, OTHER_NUMBER = "[other]", "[number]"
"""None of the phrases; a number of several words."""
FSDD_TEACHES = ("jackson", "nicolas", "yweweler")
NEURAL_JUDGES = {"af_nova", "am_liam", "bf_emma", "bm_lewis"}
HELD_OUT_ORDERS = Path(__file__).resolve().parents[3] / "bench/ear/held-out-orders.txt"


@dataclass(frozen=True)
class Clip:
    label: str
    kind: str
    """people, digits, wake, orders, reading or neural."""
    speaker: str
    path: Path

    def sound(self) -> Sound:
        x, rate = soundfile.read(self.path, dtype="float32", always_2d=True)
        mono: Any = x.mean(axis=1)
        return np.asarray(mono if rate == RATE else soxr.resample(mono, rate, RATE), np.float32)


def teaching(speech: Path) -> list[Clip]:
    """Every recording that teaches; nobody who judges is among them."""
    return [*_people(speech), *_digits(speech), *_talk(speech), *_neural(speech)]


def _people(speech: Path) -> Iterator[Clip]:
    for path in sorted((speech / "commands").glob("*/*.flac")):
        word = path.parent.name
        speaker = path.name.split("_")[0]
        if not for_tests(path.name if word == "silence" else speaker):
            silent = word == "silence"
            yield Clip(OTHER if silent else word, "silence" if silent else "people", speaker, path)


def _digits(speech: Path) -> Iterator[Clip]:
    for path in sorted((speech / "digits").glob("*.flac")):
        digit, speaker, _ = path.stem.split("_")
        if speaker in FSDD_TEACHES:
            yield Clip(DIGITS[int(digit)], "digits", speaker, path)


def _talk(speech: Path) -> Iterator[Clip]:
    for path in sorted((speech / "wake-words").glob("*/*.ogg")):
        if path.parent.name != "snowboy":
            yield Clip(OTHER, "wake", path.stem, path)
    held = {line.split()[1] for line in HELD_OUT_ORDERS.read_text().splitlines() if line[0] != "#"}
    for path in sorted((speech / "orders").glob("*.flac")):
        if path.stem.split("-")[0] not in held:
            yield Clip(OTHER, "orders", path.stem, path)
    said = (speech / "kathleen/said.tsv").read_text(encoding="utf-8").splitlines()
    for line in said[: len(said) * 3 // 4]:
        yield Clip(OTHER, "reading", "kathleen", speech / "kathleen" / f"{line.split(chr(9))[0]}.ogg")


def _neural(speech: Path) -> Iterator[Clip]:
    with (speech / "neural/said.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            if NEURAL_JUDGES.isdisjoint(row["voice"].split(":")[0].split("+")):
                label, sentence = row["text"], row["kind"] in ("general", "carrier")
                if row["kind"] == "number" and label not in NUMBERS:
                    label = OTHER_NUMBER
                path = speech / "neural" / f"{row['file']}.ogg"
                if sentence:
                    yield Clip(OTHER, "sentence", row["voice"], path)
                else:
                    yield Clip(SAME_SOUND.get(label, label), "neural", row["voice"], path)
