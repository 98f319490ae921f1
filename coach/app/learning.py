"""`coach calibrate`: what is learned of the athlete's voice, from an answer after a tone or from recordings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from coach.app.lesson import Conversation, Learned, learn_from, phrases_for, teach
from coach.app.parts import Studio
from coach.audio.clip import EAR_RATE
from coach.audio.wav import read
from coach.ear import calibrate as calibration
from coach.ear import own_voice
from coach.ear.ear import Ear
from coach.errors import CoachError, PartMissing
from coach.own import paths, settings

Show = Callable[[str], None]


def learn_by_asking(show: Show) -> None:
    """The lesson, through the athlete's devices; each line is shown, too. Raises CoachError, and keeps nothing then."""
    studio, learned = _beginning()
    with conversing(studio, studio.make_ear(), show) as conversation:
        whole = teach(conversation, learned, phrases_for(learned.language, learned.verifier))
        if learned.examples:
            learned.voice().write(paths.own_voice())
        end = "done" if whole and learned.examples else "ended" if learned.examples else "ended_empty"
        conversation.say(studio.language.line(f"lesson.{end}"))


@contextmanager
def conversing(studio: Studio, ear: Ear, show: Show) -> Iterator[Conversation]:
    """A conversation through the athlete's devices, closed after it. Raises CoachError where one is missing."""
    from coach.audio.device import open_duplex

    with closing(open_duplex(studio.settings.microphone, studio.settings.loudspeaker)) as duplex:
        yield Conversation(duplex, ear, studio.voice(duplex.rate).clip, show)


def learn_from_folder(folder: Path, show: Show) -> None:
    """What recordings show, named after what is said in them. Raises CoachError where none is of use."""
    studio, learned = _beginning()
    recordings = calibration.labelled(folder, studio.language.orders)
    used = learn_from(recordings, studio.make_ear(), learned)
    learned.voice().write(paths.own_voice())
    show(f"Learned from {used} of {len(recordings)} recordings. Kept in {paths.own_voice()}.")


def fit_thresholds(commands: Path, talk: Path, show: Show) -> None:
    """The ear's thresholds, by recordings of commands and of other talk. Raises CoachError."""
    studio = Studio(settings.load())
    recordings = calibration.labelled(commands, studio.language.orders)
    others = [read(path, EAR_RATE) for path in sorted(talk.glob("*.wav"))]
    found = calibration.calibrate(studio.make_ear(), recordings, others)
    path = calibration.save(studio.model, found)
    show(f"{found.obeyed:.0%} of the recognised commands would be obeyed, with {found.false} false ones.")
    show(f"Written to {path}.")


def forget() -> bool:
    """Delete what was learned; whether there was anything."""
    return own_voice.forget(paths.own_voice())


def _beginning() -> tuple[Studio, Learned]:
    """An ear that has learned nothing yet, whatever was learned before."""
    chosen = settings.load()
    if not chosen.own_voice:
        raise CoachError("Learning your voice is switched off.", f"Write own_voice: true into {paths.settings_file()}.")
    studio = Studio(replace(chosen, own_voice=False))
    verifier = studio.make_verifier()
    if verifier is None:
        raise PartMissing("There is nothing that could learn your voice in this language.")
    return studio, Learned(verifier, studio.language)
