"""Whether a routine and its exercises can be asked for by voice: what of their names the ear knows, and what could be
said instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from coach.dialogue.names import begun_with, exercise_names, in_words, spoken_names
from coach.ear.decide.new_phrase import check_phrase, fault, sounding_like
from coach.ear.recognizer import SpeechModel
from coach.language import Language
from coach.routine.library import Library
from coach.routine.model import Family, Routine, Variant

Alike = Callable[[str], Mapping[str, object]]
"""The families that sound like these words, by their names as they are said."""


def unheard(paths: Iterable[Path], library: Library, language: Language, model: Path) -> Iterator[str]:
    """A sentence for each routine and each exercise in these files that nobody can ask for. Raises CoachError without
    a model.
    """
    found = [(path, library.load(path)[1]) for path in library.files(paths)]
    if not found:
        return
    speech = SpeechModel(model)
    told: set[str] = set()
    # There may be thousands.
    taken = cache(lambda: _called(library, language))
    families = cache(lambda: {in_words(other, language): other for other in library.families})
    alike = cache(lambda words: sounding_like(words, families(), language.code))
    for path, each in found:
        if isinstance(each, Routine):
            yield from _routine(path, each, taken, language, speech)
        used = begun_with(each) if isinstance(each, Routine) else [(each, variant) for variant in each.variants]
        for family in _unheard_of(used, language, speech):
            if family.name not in told:
                told.add(family.name)
                yield _exercise(path, family, language, speech, alike)


def _called(library: Library, language: Language) -> dict[str, str]:
    """What all routines are called, with their slugs."""
    return {
        name: listing.slug
        for listing, routine in library.all_routines()
        if routine is not None
        for name in spoken_names(routine, language)
    }


def _routine(
    path: Path, routine: Routine, taken: Callable[[], Mapping[str, str]], language: Language, speech: SpeechModel
) -> Iterator[str]:
    title, *others = spoken_names(routine, language)
    if any(not speech.unknown([name]) for name in (title, *others)):
        return
    objection = check_phrase(title, routine.slug, taken(), speech.knows, language)
    if objection is not None:
        by_exercise = (in_words(family, language) for family in routine.families)
        could = [*objection.better, *(name for name in by_exercise if not speech.unknown([name]))]
        yield f'{path}: nobody can ask for "{routine.title}" by voice: {objection.reason}{_alias(could)}'


def _unheard_of(used: list[tuple[Family, Variant]], language: Language, speech: SpeechModel) -> Iterator[Family]:
    """The movements of which no name is known."""
    heard = {family for name, family in exercise_names(language, used).items() if not speech.unknown([name])}
    yield from {family.name: family for family, _ in used if family.name not in heard}.values()


def _exercise(path: Path, family: Family, language: Language, speech: SpeechModel, alike: Alike) -> str:
    def objection(words: str) -> str | None:
        return fault(words, family.name, speech.knows, alike, language.code)

    name = in_words(family.name, language)
    known = " ".join(word for word in name.split() if speech.knows(word))
    exercise, _ = language.words["move"]
    could = (known, *(f"{in_words(muscle, language)} {exercise}" for muscle in family.muscles))
    first = next((words for words in could if objection(words) is None), None)
    reason = objection(name)
    because = f": {reason}" if reason else ""
    return f'{path}: nobody can skip to "{family.name}" by voice{because}{_alias([first] if first else [])}'


def _alias(could: list[str]) -> str:
    return f"; add  called: [{could[0]}]" if could else "; add another name under called, in everyday words"
