"""Step 3b: many more people, a few words of each, and voices that sound like people.

    python people.py WORK --speech DIR

DIR may hold any of these (FLAC, OGG or WAV at 16 kHz):

    commands/<word>/<speaker>_nohash_<n>.*   single words (Speech Commands)
    numbers/<name>.*, said.tsv               numbers read digit by digit: file, digits
    kathleen/<name>.*, said.tsv              sentences read aloud: file, text; no heading
    wake-words/<words>/<name>.*              words that are no command; "snowboy" is kept for tests
    neural/<name>.*, said.tsv                neural voices: file, voice, speed, kind, text

A speaker, a voice or a word is on one side, to learn from or to test with. Words that the lexicon
lacks are shown as speech that is no word.

Writes WORK/people_train.pkl (words and numbers), WORK/talk_train.pkl (sentences and wake words),
WORK/tts/train_neural.pkl and WORK/people_test.pkl.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Collection, Container
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from common import RATE, for_tests, load_json, load_yaml, rng, save_pickle
from human import DIGITS, Pcm, spoken
from text import LANGUAGE, beyond, commands, words_in

Utterance = dict[str, Any]
Sides = tuple[list[Utterance], list[Utterance]]
"""To learn from, and to test with."""

NEURAL_TEST = {"af_nova", "am_liam", "bf_emma", "bm_lewis"}
WAKE_WORDS_TEST = {"snowboy"}
UNKNOWN_IN_STRINGS = 0.5
"""The share of words in them that are no command and shown as speech that is no word."""


def sounds(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("*") if p.suffix in (".flac", ".ogg", ".wav"))


def read(path: Path) -> Pcm:
    """Raises SystemExit for another rate than the model's."""
    x, rate = soundfile.read(path, dtype="int16")
    if rate != RATE:
        raise SystemExit(f"{path} has {rate} samples a second, not {RATE}.")
    return np.asarray(x)


def listed(folder: Path, *columns: str) -> list[tuple[Path, dict[str, str]]]:
    """The rows of a folder's said.tsv whose recordings are there; the first column names the recording."""
    if not (folder / "said.tsv").exists():
        return []
    by_name = {p.stem: p for p in sounds(folder)}
    cells = [line.split("\t") for line in (folder / "said.tsv").read_text(encoding="utf-8").splitlines()]
    return [(by_name[row[0]], dict(zip(columns, row[1:], strict=False))) for row in cells if row[0] in by_name]


def known(words: Collection[str], lexicon: Container[str]) -> str:
    return " ".join(w if w in lexicon else "<spn>" for w in words)


def kind_of(word: str, phrases: Collection[str]) -> str:
    """A command is never hidden from the network, another word of the phrases seldom, any other often."""
    if word in phrases or word in DIGITS:
        return "human_command"
    return "human_part" if any(word in phrase.split() for phrase in phrases) else "human_word"


def single_words(folder: Path, lexicon: Container[str], phrases: Collection[str]) -> Sides:
    train: list[Utterance] = []
    test: list[Utterance] = []
    for path in sorted(p for word in folder.glob("*") if word.name != "silence" for p in sounds(word)):
        word, speaker = path.parent.name, path.stem.split("_")[0]
        row = {"audio": read(path), "text": known([word], lexicon), "voice": f"words:{speaker}", "word": word}
        (test if for_tests(speaker) else train).append(row | {"kind": kind_of(word, phrases)})
    return train, test


