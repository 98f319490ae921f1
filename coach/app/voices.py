"""The voices of this machine: listed, played, chosen, and made ready for a workout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from coach import language
from coach.app.live import say_once
from coach.app.memory import Past
from coach.app.notices import Notices
from coach.app.parts import Studio
from coach.own import paths, settings
from coach.routine.library import Library
from coach.session.plan import make_plan
from coach.speech_models import voices as to_fetch
from coach.speech_models.catalogue import megabytes
from coach.terminal.progress import share
from coach.voice.neural.installed import find, installed
from coach.voice.synthesizer import Manner, shared, speaking

_ANY_RATE = 48_000
"""The lines are kept at the voice's own rate, whatever the loudspeaker's."""


def listed(*, every: bool = False) -> Iterator[str]:
    """A line for each voice of the language that is spoken, or of every one; then those that can be fetched. Raises
    PartMissing.
    """
    chosen = settings.load()
    spoken = language.load(chosen.language)
    suggested = dict.fromkeys(spoken.voices)
    for name in suggested:
        yield f"{'*' if name == (chosen.voice or spoken.voice) else ' '} {name}"
    for neural in installed():
        if every or neural.languages[0].split("-")[0] == spoken.code:
            mark = "*" if find(chosen.voice) == neural else " "
            yield f"{mark} {neural.id.split('/')[-1]:<22}  {neural.name}, {neural.languages[0]}: neural"
    for voice in shared().voices():
        name = voice.id.split("/")[-1]
        of_the_language = any(code.replace("_", "-").split("-")[0] == spoken.code for code in voice.languages)
        if name not in suggested and (every or of_the_language):
            yield f"{'*' if name == chosen.voice else ' '} {name:<22}  {voice.name}"
    for entry in to_fetch.catalogue():
        if not entry.whole(paths.voices() / entry.name):
            size = megabytes(entry.size)
            yield f"\nMore can be fetched, {size}, {entry.licence}:  coach models install {entry.name}"


def played(name: str) -> str:
    """Let it be heard; says how to keep it. Raises NotFound with the nearest there are."""
    _checked(name)
    say_once(language.load(settings.load().language).line("answer.sounds_now"), voice=name)
    return f"To keep it: coach voices {name} --keep"


def chosen(name: str) -> str:
    """Keep it. Raises NotFound with the nearest there are."""
    _checked(name)
    settings.save("voice", name)
    ahead = " To make a workout's lines ahead of it: coach voices --make ROUTINE" if find(name) else ""
    return f"The coach speaks with {name} from now on.{ahead}"


def made(routine: str) -> str:
    """Make every line of a workout, as it would be done today, with the chosen voice. Raises CoachError."""
    studio = Studio(settings.load())
    wanted = Library().routine(routine)
    voice = studio.voice(_ANY_RATE)
    with ExitStack() as stack:
        past = Past(stack, Notices(studio), studio.bands)
        lines = studio.lines(make_plan(wanted, past.choices(wanted, studio.settings.strength)))
    seconds = 0.0
    with share(wanted.title) as done:
        for number, line in enumerate(lines):
            done(number / len(lines))
            seconds += voice.clip(*line).seconds
    minutes, rest = divmod(round(seconds), 60)
    return f"{wanted.title}: {len(lines)} lines are ready, {minutes} min {rest:02} s of speech."


def _checked(name: str) -> None:
    speaker, voice = speaking(name)
    speaker.clip("one", Manner(voice, settings.load().rate))
