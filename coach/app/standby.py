"""Waiting to be called: a microphone, an ear for one phrase, and nothing else. Then the menu, a workout, and back."""

from __future__ import annotations

from contextlib import ExitStack, suppress

import numpy as np

from coach.app.endings import Ending
from coach.app.eventlog import NO_FILES, Files
from coach.app.heap import give_memory_back
from coach.app.live import do_one, set_up
from coach.app.menu import another
from coach.app.parts import Studio
from coach.app.priority import high_priority
from coach.app.stage import Stage
from coach.audio.clip import BLOCK_SECONDS, Samples
from coach.audio.duplex import Live
from coach.audio.tones import tone
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
        self._wait()

    def called(self) -> bool:
        """Wait for the phrase, spoken or typed; false where a signal ends the program."""
        stage, ending = self._stage, Ending()
        if self._ear is None and stage.duplex.hears:
            self._ear = self._studio.make_ear(called_by(self._phrase, stage.studio.language))
        silence = np.zeros(stage.duplex.block, np.float32)
        stage.duplex.begin()
        blocks = 0
        with ending.watched():
            while not ending.wanted and not stage.deaf:
                blocks += 1
                if self._typed() or self._heard(silence):
                    stage.write(events.Woken(at=blocks * BLOCK_SECONDS))
                    return True
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
        """Give the loudspeaker back."""
        duplex = self._stage.duplex
        if isinstance(duplex, Live):
            duplex.close_loudspeaker()
        give_memory_back()
        self._wait()

    def _wait(self) -> None:
        self._stage.write(events.Waiting(at=0.0))
        line = self._studio.language.line("standby.waiting", phrase=self._phrase)
        self._stage.display.speaking(line, Priority.ANSWER)

    def _typed(self) -> bool:
        return any(self._stage.studio.language.order(entered.text) for entered in self._stage.keys.poll())

    def _heard(self, silence: Samples) -> bool:
        stage = self._stage
        try:
            heard = stage.duplex.exchange(silence)
        except DeviceLost:
            return False
        if self._ear is None or not len(heard.mic):
            if stage.reopens is not None:
                stage.reopens.again()
            return False
        found = self._ear.feed(heard.mic, heard.played, heard.at, heard.leap)
        return any(isinstance(each, Decision) and each.accepted for each in found)


def called_by(phrase: str, language: Language) -> Vocabulary:
    """What the ear of an idle coach understands."""
    return Vocabulary(
        phrases=(phrase,),
        decoys=tuple(language.talks["standby"]["decoys"]),
        needed=lambda _: SURE,
        code=language.code,
    )
