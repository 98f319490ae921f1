"""A scripted athlete: a YAML list of what is said when, for renders and demos.

    - {at: 42.0, say: easier}
    - {at: 1:10, wav: pause.wav}

`at` is in seconds since the session began, or minutes:seconds. A WAV file is looked for beside the script.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from coach.audio.clip import EAR_RATE, Samples
from coach.audio.wav import read as read_wav
from coach.document.faults import Faults
from coach.document.read import Items, Table, Text, read
from coach.document.wording import Unclear, quote
from coach.errors import FileFault
from coach.routine.values import duration
from coach.voice.cache import Voice

ATHLETE_VOICE = "en-gb+f3"
"""Nobody could take it for the coach's."""
_RIGHT = "write {at: 42, say: easier} or {at: 42, wav: pause.wav}"


@dataclass(frozen=True)
class Utterance:
    """Something that a scripted athlete says."""

    at: float
    """Seconds since the session began."""
    say: str = ""
    wav: Path | None = None


def load_script(path: Path) -> list[Utterance]:
    """The script in this file, sorted by time. Raises FileFault with everything that is wrong in it."""
    document = read(path)
    faults = Faults(document)
    utterances: list[Utterance] = []
    if not isinstance(document.root, Items):
        faults.add((), "a script is a list", _RIGHT)
    else:
        for place, entry in enumerate(document.root):
            utterance = _utterance(entry, (place,), faults, path.parent)
            if utterance is not None:
                utterances.append(utterance)
    if faults.found:
        raise FileFault(faults.found)
    return sorted(utterances, key=lambda utterance: utterance.at)


def _utterance(entry: object, place: tuple[int], faults: Faults, folder: Path) -> Utterance | None:
    if not isinstance(entry, Table):
        faults.add(place, "this is not an entry of a script", _RIGHT)
        return None
    for key in entry:
        if key not in ("at", "say", "wav"):
            faults.add((*place, key), "there is no such key", "the keys here are at, say, wav", of_key=True)
    said = [key for key in ("say", "wav") if key in entry]
    if "at" not in entry or len(said) != 1 or not all(isinstance(entry[key], Text) for key in ("at", *said)):
        faults.add(place, "an entry has a time and one thing that is heard then", _RIGHT)
        return None
    try:
        at = duration(entry["at"])
    except Unclear as error:
        faults.add((*place, "at"), error.wrong, error.right)
        return None
    if said == ["say"]:
        return Utterance(at, say=str(entry["say"]))
    wav = folder / str(entry["wav"])
    if not os.path.isfile(wav):  # Path's own raises where a name is too long to be one
        faults.add((*place, "wav"), f"there is no file {quote(entry['wav'])} beside the script", "name a WAV file")
        return None
    return Utterance(at, wav=wav)


def spoken(utterances: list[Utterance]) -> list[tuple[float, Samples]]:
    """What is to be heard when, at EAR_RATE: said by a voice that is not the coach's, or read from files."""
    voice = Voice(EAR_RATE, voice=ATHLETE_VOICE, talk=150)
    return [(u.at, read_wav(u.wav, EAR_RATE) if u.wav is not None else voice.clip(u.say).samples) for u in utterances]
