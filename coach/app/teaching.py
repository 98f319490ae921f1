"""Teaching the coach a phrase: it is kept when the ear can hear it and tell it from every other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from coach.document.names import nearest
from coach.ear.decide.new_phrase import Objection, check_phrase
from coach.ear.recognizer import SpeechModel
from coach.errors import CoachError, NotFound
from coach.language import Language
from coach.language.commands import UNNAMED, Command
from coach.own import phrases

SHOWN = 3
"""Phrases that a command has already, in a refusal."""


def teach(phrase: str, meaning: str, language: Language, model: Path) -> Command:
    """Take a phrase up for a command, which is named or said: `hurts`, or "it hurts". Returns the command.

    What means it already stays as it is. Raises CoachError with what speaks against it and what would do instead.
    """
    phrase = " ".join(phrase.lower().split())
    if not phrase:
        raise CoachError("There is no word in the phrase.", 'In quotes: coach phrases add "move on" next')
    command = command_for(meaning, language)
    spoken = phrases.spoken_by(language, phrases.load())
    known = known_for(command, spoken)
    if phrase in known:
        return command
    objection = object_to(phrase, command, spoken, SpeechModel(model).knows)
    if objection is not None:
        hints = [f"These would: {_listed(objection.better)}."] if objection.better else []
        hints.append(f"These mean {command.value} already: {_listed(known[:SHOWN])}.")
        raise CoachError(f'"{phrase}" will not do: {objection.reason}.', " ".join(hints))
    phrases.keep(phrase, command)
    return command


def known_for(command: Command, spoken: Language) -> list[str]:
    """The phrases that mean it already; `spoken` has the athlete's own among them."""
    return [said for said, order in spoken.phrases.items() if order.command is command]


def object_to(phrase: str, command: Command, spoken: Language, knows: Callable[[str], bool]) -> Objection | None:
    """What speaks against a phrase beside all others, the athlete's own among them; `knows` as in check_phrase."""
    taken = {said: order.command for said, order in spoken.orders.items() if said != phrase}
    return check_phrase(phrase, command, taken, knows, spoken)


def command_for(meaning: str, language: Language) -> Command:
    """The command of this name, or the one that is given by saying this. Raises NotFound."""
    names = [command.value for command in Command if command not in UNNAMED]
    if meaning in names:
        return Command(meaning)
    order = language.order(meaning)
    if order is not None and order.command not in UNNAMED:
        return order.command
    near = nearest(meaning, [*names, *language.phrases])
    raise NotFound(
        f'There is no command "{meaning}", and none is given by saying so.',
        f'Did you mean "{near}"?' if near else "`coach commands` lists them.",
    )


def _listed(phrases: Sequence[str]) -> str:
    return ", ".join(f'"{each}"' for each in phrases)
