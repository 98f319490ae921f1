"""The loop: what the microphone brought, what the session makes of it, the next block for the loudspeaker.

A live workout, a rendered file and a test differ only in what stands at the two ends of it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from coach.app.hearing import Hearing
from coach.app.onlookers import NOBODY, Following, Onlookers
from coach.audio.clip import Clip, Duplex, Heard
from coach.audio.mixer import Mixer
from coach.audio.tones import tone
from coach.ear.decide.judge import UNPROVEN
from coach.ear.decision import Closed, Decision, Opened
from coach.errors import Device, DeviceLost
from coach.language import Language
from coach.language.commands import Order
from coach.language.delivery import Pace, Priority
from coach.session import events
from coach.session.directives import Hush, Music, Say, Tone, Volume
from coach.session.events import Event
from coach.session.modes import REBUILT
from coach.session.orders import doubt, obey
from coach.session.questions import not_understood
from coach.session.session import Session
from coach.session.timeline import Directive

LEAST_GAP = 0.05
"""Seconds missed at once from which on the ear is to know: an echo that moved by less is soon found again."""
TOO_SLOW = 0.3
"""Seconds missed and lost in all from which on the athlete is to know."""

Given = Callable[[], Sequence[tuple[Order, events.By]]]
"""What was asked for by other ways than the microphone since the last call: orders, and how they came."""


class Speaks(Protocol):
    """A voice, as the loop needs it."""

    def clip(self, text: str, pace: Pace = Pace.TALK) -> Clip:
        """The line as sound."""
        ...


class Reopens(Protocol):
    """What to do about a device that has gone: a stand-in at once, the device itself when it is back."""

    def stand_in(self) -> Duplex:
        """What to go on with meanwhile."""
        ...

    def again(self) -> Duplex | None:
        """Called now and then; None while it is still gone."""
        ...


class Talk(Protocol):
    """What is carried out: a workout's session, the menu, the first run. Times are seconds on the audio clock."""

    @property
    def finished(self) -> bool:
        """It is over, and all of it has been said."""
        ...

    @property
    def answering(self) -> bool:
        """Something is told beside, or asked, and has not been heard to its end."""
        ...

    def advance(self, until: float) -> Sequence[Directive]:
        """All that happens before `until`, in order of time."""
        ...

    def answer(self, at: float, *lines: str) -> None:
        """Say something beside, without losing the place."""
        ...

    def device_lost(self, device: Device, at: float) -> None:
        """It is gone on without the device."""
        ...

    def device_back(self, device: Device, at: float) -> None:
        """The device is there again."""
        ...


T = TypeVar("T", bound=Talk)


