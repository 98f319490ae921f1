"""Teaching the coach a phrase: it is kept when the ear can hear it and tell it from every other."""

from __future__ import annotations

from pathlib import Path

from coach.document.names import nearest
from coach.ear.decide.new_phrase import check_phrase
from coach.ear.recognizer import SpeechModel
from coach.errors import CoachError, NotFound
from coach.language import Language
from coach.language.commands import Command
from coach.own import phrases


def teach(phrase: str, command: str, language: Language, model: Path) -> None:
    """Take a phrase up. Raises CoachError with what speaks against it and what would do instead."""
    phrase = " ".join(phrase.lower().split())
    if command not in set(Command) - {Command.NUMBER}:
        near = nearest(command, [each.value for each in Command])
        raise NotFound(
            f'There is no command "{command}".', f'Did you mean "{near}"?' if near else "`coach commands` lists them."
        )
    spoken = phrases.spoken_by(language, phrases.load())
    taken = {said: order.command for said, order in spoken.orders.items() if said != phrase}
    objection = check_phrase(phrase, Command(command), taken, SpeechModel(model).knows, language)
    if objection is not None:
        better = ", ".join(f'"{each}"' for each in objection.better)
        raise CoachError(f'"{phrase}" will not do: {objection.reason}.', f"These would: {better}." if better else "")
    phrases.keep(phrase, Command(command))
