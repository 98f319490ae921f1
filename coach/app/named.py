"""What a setting names, held against what there is: a voice, a speech model, a device, equipment."""

from __future__ import annotations

from collections.abc import Iterable

from coach import language, speech_models
from coach.audio.device import find_device
from coach.document.names import nearest
from coach.document.wording import quote
from coach.errors import CoachError, DeviceTrouble, NotFound, PartMissing
from coach.own.settings import Settings
from coach.routine.equipment import there
from coach.routine.importers.equipment import known as in_our_words
from coach.routine.library import Library
from coach.voice.synthesizer import Manner, speaking


def check(name: str, value: str, chosen: Settings) -> str:
    """Raise CoachError where a setting names what there is not. Returns what is to be told of a device that is not
    here at the moment, which is named all the same; mostly nothing. What cannot be known now is taken.
    """
    try:
        match name:
            case "voice":
                speaker, voice = speaking(value)
                speaker.clip("one", Manner(voice, chosen.rate))
            case "model":
                speech_models.best(value)
            case "equipment":
                _check_equipment(value, language.load(chosen.language).words["things"].values())
            case "microphone" | "loudspeaker":
                find_device(name, value)
    except NotFound as error:
        raise CoachError(f"{name}: {error.sentence[:1].lower()}{error.sentence[1:]}", error.hint) from None
    except DeviceTrouble as error:
        return f"It is taken, though not here at the moment: {error.sentence} {error.hint or ''}".strip()
    except PartMissing:
        pass
    return ""


def _check_equipment(value: str, room: Iterable[str]) -> None:
    """Every thing of the list has to be one that a routine takes, or one of the room."""
    known = [*_equipment(), *room]
    for thing in filter(None, (each.strip() for each in value.split(","))):
        if not there(in_our_words(thing), known):
            near = nearest(thing, known)
            hint = f'Did you mean "{near}"?' if near else f"There are: {', '.join(known)}."
            raise NotFound(f"No routine knows the equipment {quote(thing)}.", hint)


def _equipment() -> list[str]:
    """What the exercises and the routines take that can be read."""
    library = Library()
    families = list(library.families.values())
    for _, routine in library.all_routines():
        if routine is not None:
            families += routine.families.values()
    taken = {variant.equipment for family in families for variant in family.variants}
    return sorted(taken - {"none", ""})
