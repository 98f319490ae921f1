"""The loop: what the microphone brought, what the session makes of it, the next block for the loudspeaker.

A live workout, a rendered file and a test differ only in what stands at the two ends of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from typing import Protocol

from coach.audio.clip import Clip, Duplex, Heard
from coach.audio.mixer import Mixer
from coach.audio.tones import tone
from coach.ear.ear import Closed, Decision, Ear, Opened
from coach.errors import Device, DeviceLost
from coach.language import Language
from coach.language.commands import Order
from coach.language.delivery import Pace, Priority
from coach.session import events
from coach.session.directives import Hush, Say, Tone, Volume
from coach.session.events import Event
from coach.session.orders import obey
from coach.session.session import Session
from coach.session.timeline import Directive

Sink = Callable[[Event], None]
Record = Callable[[Event], Iterable[int]]
"""Takes note of an event; returns the indices of the sets that are safe by now and were not before."""
Safe = Callable[[], Iterable[int]]
"""The indices of the sets that have become safe since the last call, where a Record does not wait for the disk."""
Given = Callable[[], Iterable[tuple[Order, events.By]]]
"""What was asked for by other ways than the microphone since the last call: orders, and how they came."""


class Speaks(Protocol):
    def clip(self, text: str, pace: Pace = Pace.TALK) -> Clip: ...


class Reopens(Protocol):
    """What to do about a device that has gone: a stand-in at once, the device itself when it is back."""

    def stand_in(self) -> Duplex: ...

    def again(self) -> Duplex | None:
        """Called now and then; None while it is still gone."""
        ...


class Workout:
    """One session, carried out. `run` returns when it is over and the last line has been heard."""

    def __init__(
        self,
        session: Session,
        voice: Speaks,
        duplex: Duplex,
        language: Language,
        *,
        ear: Future[Ear] | None = None,
        given: Given = tuple,
        sinks: Sequence[Sink] = (),
        speaking: Callable[[str, Priority], None] | None = None,
        record: Record | None = None,
        safe: Safe = tuple,
        reopens: Reopens | None = None,
    ) -> None:
        self.session = session
        self.voice = voice
        self.duplex = duplex
        self.language = language
        self.mixer = Mixer(duplex.rate, duplex.block)
        self._ear = ear
        self._given = given
        self._sinks = sinks
        self._speaking = speaking
        self._record = record
        self._safe = safe
        self._reopens = reopens
        self._lost: Device | None = None
        self._expected: object = None
        self._missed = 0
        self._gap = False
        """Sound was missed, or a device is back, and the ear is to know."""

    @property
    def now(self) -> float:
        """Where the next block begins, in seconds on the audio clock."""
        return self.mixer.position / self.mixer.rate

    @property
    def over(self) -> bool:
        """The session has ended, and its last line has been mixed to its end."""
        return self.session.finished and not self.mixer.sounding

    def run(self) -> None:
        while not self.over:
            self.step()

    def step(self) -> None:
        """One block."""
        for order, by in self._given():
            obey(self.session, order, self.now, by)
        until = (self.mixer.position + self.mixer.block) / self.mixer.rate
        for directive in self.session.advance(until):
            self._do(directive)
        try:
            heard = self.duplex.exchange(self.mixer.next())
        except DeviceLost as lost:
            self._lose(lost)
            return
        self._report()
        self._saved(self._safe())
        self._listen(heard)
        if self._lost is not None:
            self._try_again()

    def leave(self, status: events.Status) -> None:
        """End at once, logging what was done."""
        for directive in self.session.leave(self.now, status):
            if isinstance(directive, Event):
                self._publish(directive)

    def _do(self, directive: Directive) -> None:
        match directive:
            case Say():
                clip = self.voice.clip(directive.text, directive.pace)
                self.mixer.play(clip, self._sample(directive.at), directive.priority, directive.text)
                if self._speaking is not None:
                    self._speaking(directive.text, directive.priority)
            case Tone():
                self.mixer.play(tone(directive.name, self.mixer.rate), self._sample(directive.at), Priority.CHATTER)
                self._publish(events.Sounded(at=directive.at, tone=directive.name))
            case Hush():
                self.mixer.hush(self._sample(directive.at))
            case Volume():
                self.mixer.volume(directive.level)
            case _:
                self._publish(directive)

    def _sample(self, at: float) -> int:
        return round(at * self.mixer.rate)

    def _publish(self, event: Event) -> None:
        for sink in self._sinks:
            sink(event)
        if self._record is not None:
            self._saved(self._record(event))

    def _saved(self, indices: Iterable[int]) -> None:
        for index in indices:
            self._publish(events.Saved(at=self.now, index=index))

    def _report(self) -> None:
        """What has been said to its end or cut, and what was not heard at all."""
        rate = self.mixer.rate
        missed, self._missed = self.duplex.missed - self._missed, self.duplex.missed
        if missed > 0:
            self._gap = True
            self._publish(events.SoundMissed(at=self.now, seconds=missed / rate))
        for line in self.mixer.finished():
            self._publish(
                events.Said(
                    at=line.start / rate,
                    text=line.label,
                    until=line.end / rate,
                    priority=line.priority.word,
                    cut=line.cut,
                )
            )

    def _listen(self, heard: Heard) -> None:
        if self._ear is None or not len(heard.mic) or not self._ear.done() or self._ear.exception():
            return
        ear = self._ear.result()
        expected = self.session.expects()
        if expected != self._expected:
            self._expected = expected
            ear.expect(phrase for phrase, order in self.language.orders.items() if order.command in expected)
        if self._gap:
            ear.missed()
            self._gap = False
        ear.saying(self.mixer.line, self.now - self.mixer.block / self.mixer.rate)
        for what in ear.feed(heard.mic, heard.played, heard.at, heard.leap):
            match what:
                case Opened():
                    self.mixer.duck(True)
                case Closed():
                    self.mixer.duck(False)
                case Decision():
                    self._decide(what)

    def _decide(self, decision: Decision) -> None:
        order = self.language.order(decision.text)
        accepted = decision.accepted and order is not None
        self._publish(
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
            obey(self.session, order, self.now, "voice")

    def _lose(self, lost: DeviceLost) -> None:
        """Go on without the device until it is back: paused without the loudspeaker, by keys without the microphone."""
        if self._reopens is None:
            raise lost
        self._lost = lost.device
        self._publish(events.DeviceLost(at=self.now, device=lost.device))
        self.session.device_lost(lost.device, self.now)
        self.duplex = self._reopens.stand_in()

    def _try_again(self) -> None:
        duplex = self._reopens.again() if self._reopens else None
        if duplex is not None and self._lost is not None:
            self.duplex = duplex
            self._gap = True
            self._publish(events.DeviceBack(at=self.now, device=self._lost))
            self.session.device_back(self._lost, self.now)
            self._lost = None
