"""The ear on people whom nothing here was trained on: python -m bench.ear --people DIR [--size 0.2] [--keep FILE]

DIR holds commands/, digits/, wake-words/, kathleen/ and noises/ as models/training/verifier reads them; of all of it
only what `for_tests` in models/training/common.py and its neighbours keep from the training is heard here. Every system
hears the same sound. A line of --keep is one system's answer to one sound; with the same file a run that was broken off
goes on.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bench.ear import noises, systems
from bench.ear.rooms import RATE, Sound, level
from bench.ear.scenes import Scene
from coach import speech_models
from coach.ear.ear import Ear
from coach.ear.hearing import hear
from coach.ear.own_voice import OwnVoice
from coach.ear.utterance import whole
from coach.ear.verifier import AFTER, BEFORE, Verifier
from coach.ear.vocabulary import Vocabulary
from coach.language.costs import needed

ENGLISH = systems.ENGLISH
COMMANDS = ("stop", "yes", "no")
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DIGIT_SPEAKERS = ("theo", "george", "lucas")
LEARNER = "ours after learning"
LEARNED = 2
"""Recordings of a word from which a voice is learned; it is judged by the person's others."""
_BEFORE, _AFTER = 0.5, 2.0
"""Seconds of near silence around a recording."""
_STREAM = 60.0
"""Seconds of talk at a time."""
_SNRS = (12, 6)


@dataclass(frozen=True)
class Item:
    """A sound that every system is to hear."""

    group: str
    """Which line of the table it counts for."""
    name: str
    person: str
    said: str
    """The phrase that was said; "" for what is no command."""
    sound: Callable[[], Sound]
    asked: bool = False
    """A number was asked for."""


def items(speech: Path, size: float) -> Iterator[Item]:
    """Everything, or the share `size` of each group, evenly spread."""
    by_group: dict[str, list[Item]] = defaultdict(list)
    for item in (*_words(speech), *_digits(speech), *_streams(speech)):
        by_group[item.group].append(item)
    for name in COMMANDS:
        for snr in _SNRS:
            group = f"people's commands in noise, {snr} dB"
            by_group[group] += [_in_noise(item, group, n, snr) for n, item in enumerate(by_group[f'"{name}"'])]
    for of in by_group.values():
        yield from of[:: max(1, round(1 / size))]


def _words(speech: Path) -> Iterator[Item]:
    for path in sorted((speech / "commands").glob("*/*.flac")):
        word, person = path.parent.name, path.name.split("_")[0]
        if not _judges(path.name if word == "silence" else person):
            continue
        name, sound = f"{word}/{path.stem}", partial(_read, path)
        if word in COMMANDS:
            yield Item(f'"{word}"', name, person, word, sound)
        elif word in DIGITS:
            yield Item("digits where a number is asked", name, person, word, sound, asked=True)
        elif word == "silence":
            yield Item("silence and noises", name, "", "", sound)
        else:
            yield Item('"go"' if word == "go" else "single words that are no command", name, person, "", sound)


def _digits(speech: Path) -> Iterator[Item]:
    for path in sorted((speech / "digits").glob("*.flac")):
        digit, person, number = path.stem.split("_")
        if person in DIGIT_SPEAKERS and int(number) < 6:
            group = "digits by telephone where a number is asked"
            yield Item(group, path.stem, person, DIGITS[int(digit)], partial(_read, path), asked=True)