def strings(rows: list[Utterance]) -> list[Utterance]:
    """A person's words one after another, with pauses between them; a row for each word that there is."""
    r, by_voice, out = rng("strings"), defaultdict(list), []
    for row in rows:
        by_voice[row["voice"]].append(row)
    for voice, own in sorted(by_voice.items()):
        for _ in range(len(own) if len(own) > 1 else 0):
            some = r.sample(own, min(len(own), r.randint(2, 4)))
            parts = [p for x in some for p in (x["audio"], np.zeros(int(r.uniform(0.0, 0.6) * RATE), np.int16))]
            hidden = [x["kind"] != "human_command" and r.random() < UNKNOWN_IN_STRINGS for x in some]
            text = " ".join("<spn>" if hide else x["text"] for x, hide in zip(some, hidden, strict=True))
            out.append({"audio": np.concatenate(parts), "text": text, "voice": voice, "kind": "human_string"})
    return out


def numbers(folder: Path) -> Sides:
    """Three of four recordings; those with a number of ten digits only, for in shorter ones digits are missing."""
    sides: Sides = ([], [])
    for i, (path, said) in enumerate(listed(folder, "digits")):
        if len(said["digits"]) == 10:
            text = " ".join(DIGITS[int(d)] for d in said["digits"])
            row = {"audio": read(path), "text": text, "voice": f"numbers:{path.stem}", "kind": "human_number"}
            sides[i % 4 == 0].append(row)
    return sides


def sentences(folder: Path, lexicon: Container[str]) -> Sides:
    """One reader's; the last quarter to test with."""
    rows = []
    for path, said in listed(folder, "text"):
        words = [w for part in words_in(said["text"]) for w in spoken(part)]
        text = known(words, lexicon)
        rows.append({"audio": read(path), "text": text, "voice": "kathleen", "kind": "human_prompt"})
    first = len(rows) * 3 // 4
    return rows[:first], rows[first:]


def wake_words(folder: Path, lexicon: Container[str]) -> Sides:
    sides: Sides = ([], [])
    for path in sorted(p for word in folder.glob("*") for p in sounds(word)):
        words = path.parent.name.split("-")
        row = {"audio": read(path), "text": known(words, lexicon), "voice": "wake words", "kind": "human_word"}
        sides[path.parent.name in WAKE_WORDS_TEST].append(row)
    return sides


def neural(folder: Path, lexicon: Container[str], phrases: Collection[str]) -> Sides:
    """Kinds as text.py has them. A mixture of two voices is of both; only commands are tested with."""
    sides: Sides = ([], [])
    for path, said in listed(folder, "voice", "speed", "kind", "text"):
        tested = any(voice in said["voice"] for voice in NEURAL_TEST)
        kind = said["kind"]
        if kind in ("beyond", "carrier") or said["text"] in phrases:
            kind = "command"
        if not tested or said["kind"] == "command":
            text = known(words_in(said["text"]), lexicon)
            row = {"audio": read(path), "text": text, "voice": f"neural:{said['voice']}", "kind": kind}
            sides[tested].append(row)
    return sides


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work", type=Path)
    ap.add_argument("--speech", type=Path, required=True)
    args = ap.parse_args()
    lexicon = load_json(args.work / "lexicon.json")
    table = set(commands(load_yaml(LANGUAGE)))
    phrases = table | set(beyond())
    words = single_words(args.speech / "commands", lexicon, table)
    digits = numbers(args.speech / "numbers")
    read_aloud = sentences(args.speech / "kathleen", lexicon)
    others = wake_words(args.speech / "wake-words", lexicon)
    voices = neural(args.speech / "neural", lexicon, phrases)
    save_pickle(args.work / "people_train.pkl", words[0] + strings(words[0]) + digits[0])
    save_pickle(args.work / "talk_train.pkl", read_aloud[0] + others[0])
    (args.work / "tts").mkdir(exist_ok=True)
    save_pickle(args.work / "tts/train_neural.pkl", voices[0])
    tested = {"words": words, "numbers": digits, "sentences": read_aloud, "wake words": others, "neural": voices}
    save_pickle(args.work / "people_test.pkl", {name: sides[1] for name, sides in tested.items()})
    for name, (train, test) in tested.items():
        print(f"{name}: {len(train)} to learn from, {len(test)} to test with")


if __name__ == "__main__":
    main()
