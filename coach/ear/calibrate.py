"""Finding a model's thresholds on recordings: commands that should be obeyed, and talk that should not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import yaml

from coach.audio.clip import EAR_RATE, Samples
from coach.audio.wav import read as read_wav
from coach.document.files import replace_file
from coach.ear.decide.judge import Rules, Utterance, judge
from coach.ear.decide.thresholds import Thresholds
from coach.ear.ear import Ear
from coach.ear.hearing import hear
from coach.errors import CoachError

_LIKELIER = (-4.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
_LENIENT = (-6.0, -4.0, -3.0, -2.0, -1.0, 0.0)
_AMBIGUOUS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0)
_SHORTEST = (0.0, 0.22, 0.27, 0.33)


@dataclass(frozen=True)
class Calibration:
    """Thresholds that were found, and what they do with the recordings."""

    thresholds: Thresholds
    obeyed: float
    """Share of the commands that were recognised at all."""
    false: int
    """Commands made out of talk."""


def labelled(folder: Path, phrases: Iterable[str]) -> list[tuple[Samples, str]]:
    """The recordings of a folder with the phrases their names begin with: `next exercise 2.wav`. Raises CoachError."""
    known = set(phrases)
    found = []
    for path in sorted(folder.glob("*.wav")):
        phrase = re.sub(r"[\s_-]*\d*$", "", path.stem.lower()).replace("_", " ").strip()
        if phrase not in known:
            raise CoachError(f'{path} is named after no phrase: "{phrase}".', "`coach commands` lists them.")
        found.append((read_wav(path, EAR_RATE), phrase))
    return found


@dataclass(frozen=True)
class Heard:
    """What an ear made of the recordings."""

    rules: Rules
    right: list[Utterance]
    """Commands heard as what they are."""
    wrong: list[Utterance]
    """Talk heard as a command."""

    def choose(self, share: float) -> Calibration:
        """The thresholds with the fewest false commands among those that obey `share` of the recognised commands."""
        given = self.rules.thresholds
        tried = [
            _tried(
                replace(given, likelier=likelier, likelier_lenient=lenient, ambiguous=ambiguous, shortest=shortest),
                self.rules,
                self.right,
                self.wrong,
            )
            for likelier, lenient, ambiguous, shortest in itertools.product(_LIKELIER, _LENIENT, _AMBIGUOUS, _SHORTEST)
            if lenient <= likelier
        ]
        enough = [it for it in tried if it.obeyed >= share] or [max(tried, key=lambda it: it.obeyed)]
        return min(enough, key=lambda it: (it.false, -it.obeyed))


def listen(ear: Ear, commands: Iterable[tuple[Samples, str]], talk: Iterable[Samples]) -> Heard:
    """`ear` hears everything. Raises CoachError when there is too little."""
    rules = ear.rules
    right = [
        heard
        for sound, phrase in commands
        for heard in _utterances(ear, sound)
        if heard.heard.text in rules.vocabulary.phrases
        and rules.vocabulary.meanings(heard.heard.text) == rules.vocabulary.meanings(phrase)
    ]
    wrong = [
        heard for sound in talk for heard in _utterances(ear, sound) if heard.heard.text in rules.vocabulary.phrases
    ]
    if len(right) < 10:
        raise CoachError(f"Only {len(right)} commands were recognised; it takes ten.", "Record more of them.")
    return Heard(rules, right, wrong)


def calibrate(
    ear: Ear, commands: Iterable[tuple[Samples, str]], talk: Iterable[Samples], share: float = 0.97
) -> Calibration:
    """Listen, and choose. Raises CoachError when there is too little."""
    return listen(ear, commands, talk).choose(share)


def save(model: Path, found: Calibration) -> Path:
    """Write the thresholds beside the model, whole or not at all."""
    path = model / "coach.yaml"
    note = f"# Obeyed {found.obeyed:.1%} of the recognised commands, {found.false} false. Written by coach calibrate.\n"
    replace_file(path, note + yaml.safe_dump({"thresholds": asdict(found.thresholds)}, sort_keys=False))
    return path


def _utterances(ear: Ear, sound: Samples) -> list[Utterance]:
    return [decision.utterance for decision in hear(sound, ear) if decision.utterance and not decision.early]


def _tried(thresholds: Thresholds, rules: Rules, right: Sequence[Utterance], wrong: Sequence[Utterance]) -> Calibration:
    rules = replace(rules, thresholds=thresholds, expected=None)
    obeyed = sum(judge(utterance, rules) is None for utterance in right)
    return Calibration(thresholds, obeyed / len(right), sum(judge(utterance, rules) is None for utterance in wrong))
