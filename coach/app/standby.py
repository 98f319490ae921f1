"""Waiting to be called: a microphone, an ear for one phrase, and nothing else. Then the menu, a workout, and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from queue import SimpleQueue

import numpy as np

from coach.app.endings import Ending
from coach.app.eventlog import NO_FILES, Files
from coach.app.heap import give_memory_back
from coach.app.live import do_one, set_up
from coach.app.menu import another
from coach.app.parts import Studio
from coach.app.priority import high_priority
from coach.app.stage import Stage, prove_model
from coach.audio.clip import BLOCK_SECONDS, Samples
from coach.audio.duplex import WAKING_SECONDS, Live
from coach.audio.mixer import Mixer
from coach.audio.tones import tone
from coach.dialogue.dialogue import MUSIC
from coach.ear.decision import Decision
from coach.ear.ear import Ear
from coach.ear.vocabulary import Vocabulary
from coach.errors import CoachError, DeviceLost, DeviceTrouble
from coach.language import Language
from coach.language.commands import Command
from coach.language.delivery import Priority
from coach.language.manner import Captions
from coach.own import paths, settings
from coach.routine.library import Library
from coach.session import events

SURE = 0.7
"""How likely the call has to be: a coach that wakes in a talk bursts into it, one that does not is called again."""


def listen(*, plain: bool = False, which: Captions = "all", files: Files = NO_FILES) -> None:
    """Wait to be called, for as long as the program runs. Raises CoachError where nothing can call it."""
    chosen = settings.load()
    paths.keep_private()
    with suppress(CoachError):
        settings.make()
    studio = Studio(chosen)
    library = Library()
    with ExitStack() as stack:
        stack.enter_context(high_priority())
        stage = set_up(stack, studio, library, plain=plain, which=which, files=files, loudspeaker=False)
        if stage.deaf:
            raise DeviceTrouble("There is no microphone, and no keyboard.", "Nothing could call the coach.")
        standby = Standby(stage, studio)
        while standby.called():
            standby.wake()
            while do_one(stage, library, waits=False) and another(stage):
                pass
            standby.sleep()


class Standby:
    """The idle coach. The loudspeaker is open only while it is awake."""

    def __init__(self, stage: Stage, studio: Studio) -> None:
        self._stage, self._studio = stage, studio
        self._phrase = studio.settings.wake or studio.language.phrase(Command.WAKE)
        self._ear: Ear | None = None
        self._to_say: SimpleQueue[str] = SimpleQueue()
        """Keys of lines that say why no music was paused."""
        self._wait()

    def called(self) -> bool:
        """Wait for the phrase, spoken or typed; false where a signal ends the program."""
        stage, ending = self._stage, Ending()
        if self._ear is None and stage.duplex.hears:
            prove_model(self._studio, stage.notices)
            self._ear = self._studio.make_ear(called_by(self._phrase, stage.studio.language))
        silence = np.zeros(stage.duplex.block, np.float32)
        for line in stage.notices.taken():  # what calls it may be another phrase than the athlete knows
            self._say(line, silence)
        stage.begin()
        blocks = 0
        with ending.watched():
            while not ending.wanted and not stage.deaf:
                blocks += 1
                at = blocks * BLOCK_SECONDS
                for command, by in (*self._typed(), *self._heard(silence)):
                    if command not in MUSIC:
                        stage.write(events.Woken(at=at))
                        return True
                    stage.write(events.CommandGiven(at=at, command=command, by=by))
                    stage.music(command is Command.MUSIC_ON, self._to_say.put)
                if not self._to_say.empty():
                    self._say(stage.studio.language.line(self._to_say.get()), silence)
        return False

    def wake(self) -> None:
        """Answer with a tone, at once."""
        duplex = self._stage.duplex
        if isinstance(duplex, Live):
            try:
                duplex.open_loudspeaker(self._studio.settings.loudspeaker, tone("heard", duplex.rate).samples)
            except DeviceTrouble as trouble:
                self._stage.notices.tell(trouble)

    def sleep(self) -> None:
        """Give the loudspeaker back, and the memory that a workout needed."""
        duplex = self._stage.duplex
        if isinstance(duplex, Live):
            duplex.close_loudspeaker()
        self._stage.voice.forget()
        give_memory_back()
        self._wait()

    def _wait(self) -> None:
        self._stage.write(events.Waiting(at=0.0))
        line = self._studio.language.line("standby.waiting", phrase=self._phrase)
        self._stage.display.speaking(line, Priority.ANSWER)

    def _say(self, line: str, silence: Samples) -> None:
        """Say a line, with the loudspeaker open for as long as that takes, and listen again."""
        stage, duplex = self._stage, self._stage.duplex
        stage.display.speaking(line, Priority.ANSWER)
        if not isinstance(duplex, Live):
            return
        try:
            duplex.open_loudspeaker(self._studio.settings.loudspeaker, tone("not_understood", duplex.rate).samples)
            mixer = Mixer(duplex.rate, duplex.block)
            mixer.play(stage.voice.clip(line), mixer.position, Priority.ANSWER, line)
            while mixer.sounding:
                duplex.exchange(mixer.next())
            for _ in range(round(WAKING_SECONDS / BLOCK_SECONDS)):  # what opened it is still being played
                duplex.exchange(silence)
        except DeviceTrouble as trouble:
            stage.notices.tell(trouble)
        duplex.close_loudspeaker()
        duplex.begin()

    def _typed(self) -> Iterator[tuple[Command, events.By]]:
        for entered in self._stage.keys.poll():
            order = self._stage.studio.language.order(entered.text)
            if order is not None:
                yield order.command, entered.by

    def _heard(self, silence: Samples) -> Iterator[tuple[Command, events.By]]:
        stage = self._stage
        try:
            heard = stage.duplex.exchange(silence)
        except DeviceLost:
            return
        if self._ear is None or not len(heard.mic):
            if stage.reopens is not None:
                stage.reopens.again()
            return
        for each in self._ear.feed(heard.mic, heard.played, heard.at, heard.leap):
            if isinstance(each, Decision) and each.accepted:
                order = stage.studio.language.order(each.text)
                yield (order.command if order and order.command in MUSIC else Command.WAKE), "voice"


def called_by(phrase: str, language: Language) -> Vocabulary:
    """What the ear of an idle coach understands."""
    return Vocabulary(
        phrases=(phrase, *(said for said, order in language.phrases.items() if order.command in MUSIC)),
        decoys=tuple(language.talks["standby"]["decoys"]),
        needed=lambda _: SURE,
        code=language.code,
    )
