"""What people call a workout and its exercises, and every phrase that the menu understands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from coach.dialogue.choosing import Candidate
from coach.dialogue.dialogue import Meaning
from coach.language import Language
from coach.language.commands import Command, Order
from coach.routine.model import Family, Routine, Variant
from coach.session.plan import works

FEW_SETS = 5
"""As many sets of an exercise can be asked for by number."""
CUT_SHORT = 3
"""Words that an exercise's name has at most to have a plural, and for its end to stand for it: "bridge", but not "wall"
for "clamshell against a wall"."""


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
    slots = (slot for candidate in candidates for slot in candidate.plan.slots)
    for name, family in exercise_names(language, ((slot.family, slot.variant) for slot in slots)).items():
        for what in ("skip to", "only"):
            for form in talk[what]:
                found.setdefault(form.format(exercise=name), Meaning(what, name=family))
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


def exercise_phrases(language: Language, routine: Routine) -> dict[str, Order]:
    """What asks for an exercise by its name in this workout; for one of the library's that is not in it too, to be told
    so.
    """
    others = {
        in_words(form, language): name
        for name, family in routine.library.items()
        for form in (name, language.several(name), *family.called)
    }
    called = others | exercise_names(language, begun_with(routine))
    return {
        form.format(name=name): Order(Command.SKIP_TO, family=family)
        for form in language.named[Command.SKIP_TO]
        for name, family in called.items()
    }


def begun_with(routine: Routine) -> list[tuple[Family, Variant]]:
    """Every movement of a routine, and the variant that it is begun with."""
    found = ((routine.families[work.family], work.rung) for work in works(routine.blocks))
    return [(family, family.variants[rung]) for family, rung in found]


def exercise_names(language: Language, used: Iterable[tuple[Family, Variant]]) -> dict[str, str]:
    """What movements are called, with the family's name: that, the variant's that each is begun with, one or several
    of it, as much of its end as tells it apart, and what it says itself under `called`.
    """
    called: dict[str, str] = {}
    ends: dict[str, set[str]] = {}
    for movement, variant in used:
        family = movement.name
        called |= {in_words(name, language): family for name in movement.called}
        for name in (family, variant.name):
            called.setdefault(in_words(name, language), family)
            words = name.split()
            if len(words) > CUT_SHORT:
                continue
            called.setdefault(in_words(language.several(name), language), family)
            for start in range(1, len(words)):
                end = " ".join(words[start:])
                for form in (end, language.several(end)):
                    ends.setdefault(in_words(form, language), set()).add(family)
    return {end: family for end, (family, *others) in ends.items() if not others} | called
