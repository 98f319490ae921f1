"""The menu's sentences, spoken to the coach's ear: how many it understands.

    python -m bench.menu [VOICE ...]

VOICE is espeak:NAME or flite:NAME (bench/ear/voices.py), or a neural voice that is installed. The menu's own phrases
are said as they stand, their braces filled with what comes with the coach; bench/menu.yaml has what people say in
their own words. Half a second of faint noise goes before each, and a second and a half follows.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml

from bench.ear import voices
from bench.listening import Listening
from coach.app.parts import Studio
from coach.app.stage import understood
from coach.audio.clip import EAR_RATE, Samples
from coach.dialogue.choosing import Candidate
from coach.dialogue.dialogue import Meaning
from coach.dialogue.menu import Menu
from coach.dialogue.names import in_words, spoken_names
from coach.language import Language
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.session.plan import make_plan
from coach.voice.cache import Voice

VOICES = ("espeak:steph2", "espeak:Andy", "flite:rms", "flite:slt", "flite:awb", "flite:kal")
"""None of them taught the model or the verifier anything."""
OWN, FREE = "the menu's own phrases", "in people's own words"
_WORDINGS = Path(__file__).with_suffix(".yaml")
_BEFORE, _AFTER = 0.5, 1.5


class Sentence(NamedTuple):
    """Something to say, and what it is to come to."""

    said: str
    meaning: Meaning
    group: str


def shelf(language: Language) -> list[Candidate]:
    """The workouts that come with the coach, as somebody who has done none of them finds them."""
    library = Library()
    routines = [library.routine(listing.path) for listing in library.routines()]
    return [Candidate(it.slug, make_plan(it), spoken_names(it, language)) for it in routines]


def own(menu: Menu, candidates: Sequence[Candidate]) -> Iterator[Sentence]:
    """Every phrase of the menu; those with a name for each routine's names and each exercise once."""
    language = menu.language
    talk = language.talks["menu"]
    said = [name for it in candidates for name in it.names]
    families = {slot.family.name for it in candidates for slot in it.plan.slots}
    for what in ("skip to", "only"):
        forms = cycle(talk[what])
        said += [next(forms).format(exercise=in_words(language.several(it), language)) for it in sorted(families)]
    named = ("routine", "skip to", "only")
    said += [phrase for phrase, meaning in menu.phrases.items() if meaning.what not in named]
    for phrase in dict.fromkeys(said):
        yield Sentence(phrase, menu.phrases[phrase], OWN)


def free(wordings: Mapping[str, Sequence[str]], language: Language) -> Iterator[Sentence]:
    """Those of the file. A key is what they mean, and a name or a number where that has one."""
    for key, said in wordings.items():
        what = next(it for it in sorted(language.talks["menu"], key=len, reverse=True) if key.startswith(it))
        rest = key.removeprefix(what).strip()
        meaning = Meaning(what, int(rest)) if rest.isdigit() else Meaning(what, name=rest)
        yield from (Sentence(each, meaning, FREE) for each in said)


def speak(text: str, voice: str) -> Samples:
    """As the bench's voices do, or a neural voice of the coach's."""
    if ":" in voice:
        return voices.speak(text, voice)
    sound = Voice(EAR_RATE, voice=voice).clip(text).samples
    return np.asarray(sound * (0.2 / np.quantile(np.abs(sound), 0.95)), np.float32)


def main(names: Sequence[str]) -> None:
    """Print what was not understood, and the share of what was."""
    studio = Studio(Settings())
    candidates = shelf(studio.language)
    menu = Menu(studio.language, lambda text, pace: 1.0, candidates, (), datetime(2026, 6, 3, 18, 0))
    wordings = yaml.safe_load(_WORDINGS.read_text(encoding="utf-8"))
    sentences = [*own(menu, candidates), *free(wordings, studio.language)]
    rows = []
    for name in names:
        listening = Listening(studio.make_ear(understood(menu)))
        right, wrong = dict.fromkeys((OWN, FREE), 0), 0
        for said, meaning, group in sentences:
            sound = np.pad(speak(said, name), (round(_BEFORE * EAR_RATE), round(_AFTER * EAR_RATE)))
            found = [decision for _, decision in listening.hear(sound)]
            meant = [menu.meaning(each.text) for each in found if each.accepted]
            right[group] += meaning in meant
            wrong += any(each != meaning for each in meant)
            if meant != [meaning]:
                heard = "; ".join(f'"{it.text}" {"obeyed" if it.accepted else it.reason}' for it in found)
                print(f'{name}, "{said}": {heard or "nothing"}', flush=True)
        rows.append((name, right, wrong))
    of = {group: sum(it.group == group for it in sentences) for group in (OWN, FREE)}
    print("\n| voice | " + " | ".join(f"{group} ({of[group]})" for group in of) + " | taken for something else |")
    print("|---|---|---|---|")
    for name, right, wrong in rows:
        print(f"| {name} | " + " | ".join(f"{right[it] / of[it]:.1%}" for it in of) + f" | {wrong} |")
    shares = (sum(right[it] for _, right, _ in rows) / len(rows) / of[it] for it in of)
    print("| all | " + " | ".join(f"{share:.1%}" for share in shares) + f" | {sum(wrong for *_, wrong in rows)} |")


if __name__ == "__main__":
    main(sys.argv[1:] or VOICES)
