"""A workout for real: the athlete's devices, keys, captions and journal around the loop.

What is missing is said and gone without: no microphone leaves the keys, no loudspeaker the captions, no synthesiser the
captions too, no journal the workout.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from typing import Literal

from coach.app import eventlog
from coach.app.endings import Ending
from coach.app.eventlog import NO_FILES, Files
from coach.app.heap import give_large_pieces_back, give_memory_back
from coach.app.log import logging
from coach.app.loop import Reopens, Workout
from coach.app.manner import keep_manner
from coach.app.memory import Past
from coach.app.menu import another, choose
from coach.app.notices import Notices
from coach.app.onlookers import Following, Shown
from coach.app.parts import Speaker, Studio
from coach.app.priority import high_priority
from coach.app.stage import Stage, prove_model
from coach.app.watchdog import Watchdog
from coach.audio.clip import Duplex
from coach.audio.ducking import Ducking
from coach.audio.duplex import Live
from coach.audio.players import Players
from coach.errors import CoachError, DeviceTrouble, NotFound, PartMissing
from coach.journal.writer import Recorder
from coach.language.commands import Order
from coach.language.delivery import Pace
from coach.language.manner import Captions
from coach.own import paths, settings
from coach.routine.library import Library
from coach.routine.model import Routine
from coach.session.events import By
from coach.session.session import Session
from coach.session.tailoring import Today
from coach.terminal.captions import Display, captions
from coach.terminal.keys import Keys, listening
from coach.voice.ahead import AheadVoice
from coach.voice.neural.installed import is_neural
from coach.voice.silent import SilentVoice
from coach.voice.steady import SteadyVoice

STUCK = CoachError(
    "The program is stuck: the workout stands still.",
    "Ctrl-C, twice if need be, ends it; what was done is in the journal, and `coach run` offers to go on.",
)
Served = Literal["no", "here", "network"]
"""Whether there is a page: for this machine, or for its network as well."""
KEPT = "Every set that was begun is in the journal; `coach run` offers to go on."
"""What is told who breaks a workout off."""
FIRST_ROUTINE = "prerun-warmup"
"""What is done when none was named and none was done before."""


def run_live(
    name: str = "",
    *,
    plain: bool = False,
    which: Captions = "all",
    wake: str | None = None,
    page: Served = "no",
    files: Files = NO_FILES,
) -> None:
    """One workout from the greeting to the summary; without a name, as many as are asked for from the menu.

    Raises CoachError, or KeyboardInterrupt once all is saved.
    `which`: the captions that are printed.
    `page`: whether it is shown in browsers, too.
    `wake`: the phrase without which commands do not count, where it is not to be the setting's.
    """
    chosen = settings.load()
    paths.keep_private()
    with suppress(CoachError):
        settings.make()
    studio = Studio(chosen if wake is None else replace(chosen, wake=wake))
    library = Library()
    named = library.routine(name) if name else None
    with ExitStack() as stack:
        stack.enter_context(high_priority())
        stage = set_up(stack, studio, library, plain=plain, which=which, page=page, files=files)
        while do_one(stage, library, named) and named is None and not stage.deaf and another(stage):
            give_memory_back()


def set_up(
    stack: ExitStack,
    studio: Studio,
    library: Library,
    *,
    plain: bool,
    which: Captions = "all",
    page: Served = "no",
    files: Files,
    loudspeaker: bool = True,
) -> Stage:
    """Open all that workouts share; the loudspeaker later, where it is not to be open all the time."""
    give_large_pieces_back()
    notices = Notices(studio)
    write = stack.enter_context(eventlog.writing(files.events))
    log = stack.enter_context(logging(files.log, words=files.log_words))
    if studio.settings.wake:  # it is among what every ear is to understand
        prove_model(studio, notices)
    duplex, reopens = open_devices(studio, notices, loudspeaker=loudspeaker)
    stack.callback(duplex.close)
    voice = open_voice(studio, duplex.rate, notices)
    display: Display = shown(studio, notices, plain=plain, which=which)
    served = None
    if page != "no":
        from coach.app.page import KeysAndTaps, beside, open_page

        served = open_page(stack, studio.language, library, notices, lan=page == "network")
        display = beside(display, served, studio.language, notices) if served else display
    stack.enter_context(display)
    keys: Keys = stack.enter_context(listening(studio.language, plain=plain, screen=display))
    keys = KeysAndTaps(keys, served) if served else keys
    ducking = Ducking(paths.data() / "lowered.json") if studio.settings.lower_music else None
    if ducking is not None:
        stack.callback(ducking.close)
    players = Players() if studio.settings.lower_music else None
    return Stage(studio, notices, duplex, reopens, voice, display, keys, write, log, ducking, players)


def do_one(stage: Stage, library: Library, wanted: Routine | None = None, *, waits: bool = True) -> bool:
    """One workout: the one that was named, the one that was broken off, or one from the menu, which `waits` as in
    Menu. False where the athlete wanted none.
    """
    studio, notices, log = stage.studio, stage.notices, stage.log
    with ExitStack() as stack:
        past = Past(stack, notices, studio.bands)
        recorder = stack.enter_context(Recorder(past.record, notices.unforeseen("journal.unwritable")))
        offer = past.offer(library, wanted)
        today = Today()
        if wanted is None and offer is not None:
            wanted = offer.plan.routine
        elif wanted is None:
            picked = choose(stage, library, past, waits=waits)
            if picked is not None:
                wanted, today = picked.candidate.plan.routine, Today(picked.kept, announced=True)
            elif stage.deaf:
                wanted = library.routine(past.last_routine(library) or FIRST_ROUTINE)
            else:
                return False
        stage.begin()
        hearing = stage.open_ear(studio.commands(wanted))
        choices, so_far = past.choices(wanted, studio.settings.strength), past.so_far(studio, wanted)
        session = studio.session(wanted, stage.voice, choices, offer, notices.taken(), so_far, today)
        log.began(stage.duplex, studio.model.name if hearing is not None else "")

        def look(at: float) -> None:
            log.look(at, workout.duplex, hearing.ear if hearing is not None else None)

        watchdog = stack.enter_context(watching(stage, lambda: workout.now))
        workout = Workout(
            session,
            stage.voice,
            stage.duplex,
            hearing=hearing,
            given=Typed(stage.keys, stage.display, session),
            following=Following(
                sinks=[stage.write, stage.display.show, log.show],
                speaking=stage.display.speaking,
                judged=log.judged,
                record=recorder,
                safe=recorder.safe,
                ticking=[stage.display.tick, look, watchdog.tick, *stage.lowers(lambda: workout.mixer.line)],
                music=stage.music,
                news=notices.taken,
                failed=notices.unforeseen(),
            ),
            reopens=stage.reopens,
        )
        stack.callback(lambda: keep_manner(studio, session.manner, notices))
        try:
            carry_out(workout)
        finally:
            stage.music_back()
            stage.duplex = workout.duplex
    return session.begun


def watching(stage: Stage, now: Callable[[], float]) -> Watchdog:
    """What tells, aloud too, that the loop stands still."""
    line = stage.studio.language.line("device.stuck")
    stage.voice.prepare([(line, Pace.TALK)])

    def stuck(stacks: list[str]) -> None:
        stage.notices.tell(STUCK)
        stage.log.stuck(now(), stacks)
        if isinstance(stage.duplex, Live):
            stage.duplex.interject(stage.voice.clip(line).samples)

    return Watchdog(stuck)


def carry_out(workout: Workout) -> None:
    """Run it to its end, or until a signal ends it between two blocks; what was done is noted either way."""
    ending = Ending()
    try:
        with ending.watched():
            try:
                workout.run(until=lambda: ending.wanted)
            finally:
                if not workout.over:
                    workout.leave("interrupted")
    except KeyboardInterrupt:
        raise KeyboardInterrupt(KEPT) from None


class Typed:
    """What is typed, as orders; and what is typed that is none, for the display."""

    def __init__(self, keys: Keys, display: Display, session: Session) -> None:
        self._keys, self._display, self._session = keys, display, session

    def __call__(self) -> list[tuple[Order, By]]:
        """The orders that have been entered since the last call."""
        orders = []
        for entered in self._keys.poll(self._session.expects()):
            order = self._session.script.language.order(entered.text)
            if order is None:
                self._display.unknown(entered.text)
            else:
                orders.append((order, entered.by))
        self._display.offer(self._session.offered())
        self._display.typing(self._keys.typed)
        return orders


def open_devices(studio: Studio, notices: Notices, *, loudspeaker: bool = True) -> tuple[Duplex, Reopens | None]:
    """Loudspeaker and microphone, or what there is of them, or a timer."""
    from coach.audio.device import open_duplex
    from coach.audio.simulated import Timer

    microphone: str | None = studio.settings.microphone
    speaker: str | None = studio.settings.loudspeaker if loudspeaker else None
    while microphone is not None or speaker is not None:
        try:
            device = open_duplex(microphone, speaker)
            return device, device
        except PartMissing as missing:
            notices.tell(missing)
            break
        except DeviceTrouble as trouble:
            if trouble.device == "microphone" and microphone is not None:
                notices.tell(trouble, "device.no_microphone")
                microphone = None
            elif speaker is not None:
                notices.tell(trouble)
                speaker = None
            else:
                notices.tell(trouble)
                break
    return Timer(), None


def open_voice(studio: Studio, rate: int, notices: Notices) -> Speaker:
    """The voice, made steady; silence where there is no synthesiser at all. One that is slow to make is made ahead, and
    in place of one that does not exist the usual one speaks, and says so: on a shelf nobody reads along."""
    usual = studio.language.voice
    slow = is_neural(studio.settings.voice)
    voice = studio.voice(rate, usual if slow else "")
    silent = SilentVoice(rate, talk=studio.settings.rate, count=studio.settings.count_rate)
    steady = SteadyVoice(voice, silent, notices.unforeseen(), lambda: notices.mention("device.voice_back"))
    try:
        steady.begin(studio.language.line("opening.safety"))
    except NotFound as error:
        if not studio.settings.voice:
            raise
        notices.tell(error, "device.usual_voice")
        studio.settings = replace(studio.settings, voice="")
        return open_voice(studio, rate, notices)
    if not slow:
        return steady
    behind = partial(notices.mention, "device.voice_behind")
    failed = notices.unforeseen("device.usual_voice")
    return AheadVoice(studio.voice(rate), steady, behind, failed, usual=usual, chosen=is_neural)


def shown(studio: Studio, notices: Notices, *, plain: bool, which: Captions = "all") -> Shown:
    """The display that suits the terminal, and plain lines in its place should it fail."""
    display = captions(studio.language, plain=plain, which=which)
    spare = captions(studio.language, plain=True, which=which)
    return Shown(display, spare, notices.unforeseen())


def say_once(*lines: str, voice: str = "") -> None:
    """Speak through the loudspeaker, line after line, and return when all has been heard; `voice` instead of the
    setting's. Raises DeviceTrouble, or NotFound for a voice that does not exist.
    """
    from coach.audio.device import open_duplex
    from coach.audio.mixer import Mixer
    from coach.language.delivery import Priority

    chosen = settings.load()
    studio = Studio(replace(chosen, voice=voice) if voice else chosen)
    duplex = open_duplex(None, studio.settings.loudspeaker)
    try:
        mixer = Mixer(duplex.rate, duplex.block)
        mixer.volume(studio.manner.volume)
        speaker = studio.voice(duplex.rate)
        for line in filter(None, lines):
            mixer.play(speaker.clip(studio.language.speakable(line)), mixer.position, Priority.ANSWER, line)
            while mixer.sounding:
                duplex.exchange(mixer.next())
    finally:
        duplex.close()
