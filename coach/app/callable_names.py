"""Whether a routine can be asked for by voice: what of its names the ear knows, and what could be said instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from coach.dialogue.names import in_words, spoken_names
from coach.ear.decide.new_phrase import check_phrase
from coach.ear.recognizer import SpeechModel
from coach.errors import FileFault
from coach.language import Language
from coach.routine.library import Library
from coach.routine.model import Routine


def unheard(paths: Iterable[Path], library: Library, language: Language, model: Path) -> Iterator[str]:
    """A sentence for each routine in these files that nobody can ask for. Raises CoachError without a model."""
    routines = [routine for routine in map(library.load_routine, library.files(paths)) if routine is not None]
    if not routines:
        return
    speech = SpeechModel(model)
    for routine in routines:
        names = spoken_names(routine, language)
        if any(not speech.unknown([name]) for name in names if name):
            continue
        taken = dict(_others(library, routine, language))
        name = in_words(routine.title, language)
        objection = check_phrase(name, routine.slug, taken, speech.knows, language)
        if objection is not None:
            by_exercise = (in_words(family, language) for family in routine.families)
            could = [*objection.better, *(name for name in by_exercise if not speech.unknown([name]))]
            better = f"; add  called: [{could[0]}]" if could else ""
            yield f'{routine.path}: nobody can ask for "{routine.title}" by voice: {objection.reason}{better}'


def _others(library: Library, routine: Routine, language: Language) -> Iterator[tuple[str, str]]:
    for listing in library.routines():
        if listing.slug == routine.slug:
            continue
        try:
            other = library.routine(listing.path)
        except FileFault:
            continue
        yield from ((name, other.slug) for name in spoken_names(other, language))
