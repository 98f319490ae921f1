"""Things every step of the recipe shares: phone set, seeds, voice lists, reading and writing.

Phones are the 39 of CMUdict without stress marks, plus AX (an unstressed AH),
plus SIL (silence and background noise) and SPN (speech that is no word).
"""

from __future__ import annotations

import json
import pickle
import random
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
SEED = 20240607
RATE = 16000

SPEECH_PHONES = (
    "AA AE AH AX AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
).split()
PHONES = ["SIL", "SPN", *SPEECH_PHONES]  # index = monophone id
PHONE_ID = {p: i for i, p in enumerate(PHONES)}
NUM_PDFS = 2 * len(PHONES)  # two per phone: entry and self-loop

# Voices held out of training altogether; used for tests only. Never speak a training sentence with one.
ESPEAK_TEST_VARIANTS = ["f4", "m6", "Annie", "steph2", "Andy"]
ESPEAK_SKIP = set(
    "whisper whisperf croak Demonic UniRobot anikaRobot announcer robosoft robosoft2 robosoft3 robosoft4 robosoft5 "
    "robosoft6 robosoft7 robosoft8 fast fast_test Storm Mr "
    "AnxiousAndy steph steph3".split()  # near-copies of held-out variants
)
ESPEAK_TRAIN_ACCENTS = (
    ["en-us"] * 6
    + ["en-us-nyc"] * 2
    + ["en-gb", "en-gb-x-rp", "en-gb-scotland", "en-029", "en-gb-x-gbclan", "en-gb-x-gbcwmd"]
)
FSDD_TRAIN = ["jackson", "nicolas", "yweweler"]
FSDD_TEST = ["george", "theo", "lucas"]


def rng(*key: object) -> random.Random:
    """A random generator that depends only on SEED and the key."""
    return random.Random(zlib.crc32(repr((SEED, *key)).encode()))


def for_tests(speaker: str) -> bool:
    """Whether a speaker of Speech Commands is kept for tests, as a quarter are, by their names' checksum."""
    return zlib.crc32(speaker.encode()) >> 1 & 3 == 3


def map_phones(pron: Iterable[str]) -> list[str]:
    """CMUdict pronunciation -> this recipe's phones."""
    return ["AX" if p == "AH0" else p.rstrip("012") for p in pron]


def load_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def load_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def save_json(path: Path, obj: Any) -> None:
    path.write_text(json.dumps(obj, indent=0), encoding="utf-8")


def load_pickle(path: Path) -> Any:
    with path.open("rb") as f:
        return pickle.load(f)


def save_pickle(path: Path, obj: Any) -> None:
    with path.open("wb") as f:
        pickle.dump(obj, f, protocol=4)
