"""The athlete's own phrases: a file beside the settings, each phrase checked before it is taken.

next: [move on, next please]
pause: [freeze]
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from coach.document.faults import Faults
from coach.document.files import replace_file
from coach.document.names import nearest
from coach.document.read import Items, Table, Text, read
from coach.document.wording import quote
from coach.errors import FileFault, NotFound
from coach.language import Language
from coach.language.commands import UNNAMED, Command, Order
from coach.own import paths

_HEAD = "# Phrases of your own, by command. To change them: coach phrases add PHRASE COMMAND\n"
_RIGHT = "write next: [move on]"


def load(path: Path | None = None) -> dict[str, Command]:
    """Every phrase of the file with its command; no file has none. Raises FileFault with all that is wrong in it."""
    path = path or paths.own_phrases()
    if not os.path.lexists(path):
        return {}
    document = read(path)
    faults = Faults(document)
    found: dict[str, Command] = {}
    if not isinstance(document.root, Table):
        faults.add((), "this is not a list of phrases by command", _RIGHT)
    else:
        for name, said in document.root.items():
            if name not in set(Command) - UNNAMED:
                near = nearest(name, [command.value for command in Command])
                faults.add(
                    (name,), "there is no such command", f"did you mean {near}?" if near else _RIGHT, of_key=True
                )
            elif not isinstance(said, Items) or not all(isinstance(phrase, Text) for phrase in said):
                faults.add((name,), "this is not a list of phrases", _RIGHT)
            else:
                for index, phrase in enumerate(said):
                    words = " ".join(phrase.lower().split())
                    found[words] = Command(name)
                    if not words or not words.isprintable():
                        what = "has a character that can be neither shown nor spoken" if words else "has no word in it"
                        faults.add((name, index), f"{quote(phrase)} {what}", "take it out")
    if faults.found:
        raise FileFault(faults.found)
    return found


def spoken_by(language: Language, own: dict[str, Command]) -> Language:
    """The language with the athlete's phrases in it; what the language says itself stays as it is."""
    added = {phrase: Order(command) for phrase, command in own.items() if phrase not in language.phrases}
    return replace(language, phrases={**language.phrases, **added})


def naming(language: Language, bands: Sequence[str]) -> Language:
    """The language with phrases for the athlete's bands; what was a phrase before stays as it is."""
    added = {
        phrase.format(name=name.lower()): Order(Command.BAND, number)
        for number, name in enumerate(bands)
        for phrase in language.named[Command.BAND]
    }
    return replace(language, phrases={**added, **language.phrases})


def keep(phrase: str, command: Command) -> None:
    """Take a phrase up, as it is: what speaks against one is checked in app/teaching.py."""
    _save(load() | {phrase: command})


def remove(phrase: str) -> None:
    """Forget a phrase of the athlete's own. Raises NotFound."""
    own = load()
    said = " ".join(phrase.lower().split())
    if said not in own:
        near = nearest(said, own)
        raise NotFound(
            f'"{phrase}" is no phrase of yours.', f'Did you mean "{near}"?' if near else "`coach phrases` shows them."
        )
    del own[said]
    _save(own)


def _save(own: dict[str, Command]) -> None:
    by_command: dict[str, list[str]] = {}
    for phrase, command in own.items():
        by_command.setdefault(command.value, []).append(phrase)
    text = _HEAD + yaml.safe_dump(by_command, allow_unicode=True, sort_keys=False)
    replace_file(paths.own_phrases(), text, make_folder=True)