class Loop(ABC, Generic[T]):
    """One talk, carried out. `run` returns when it is over and the last line has been heard."""

    def __init__(
        self,
        session: T,
        voice: Speaks,
        duplex: Duplex,
        language: Language,
        *,
        hearing: Hearing | None = None,
        following: Following = NOBODY,
        reopens: Reopens | None = None,
    ) -> None:
        """`reopens`: what gets a lost device back."""
        self.session = session
        self.voice = voice
        self.duplex = duplex
        self.language = language
        self.mixer = Mixer(duplex.rate, duplex.block)
        self.hearing = hearing
        self.onlookers = Onlookers(following)
        self._reopens = reopens
        self._lost: Device | None = None
        self._missed = 0
        """Samples of the loudspeaker's, as in Duplex, ..."""
        self._seconds_lost = 0.0
        """... and seconds of sound that were lost on their way."""
        self._gap = False
        """Sound was missed, or a device is back, and the ear is to know."""

    @abstractmethod
    def take_entered(self) -> None:
        """Do what was asked for by other ways than the microphone."""

    @abstractmethod
    def expected_phrases(self) -> frozenset[str]:
        """The phrases that make sense now."""

    @abstractmethod
    def decide(self, decision: Decision) -> None:
        """Do what the ear heard, or leave it."""

    @property
    def now(self) -> float:
        """Where the next block begins, in seconds on the audio clock."""
        return self.mixer.position / self.mixer.rate

    @property
    def over(self) -> bool:
        """The session has ended, and its last line has been mixed to its end."""
        return self.session.finished and not self.mixer.sounding

    def run(self, until: Callable[[], bool] = lambda: False) -> None:
        """Go on until it is over, or until it is to end before."""
        while not self.over and not until():
            self.step()

    def step(self) -> None:
        """One block."""
        self.take_entered()
        self._announce()
        self.onlookers.tick(self.now)
        until = (self.mixer.position + self.mixer.block) / self.mixer.rate
        for directive in self.session.advance(until):
            self._do(directive)
        try:
            heard = self.duplex.exchange(self.mixer.next())
        except DeviceLost as lost:
            self._lose(lost)
            return
        self._report()
        self._saved(self.onlookers.safe())
        self.listen(heard)
        if self._lost is not None:
            self._try_again()

    def _do(self, directive: Directive) -> None:
        match directive:
            case Say():
                spoken = self.language.speakable(directive.text)
                clip = self.voice.clip(spoken, directive.pace)
                self.mixer.play(clip, self._sample(directive.at), directive.priority, spoken)
                self.onlookers.speaking(directive.text, directive.priority)
            case Tone():
                self.mixer.play(tone(directive.name, self.mixer.rate), self._sample(directive.at), Priority.CHATTER)
                self.publish(events.Sounded(at=directive.at, tone=directive.name))
            case Hush():
                self.mixer.hush(self._sample(directive.at))
            case Volume():
                self.mixer.volume(directive.level)
            case Music():
                self.onlookers.music(directive.plays)
            case _:
                self.publish(directive)

    def _announce(self) -> None:
        """Say what has gone wrong meanwhile, once nothing is being answered: it would take the answer's place."""
        if not self.session.finished and not self.session.answering and (lines := self.onlookers.news()):
            self.session.answer(self.now, *lines)

    def _sample(self, at: float) -> int:
        return round(at * self.mixer.rate)

    def publish(self, event: Event) -> None:
        """Tell everybody of an event."""
        self._saved(self.onlookers.saw(event))

    def _saved(self, indices: Iterable[int]) -> None:
        for index in indices:
            self.publish(events.Saved(at=self.now, index=index))

    def _report(self) -> None:
        """What has been said to its end or cut, and what was not heard at all."""
        rate = self.mixer.rate
        missed, self._missed = self.duplex.missed - self._missed, self.duplex.missed
        if missed > 0:
            self._gap |= missed >= LEAST_GAP * rate
            self.publish(events.SoundMissed(at=self.now, seconds=missed / rate))
        for line in self.mixer.finished():
            self.publish(
                events.Said(
                    at=line.start / rate,
                    text=line.label,
                    until=line.end / rate,
                    priority=line.priority.word,
                    cut=line.cut,
                )
            )

    def listen(self, heard: Heard) -> None:
        """Let the ear hear a block, and do what it makes of it."""
        self._gap |= heard.gap
        if heard.lost:
            self._seconds_lost += 0.0 if heard.away else heard.lost
            self.publish(events.SoundLost(at=self.now, seconds=heard.lost))
        if self.hearing is None:
            return
        began = self.now - self.mixer.block / self.mixer.rate
        if not len(heard.mic):
            self.hearing.saying(self.mixer.line, began)
            return
        if self._gap:
            self.hearing.missed()
            self._gap = False
        for what in self.hearing.hear(heard, self.mixer.line, began, self.expected_phrases()):
            match what:
                case Opened():
                    self.mixer.duck(True)
                case Closed():
                    self.mixer.duck(False)
                case Decision():
                    self.decide(what)

    def _lose(self, lost: DeviceLost) -> None:
        """Go on without the device until it is back: paused without the loudspeaker, by keys without the microphone."""
        if self._reopens is None:
            raise lost
        self._lost = lost.device
        self.publish(events.DeviceLost(at=self.now, device=lost.device))
        self.session.device_lost(lost.device, self.now)
        self.duplex = self._reopens.stand_in()

    def _try_again(self) -> None:
        duplex = self._reopens.again() if self._reopens else None
        if duplex is not None and self._lost is not None:
            self.duplex = duplex
            self._gap = True
            self.publish(events.DeviceBack(at=self.now, device=self._lost))
            self.session.device_back(self._lost, self.now)
            self._lost = None


class Workout(Loop[Session]):
    """A workout's session, carried out."""

    def __init__(
        self,
        session: Session,
        voice: Speaks,
        duplex: Duplex,
        *,
        hearing: Hearing | None = None,
        given: Given = tuple,
        following: Following = NOBODY,
        reopens: Reopens | None = None,
    ) -> None:
        """`given`: orders that come by other ways than the microphone; the rest as in Loop."""
        language = session.script.language
        super().__init__(session, voice, duplex, language, hearing=hearing, following=following, reopens=reopens)
        self._given = given
        self._expects: object = None
        self._phrases: frozenset[str] = frozenset()

    def leave(self, status: events.Status) -> None:
        """End at once, logging what was done."""
        for directive in self.session.leave(self.now, status):
            if isinstance(directive, Event):
                self.publish(directive)

    def take_entered(self) -> None:
        """As in Loop; between sets the athlete is told, too, that the machine is slow."""
        for order, by in self.onlookers.entered(self._given):
            obey(self.session, order, self.now, by)
        slow = self._missed / self.mixer.rate + self._seconds_lost > TOO_SLOW
        if slow and self.session.mode not in REBUILT and not self.session.answering:
            self.session.tell_once("device.too_slow", self.now)

    def listen(self, heard: Heard) -> None:
        """As in Loop; where the program stood still, that is told, and gone on from there."""
        if heard.away:
            self.session.was_away(heard.away, self.now)
        super().listen(heard)

    def expected_phrases(self) -> frozenset[str]:
        """As in Loop."""
        expects = self.session.understands()
        if expects != self._expects:
            self._expects = expects
            orders = self.language.orders.items()
            self._phrases = frozenset(phrase for phrase, order in orders if order.command in expects)
        return self._phrases

    def decide(self, decision: Decision) -> None:
        """As in Loop."""
        self.onlookers.judged(decision)
        order = self.language.order(decision.text)
        accepted = decision.accepted and order is not None
        self.publish(
            events.HeardSpeech(
                at=decision.decided,
                text=decision.text,
                command=order.command if order else None,
                accepted=accepted,
                reason=decision.reason,
                speech_end=decision.end,
            )
        )
        if accepted and order is not None:
            obey(self.session, order, self.now, "voice", began=decision.start)
        elif decision.reason == UNPROVEN:
            self.session.tell_once("device.only_stop", self.now)
        elif decision.doubtful and order is not None:
            doubt(self.session, order, self.now)
        elif decision.unanswered:
            not_understood(self.session, self.now)
