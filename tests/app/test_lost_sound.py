"""Sound that was lost on its way is told once, and the ear waits for a second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bench.ear.voices import speak
from coach.app.hearing import Hearing, made
from coach.app.loop import Workout
from coach.app.onlookers import Following
from coach.app.parts import Studio
from coach.audio.clip import Heard, Samples
from coach.audio.simulated import Room
from coach.ear.decide.judge import GAP
from coach.ear.decision import Decision
from coach.errors import DeviceLost
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.session import events
from coach.session.events import Event

RATE = 48_000
SAID_AT = 20.0


class Losing(Room):
    """Tells of lost sound twice, at the end of what the athlete says; or its microphone brings nothing for a while."""

    losses: tuple[tuple[float, float], ...] = ()
    away: tuple[float, float] = (0.0, 0.0)
    slept: tuple[float, float] = (0.0, 0.0)
    """When the computer slept, and for how long."""

    def exchange(self, samples: Samples) -> Heard:
        heard = super().exchange(samples)
        if self.away[0] <= heard.at < self.away[1]:
            return Heard(heard.mic[:0], heard.played[:0], heard.at)
        if heard.at <= self.slept[0] < heard.at + 0.02:
            return replace(heard, gap=True, lost=self.slept[1], away=self.slept[1])
        lost = [seconds for at, seconds in self.losses if heard.at <= at < heard.at + 0.02]
        return replace(heard, gap=bool(lost), lost=sum(lost)) if lost else heard


class Pulled(Room):
    """Its loudspeaker goes, and is back two seconds later, with half a second missed."""

    goes, missed = 4.0, 0

    def exchange(self, samples: Samples) -> Heard:
        heard = super().exchange(samples)
        if heard.at > self.goes:
            self.goes, self.back = 60.0, heard.at + 2.0
            raise DeviceLost("loudspeaker", "The loudspeaker has gone.")
        self.at = heard.at
        return heard

    def stand_in(self) -> Room:
        return self

    def again(self) -> Room | None:
        if self.at < self.back:
            return None
        self.missed = RATE // 2
        return self


def worked_out(
    monkeypatch: pytest.MonkeyPatch, *losses: tuple[float, float], judged: Callable[[Decision], None] = lambda _: None
) -> tuple[list[Event], str]:
    found: list[Event] = []
    studio = Studio(Settings())
    voice = studio.voice(RATE)
    monkeypatch.setattr(Losing, "losses", losses)
    room = Losing(RATE, athlete=[(SAID_AT, speak("skip this", "espeak:f4"))], noise=35)
    workout = Workout(
        studio.session(Library().routine("lower-body-bands"), voice),
        voice,
        room,
        hearing=Hearing(made(studio.make_ear()), _raise),
        following=Following([found.append], judged=judged),
    )
    workout.run(until=lambda: workout.now > 45)
    return found, studio.language.line("device.too_slow")


def _raise(error: Exception) -> None:
    raise error


def test_it_is_told_once_and_a_command_in_that_second_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    found, told = worked_out(monkeypatch, (SAID_AT + 0.1, 0.0), (SAID_AT + 0.4, 0.2), (30.0, 0.2), (33.0, 0.5))
    lost = [event.seconds for event in found if isinstance(event, events.SoundLost)]
    assert lost == [0.2, 0.2, 0.5]
    assert not [event for event in found if isinstance(event, events.CommandGiven)]
    assert [event.reason for event in found if isinstance(event, events.HeardSpeech) and event.command] == [GAP]
    said = [event for event in found if isinstance(event, events.Said) and event.text == told]
    assert len(said) == 1
    assert said[0].at > 30


def test_a_little_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found, told = worked_out(monkeypatch, (5.0, 0.2))
    assert [event.command for event in found if isinstance(event, events.CommandGiven)] == ["next"]
    assert told not in [event.text for event in found if isinstance(event, events.Said)]


def test_what_the_coach_says_while_the_microphone_is_away_may_come_back_as_an_echo(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Losing, "away", (SAID_AT - 8.0, SAID_AT - 0.9))
    judged: list[Decision] = []
    worked_out(monkeypatch, judged=judged.append)
    [decision] = judged
    assert decision.utterance is not None
    assert decision.utterance.coach_said.startswith("first banded monster walk")


def test_that_the_computer_slept_is_told_once_and_is_no_sign_of_a_busy_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Losing, "slept", (30.0, 10.2))
    found, told = worked_out(monkeypatch)
    said = [event.text for event in found if isinstance(event, events.Said) and event.at > 29]
    assert said.count("We lost ten seconds.") == 1
    assert told not in said


def test_that_the_sound_is_back_is_said_to_its_end_before_what_else_has_come_up() -> None:
    found: list[Event] = []
    studio = Studio(Settings())
    voice, room = studio.voice(RATE), Pulled(RATE)
    lines = [studio.language.line(key) for key in ("device.back", "device.too_slow", "journal.unwritable")]
    news = lines[2:]

    def come_up() -> list[str]:
        return [news.pop()] if news and any(isinstance(event, events.DeviceBack) for event in found) else []

    workout = Workout(
        studio.session(Library().routine("no-band"), voice),
        voice,
        room,
        following=Following([found.append], news=come_up),
        reopens=room,
    )
    workout.run(until=lambda: workout.now > 25)
    said = [event for event in found if isinstance(event, events.Said) and event.text in lines]
    assert [(event.text, event.cut) for event in said] == [(line, False) for line in lines]