def _streams(speech: Path) -> Iterator[Item]:
    reading = sorted((speech / "kathleen").glob("*.ogg"))
    last = (speech / "kathleen/said.tsv").read_text(encoding="utf-8").splitlines()
    held_out = {line.split("\t")[0] for line in last[len(last) * 3 // 4 :]}
    for group, paths in (
        ("wake words of others", sorted((speech / "wake-words/snowboy").glob("*.ogg"))),
        ("reading", [path for path in reading if path.stem in held_out]),
    ):
        for n in range(0, len(paths), 30):
            yield Item(group, f"{group} {n}", "", "", partial(_stream, paths[n : n + 30]))


def _judges(speaker: str) -> bool:
    return zlib.crc32(speaker.encode()) >> 1 & 3 == 3


def _in_noise(item: Item, group: str, n: int, snr: float) -> Item:
    kinds = sorted(noises.NOISES)

    def sound() -> Sound:
        x = item.sound()
        noise = noises.NOISES[kinds[n % len(kinds)]](np.random.default_rng(n), len(x) / RATE + 1)[: len(x)]
        return np.asarray(x + noise * level(x) * 10 ** (-snr / 20), np.float32)

    return Item(group, f"{item.name}, {kinds[n % len(kinds)]} {snr} dB", item.person, item.said, sound)


@cache
def _read(path: Path) -> Sound:
    import soundfile
    import soxr

    x, rate = soundfile.read(path, dtype="float32")
    x = np.pad(x if rate == RATE else soxr.resample(x, rate, RATE), (round(_BEFORE * RATE), round(_AFTER * RATE)))
    return np.asarray(x + 4e-4 * np.random.default_rng(0).standard_normal(len(x)), np.float32)


def _stream(paths: Iterable[Path]) -> Sound:
    return np.concatenate([_read(path) for path in paths])


Answers = Callable[[Item], list[str]]
"""A system: the phrases that it would have acted on."""


def plain(item: Item) -> list[str]:
    """The loop of the tutorials."""
    return [text for text, _ in systems.plain(_scene(item)).obeyed]


def sphinx(item: Item) -> list[str]:
    """PocketSphinx."""
    return [text for text, _ in systems.sphinx(_scene(item)).obeyed]


def _scene(item: Item) -> Scene:
    return Scene(item.name, item.group, item.sound(), (), numbers=item.asked)


class Embedding:
    """The verifier alone: the word around the loudest moment, and the likeliest phrase if that is likely enough."""

    def __init__(self) -> None:
        self._verifier = Verifier(_heads())

    def __call__(self, item: Item) -> list[str]:
        probabilities = self._verifier(self.word(item.sound()))
        best = max(probabilities, key=lambda text: probabilities[text])
        allowed = ENGLISH.numbers if item.asked else ENGLISH.phrases
        return [best] if best in allowed and probabilities[best] >= needed(ENGLISH.order(best)) else []

    def word(self, x: Sound) -> Sound:
        """Cut as the heads learned it."""
        loudest = int(np.argmax(np.convolve(x**2, np.ones(480), "same")))
        first, last = whole(x, loudest - 240, loudest + 240)
        return x[max(0, first - round(BEFORE * RATE)) : last + round(AFTER * RATE)]

    def learned(self, recordings: Mapping[str, list[Item]]) -> OwnVoice:
        """What recordings of some phrases show of their speaker."""
        seen = [
            (phrase, self._verifier.features(self.word(it.sound()))) for phrase, of in recordings.items() for it in of
        ]
        phrases, examples = zip(*seen, strict=True)
        return OwnVoice(self._verifier.name, phrases, np.stack(examples))


class Ours:
    """The coach's ear; `own`: after it has learned a voice."""

    def __init__(self, own: OwnVoice | None = None) -> None:
        self._ear = Ear(systems.MODEL, Vocabulary.of(ENGLISH), Verifier(_heads(), own))

    def __call__(self, item: Item) -> list[str]:
        self._ear.expect(ENGLISH.numbers if item.asked else ENGLISH.phrases)
        return [decision.text for decision in hear(item.sound(), self._ear) if decision.accepted]


class Learned:
    """The same for each person, from LEARNED recordings of each command that there are more of; () for the rest."""

    def __init__(self, every: Iterable[Item]) -> None:
        said: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
        for item in every:
            if item.said and "noise" not in item.group:
                said[item.person][item.said].append(item)
        self._lessons = {
            person: lesson
            for person, words in said.items()
            if (lesson := {word: of[:LEARNED] for word, of in words.items() if len(of) > LEARNED})
        }
        self._embedding = Embedding()
        self._whose, self._ears = "", Ours()

    def judges(self, item: Item) -> bool:
        """Whether it can say something of this sound: its person is known, and it was not learned from."""
        lesson = self._lessons.get(item.person)
        if lesson is None or (item.said and item.said not in lesson):
            return False
        return not any(item.name.split(",")[0] == it.name for of in lesson.values() for it in of)

    def __call__(self, item: Item) -> list[str]:
        if self._whose != item.person:
            self._whose = item.person
            self._ears = Ours(self._embedding.learned(self._lessons[item.person]))
        return self._ears(item)


@cache
def _heads() -> Path:
    heads = speech_models.verifier(ENGLISH.code)
    if heads is None:
        sys.exit("There is no verifier.")
    return heads


@dataclass(frozen=True)
class Answer:
    """What one system made of one sound."""

    system: str
    item: Item
    texts: Sequence[str]

    @property
    def right(self) -> bool:
        """The phrase that was said is among those acted on."""
        return any(ENGLISH.order(text) == ENGLISH.order(self.item.said) for text in self.texts)

    @property
    def wrong(self) -> int:
        """How many phrases it acted on that were not said; numbers count where one was asked for."""
        orders = [order for text in self.texts if (order := ENGLISH.order(text))]
        counted = [order for order in orders if self.item.asked or order.number is None]
        return sum(order != ENGLISH.order(self.item.said) for order in counted)


def measure(speech: Path, size: float, keep: Path | None) -> str:
    """The tables. `keep` takes every answer, and has those of a run that was broken off."""
    asked: dict[str, Answers] = {"plain Vosk loop": plain, "embedding alone": Embedding(), "ours": Ours()}
    if find_spec("pocketsphinx"):
        asked["PocketSphinx"] = sphinx
    learned = Learned(items(speech, 1.0))
    kept = _Kept(keep)
    answers = []
    for item in items(speech, size):
        answers += [Answer(name, item, kept.answer(name, item, system)) for name, system in asked.items()]
        if learned.judges(item):
            answers.append(Answer(LEARNER, item, kept.answer(LEARNER, item, learned)))
    return f"{table(answers, list(asked))}\n\n{after_learning(answers)}"


class _Kept:
    """Answers in a file, a line each."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._texts: dict[tuple[str, str], list[str]] = {}
        if path and path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                system, name, texts = json.loads(line)
                self._texts[system, name] = texts

    def answer(self, system: str, item: Item, ask: Answers) -> list[str]:
        if (system, item.name) not in self._texts:
            texts = self._texts[system, item.name] = ask(item)
            if self._path:
                with self._path.open("a", encoding="utf-8") as file:
                    print(json.dumps([system, item.name, texts]), file=file)
        return self._texts[system, item.name]


def table(answers: Sequence[Answer], names: Sequence[str]) -> str:
    """A row a group, a column a system; last the people who are understood least."""
    lines = [f"| | {' | '.join(names)} |", "|---" * (1 + len(names)) + "|"]
    for group in dict.fromkeys(answer.item.group for answer in answers):
        of = [[it for it in answers if it.item.group == group and it.system == name] for name in names]
        lines.append(f"| {group} ({len(of[0])}) | {' | '.join(map(_cell, of))} |")
    worst = [worst_tenth([it for it in answers if it.system == name]) for name in names]
    lines.append(f"| stop, yes and no by the tenth understood least | {' | '.join(worst)} |")
    return "\n".join(lines)


def after_learning(answers: Sequence[Answer]) -> str:
    """The same sounds before and after a voice was learned."""
    judged = {it.item.name for it in answers if it.system == LEARNER}
    return table([it for it in answers if it.item.name in judged], ["ours", LEARNER])


def worst_tenth(answers: Iterable[Answer]) -> str:
    """The share of "stop", "yes" and "no" obeyed, the mean of the tenth of people for whom it is least, of those who
    said two or more of them."""
    people: dict[str, list[bool]] = defaultdict(list)
    for it in answers:
        if it.item.group.strip('"') in COMMANDS:
            people[it.item.person].append(it.right)
    shares = sorted(sum(of) / len(of) for of in people.values() if len(of) >= 2)
    worst = shares[: max(1, len(shares) // 10)]
    return f"{100 * sum(worst) / len(worst):.0f} % ({len(worst)} of {len(shares)})" if worst else "-"


def _cell(answers: Sequence[Answer]) -> str:
    said = [it for it in answers if it.item.said]
    wrong = sum(it.wrong for it in answers)
    if not answers:
        return "-"
    if not said:
        return f"{wrong} false"
    return f"{100 * sum(it.right for it in said) / len(said):.1f} %; {wrong}"
