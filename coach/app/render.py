"""A workout without hardware: the loop in the simulated room, as fast as it can."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from coach.app import eventlog
from coach.app.eventlog import NO_FILES, Files
from coach.app.hearing import Hearing, made
from coach.app.log import logging
from coach.app.loop import Workout
from coach.app.memory import Past
from coach.app.notices import Notices
from coach.app.onlookers import NOBODY, Following
from coach.app.parts import Studio
from coach.audio.clip import EAR_RATE, Samples
from coach.audio.loudness import SPEECH_LEVEL
from coach.audio.simulated import Room
from coach.audio.wav import Recording
from coach.ear.ear import Ear
from coach.own import settings
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.routine.model import Routine
from coach.session.modes import Offer
from coach.session.plan import Choice, make_plan
from coach.terminal.progress import share

RATE = 48_000
PATIENCE = 20.0
"""Seconds for which a render goes on when the session waits for an athlete who has nothing more to say."""


@dataclass(frozen=True)
class Scene:
    """What stands around the coach in a render."""

    athlete: Sequence[tuple[float, Samples]] = ()
    """Seconds, and sound at EAR_RATE."""
    echo: float | None = None
    """How much louder than the athlete the coach reaches the microphone, in dB; None: not at all."""
    noise: float | None = None
    """How much quieter than the athlete a steady noise is, in dB; None: none."""
    seed: int = 0


def _raise(error: Exception) -> None:
    raise error


def render(
    studio: Studio,
    routine: Routine,
    scene: Scene,
    *,
    wav: Path | None = None,
    following: Following = NOBODY,
    choices: Mapping[int, Choice] | None = None,
    offer: Offer | None = None,
    ear: Ear | None = None,
) -> Workout:
    """Carry out a whole workout; the loudspeaker's sound goes to `wav`, 16-bit, 48 kHz. Returns it when it is over."""
    voice = studio.voice(RATE)
    session = studio.session(routine, voice, choices, offer)
    hearing = Hearing(made(ear or studio.make_ear(studio.commands(routine))), _raise)
    with ExitStack() as stack:
        recording = stack.enter_context(Recording(wav, RATE)) if wav is not None else None
        room = Room(
            RATE,
            athlete=scene.athlete,
            echo=scene.echo,
            noise=scene.noise,
            coach_level=SPEECH_LEVEL + 20 * math.log10(studio.manner.volume),
            seed=scene.seed,
            recording=recording,
        )
        workout = Workout(session, voice, room, hearing=hearing, following=following)
        last_word = max((at + len(said) / EAR_RATE for at, said in scene.athlete), default=0.0)
        waited = 0.0
        while not workout.over and waited < PATIENCE:
            workout.step()
            waits = session.waiting and workout.now > last_word
            waited = waited + room.block / RATE if waits else 0.0
        if not workout.over:
            workout.leave("left waiting")
    return workout


def render_to(name: str, wav: Path, scene: Scene, *, journal: bool = False, files: Files = NO_FILES) -> float:
    """Render the routine of this name or file; returns how many seconds it lasts. `journal`: note it as done."""
    chosen = settings.load()
    if not scene.athlete:
        # A file to be taken along is listened to where nobody hears an answer.
        chosen = replace(chosen, ask_effort=False, pacing="coach", settle=chosen.settle or Settings().settle)
    studio = Studio(chosen)
    routine = Library().routine(name)
    with ExitStack() as stack:
        write = stack.enter_context(eventlog.writing(files.events))
        log = stack.enter_context(logging(files.log, words=files.log_words))
        past = Past(stack, Notices(studio), studio.bands) if journal else None
        choices = past.choices(routine, chosen.strength) if past else None
        lasts = make_plan(routine, choices).seconds
        done = stack.enter_context(share(routine.title))
        following = Following(
            [write, log.show],
            judged=log.judged,
            record=past.record if past else None,
            ticking=[lambda at: done(min(1.0, at / lasts))],
        )
        return render(studio, routine, scene, wav=wav, following=following, choices=choices).now
