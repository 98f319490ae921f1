"""A workout for real: the athlete's devices, keys, captions and journal around the loop.

What is missing is said and gone without: no microphone leaves the keys, no loudspeaker the captions, no synthesiser the
captions too, no journal the workout.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from coach.app import eventlog
from coach.app.loop import Reopens, Workout
from coach.app.memory import Past
from coach.app.notices import Notices
from coach.app.parts import Speaker, Studio
from coach.audio.clip import Duplex
from coach.ear.ear import Ear
from coach.errors import CoachError, DeviceTrouble, PartMissing
from coach.journal.writer import Recorder
from coach.language.commands import Order
from coach.own import settings
from coach.routine.library import Library
from coach.session.events import By
from coach.session.session import Session
from coach.terminal.captions import captions
from coach.terminal.keys import listening
from coach.voice.silent import SilentVoice

FIRST_ROUTINE = "prerun-warmup"
"""What is done when none was named and none was done before."""


def run_live(name: str = "", *, plain: bool = False, events: Path | None = None, wake: str | None = None) -> None:
    """One workout from the greeting to the summary. Raises CoachError, or KeyboardInterrupt once all is saved.

    `wake`: the phrase without which commands do not count, where it is not to be the setting's.
    """
    chosen = settings.load()
    with suppress(CoachError):
        settings.make()
    studio = Studio(chosen if wake is None else replace(chosen, wake=wake))
    library = Library()
    notices = Notices(studio)
    with ExitStack() as stack:
        write = stack.enter_context(eventlog.writing(events))
        past = Past(stack, notices)
        recorder = stack.enter_context(Recorder(past.record))
        routine = library.routine(name or past.last_routine(library) or FIRST_ROUTINE)
        offer = past.offer(library, routine if name else None)
        duplex, reopens = open_devices(studio, notices)
        stack.callback(duplex.close)
        voice = open_voice(studio, duplex.rate, notices)
        if duplex.hears and (damaged := studio.replace_damaged_model()):
            notices.tell(damaged, "device.model_damaged")
        ear = studio.ear() if duplex.hears else None
        session = studio.session(
            routine, voice, past.choices(routine), offer, tuple(notices.spoken), past.so_far(studio, routine)
        )
        display = stack.enter_context(captions(studio.language, plain=plain))
        keys = stack.enter_context(listening(studio.language, plain=plain))

        def given() -> Iterator[tuple[Order, By]]:
            for entered in keys.poll(session.expects()):
                order = studio.language.order(entered.text)
                if order is None:
                    display.unknown(entered.text)
                else:
                    yield order, entered.by
            display.typing(keys.typed)
            display.tick(workout.now)

        workout = Workout(
            session,
            voice,
            duplex,
            studio.language,
            ear=_checked(ear, notices),
            given=given,
            sinks=[write, display.show],
            speaking=display.speaking,
            record=recorder,
            safe=recorder.safe,
            reopens=reopens,
        )
        try:
            workout.run()
        except (KeyboardInterrupt, SystemExit):
            workout.leave("interrupted")
            raise
        finally:
            keep_manner(studio, session)


def open_devices(studio: Studio, notices: Notices) -> tuple[Duplex, Reopens | None]:
    """Loudspeaker and microphone, or what there is of them, or a timer."""
    from coach.audio.device import open_duplex
    from coach.audio.simulated import Timer

    microphone: str | None = studio.settings.microphone
    loudspeaker: str | None = studio.settings.loudspeaker
    while microphone is not None or loudspeaker is not None:
        try:
            device = open_duplex(microphone, loudspeaker)
            return device, device
        except PartMissing as missing:
            notices.tell(missing)
            break
        except DeviceTrouble as trouble:
            if trouble.device == "microphone" and microphone is not None:
                notices.tell(trouble, "device.no_microphone")
                microphone = None
            elif loudspeaker is not None:
                notices.tell(trouble)
                loudspeaker = None
            else:
                notices.tell(trouble)
                break
    return Timer(), None


def open_voice(studio: Studio, rate: int, notices: Notices) -> Speaker:
    voice = studio.voice(rate)
    try:
        voice.clip(studio.language.line("opening.safety"))
    except PartMissing as missing:
        notices.tell(missing)
        return SilentVoice(rate, talk=studio.settings.rate, count=studio.settings.count_rate)
    return voice


def _checked(ear: Future[Ear] | None, notices: Notices) -> Future[Ear] | None:
    """Tell when there can be no ear; the workout begins without waiting for that."""

    def tell(made: Future[Ear]) -> None:
        error = made.exception()
        if isinstance(error, CoachError):
            notices.tell(error)

    if ear is not None:
        ear.add_done_callback(tell)
    return ear


def keep_manner(studio: Studio, session: Session) -> None:
    """What was changed by voice holds for the next workout, too."""
    before, after = studio.manner, session.manner
    if after.volume != before.volume:
        settings.save("volume", round(after.volume * 100))
    for name in ("verbosity", "rate", "pitch", "voice"):
        if getattr(after, name) != getattr(before, name):
            settings.save(name, getattr(after, name))


def say_once(text: str) -> None:
    """Speak one line through the loudspeaker and return when it has been heard."""
    from coach.audio.device import open_duplex
    from coach.audio.mixer import Mixer
    from coach.language.delivery import Priority

    studio = Studio(settings.load())
    duplex = open_duplex(None, studio.settings.loudspeaker)
    try:
        mixer = Mixer(duplex.rate, duplex.block)
        mixer.volume(studio.manner.volume)
        mixer.play(studio.voice(duplex.rate).clip(text), 0, Priority.ANSWER, text)
        while mixer.sounding:
            duplex.exchange(mixer.next())
    finally:
        duplex.close()
