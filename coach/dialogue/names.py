"""What people call a workout, and every phrase that the menu understands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from coach.dialogue.choosing import Candidate
from coach.dialogue.dialogue import Meaning
from coach.language import Language
from coach.routine.model import Routine

FEW_SETS = 5
"""As many sets of an exercise can be asked for by number."""


def spoken_names(routine: Routine, language: Language) -> tuple[str, ...]:
    """What a routine is called: its title, the name of its file, and what it says itself under `called`."""
    called = (routine.title, routine.slug, *routine.called)
    return tuple(dict.fromkeys(filter(None, (in_words(name, language) for name in called))))


def in_words(name: str, language: Language) -> str:
    """A name as it is said: lower case, numbers in words, nothing but words."""
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+", language.speakable(name).lower().replace("’", "'"))
    return " ".join(language.number(int(word)) if word.isdigit() else word for word in words)


def menu_phrases(language: Language, candidates: Sequence[Candidate]) -> dict[str, Meaning]:
    """All that the menu understands. What the menu's own words mean goes before a name that is the same."""
    talk = language.talks["menu"]
    found: dict[str, Meaning] = {}
    for name, slug in _called(language, candidates).items():
        for form in talk["routine"]:
            found.setdefault(form.format(name=name), Meaning("routine", name=slug))
    for n in language.minutes_asked:
        found |= {form.format(n=language.number(n)): Meaning("minutes", n) for form in talk["minutes"]}
    for n in range(2, FEW_SETS + 1):
        found |= {form.format(n=language.number(n)): Meaning("sets", n) for form in talk["sets"]}
    for family, names in _exercises(candidates):
        for what in ("skip to", "only"):
            for form in talk[what]:
                for name in (*names, *map(language.several, names)):
                    found.setdefault(form.format(exercise=in_words(name, language)), Meaning(what, name=family))
    for what, phrases in talk.items():
        found |= {phrase: Meaning(what) for phrase in phrases if "{" not in phrase}
    return found


def _called(language: Language, candidates: Sequence[Candidate]) -> dict[str, str]:
    """Every name with the workout's slug: as it stands, with another article, and as much of it as tells it apart."""
    called: dict[str, str] = {}
    for candidate in candidates:
        for name in candidate.names:
            for form in _with_articles(name, language.words["articles"]):
                called.setdefault(form, candidate.slug)
    begun: dict[str, set[str]] = {}
    for name, slug in called.items():
        words = name.split()
        for length in range(2, len(words)):
            begun.setdefault(" ".join(words[:length]), set()).add(slug)
    return {begin: slug for begin, (slug, *others) in begun.items() if not others} | called


def _with_articles(name: str, articles: Sequence[str]) -> Iterator[str]:
    """Who says "a" and who says "the" means the same."""
    words = name.split()
    yield name
    for article in articles:
        yield " ".join(article if word in articles else word for word in words)


def _exercises(candidates: Iterable[Candidate]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each movement with what it is called: its family's name, and those of the variants it is begun with."""
    called: dict[str, dict[str, None]] = {}
    for candidate in candidates:
        for slot in candidate.plan.slots:
            names = called.setdefault(slot.family.name, {slot.family.name: None})
            names[slot.variant.name] = None
    for family, names in called.items():
        yield family, tuple(names)
