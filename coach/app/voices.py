"""The voices of this machine: listed, played, and chosen."""

from __future__ import annotations

from collections.abc import Iterator

from coach import language
from coach.app.live import say_once
from coach.own import settings
from coach.voice import synthesizer
from coach.voice.synthesizer import Manner


def listed(*, every: bool = False) -> Iterator[str]:
    """A line for each voice of the language that is spoken, or of every one. Raises PartMissing."""
    chosen = settings.load()
    spoken = language.load(chosen.language)
    suggested = dict.fromkeys(spoken.voices)
    for name in suggested:
        yield f"{'*' if name == (chosen.voice or spoken.voice) else ' '} {name}"
    for voice in synthesizer.shared().voices():
        name = voice.id.split("/")[-1]
        of_the_language = any(code.replace("_", "-").split("-")[0] == spoken.code for code in voice.languages)
        if name not in suggested and (every or of_the_language):
            yield f"{'*' if name == chosen.voice else ' '} {name:<22}  {voice.name}"


def played(name: str) -> str:
    """Let it be heard; says how to keep it. Raises NotFound with the nearest there are."""
    _checked(name)
    say_once(language.load(settings.load().language).line("answer.sounds_now"), voice=name)
    return f"To keep it: coach voices {name} --keep"


def chosen(name: str) -> str:
    """Keep it. Raises NotFound with the nearest there are."""
    _checked(name)
    settings.save("voice", name)
    return f"The coach speaks with {name} from now on."


def _checked(name: str) -> None:
    synthesizer.shared().clip("one", Manner(name, settings.load().rate))
