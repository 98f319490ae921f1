"""What of each event goes into the journal, as SQL. Nothing that was heard or said is ever among it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coach.journal.note import Note
from coach.journal.running import RunningSet
from coach.language.commands import Command
from coach.session import events
from coach.session.events import Event


@dataclass
class Notes:
    """Turns one sitting's events into notes. `base` is the time of day at 0 on the audio clock."""

    base: float
    before: float | None = None
    """Seconds spent in this workout in earlier sittings; None where this is the first."""
    _began: dict[int, float] = field(default_factory=dict)
    _slot: int = 0
    _exercise: str = ""
    _running: RunningSet = field(init=False)

    def __post_init__(self) -> None:
        self._running = RunningSet(self.base, self.before or 0.0)

    def of(self, event: Event) -> Iterator[Note]:
        """What is to be written down of an event; mostly nothing."""
        yield from self._of_the_set(event)
        match event:
            case events.SessionStarted():
                yield from self._session_started(event)
            case events.ExerciseStarted():
                self._slot, self._exercise = event.slot, event.exercise
                yield from _place(event.index)
            case events.RestStarted():
                yield from _place(event.index)
            case events.SetStarted():
                self._slot, self._exercise = event.slot, event.exercise
                yield from self._set_started(event)
            case events.SetFinished():
                yield from self._set_finished(event)
            case events.VariantChanged():
                yield from self._variant_changed(event)
            case events.BandChanged():
                yield Note(
                    "UPDATE slots SET band = :band WHERE session = :session AND slot = :slot",
                    {"slot": event.slot, "band": event.to},
                )
            case events.Effort():
                yield Note(
                    "INSERT INTO efforts (session, slot, exercise, effort, at)"
                    " VALUES (:session, :slot, :exercise, :effort, :at)",
                    {
                        "slot": event.slot,
                        "exercise": event.exercise,
                        "effort": event.effort,
                        "at": self.base + event.at,
                    },
                )
            case events.CommandGiven(command=Command.HURTS) if self._exercise:  # none was named before that
                yield Note(
                    "INSERT INTO pains (session, slot, exercise, at) VALUES (:session, :slot, :exercise, :at)",
                    {"slot": self._slot, "exercise": self._exercise, "at": self.base + event.at},
                )
            case events.SetCorrected():
                yield from _set_corrected(event)
            case events.SessionFinished():
                yield from self._session_finished(event)

    def _of_the_set(self, event: Event) -> Iterator[Note]:
        if isinstance(event, events.Undone):  # a set that was over is gone before it is written down as begun
            yield from _undone(event)
        yield from self._running.of(event)

    def _spent(self, seconds: float) -> float:
        return (self.before or 0.0) + seconds

    def _session_started(self, event: events.SessionStarted) -> Iterator[Note]:
        if self.before is not None:
            yield Note(
                "UPDATE sessions SET status = NULL, position = :place WHERE id = :session", {"place": event.index}
            )
            return
        yield Note(
            "INSERT INTO sessions (routine, title, path, began, ahead, ended, planned, position)"
            " VALUES (:routine, :title, :path, :began, :ahead, :began, :planned, :position)",
            {
                "routine": event.routine,
                "title": event.title,
                "path": event.path,
                "began": self.base + event.at,
                "ahead": seconds_ahead(self.base + event.at),
                "planned": event.sets,
                "position": event.index,
            },
            begins=True,
        )
        for slot, choice in enumerate(event.choices or ()):
            yield Note(
                "INSERT INTO slots (session, slot, family, exercise, sets, amount, now, planned, of, band)"
                " VALUES (:session, :slot, :family, :exercise, :sets, :amount, :exercise, :of, :of, :band)",
                {
                    "slot": slot,
                    "band": choice.get("band"),
                    **{key: choice[key] for key in ("family", "exercise", "sets", "amount", "of")},
                },
            )

    def _set_started(self, event: events.SetStarted) -> Iterator[Note]:
        self._began[event.index] = event.at
        values = {key: getattr(event, key) for key in ("slot", "family", "exercise", "of", "amount", "band")}
        yield Note(
            "INSERT INTO slots (session, slot, family, exercise, sets, amount, now, planned, of, band)"
            " VALUES (:session, :slot, :family, :exercise, :of, :amount, :exercise, :of, :of, :band)"
            " ON CONFLICT DO UPDATE SET of = :of, now = iif(family = :family, :exercise, now),"
            " band = iif(family = :family, :band, band)",
            values,
            lasting=False,
        )
        yield from _place(event.index)

    def _set_finished(self, event: events.SetFinished) -> Iterator[Note]:
        began, ended = self._began.get(event.index), self.base + event.at
        same = ("slot", "of", "family", "exercise", "amount", "unit", "tempo", "why", "band")
        yield Note(
            "INSERT INTO sets (session, place, slot, number, of, family, exercise, amount, unit,"
            " total, least, done, tempo, why, began, ended, day, band, variants, over)"
            " VALUES (:session, :place, :slot, :number, :of, :family, :exercise, :amount, :unit,"
            " :total, :least, :done, :tempo, :why, :began, :ended, :day, :band, :variants, :over)",
            {key: getattr(event, key) for key in same}
            | _done(event)
            | {
                "place": event.index,
                "number": event.set,
                "over": event.over and json.dumps(event.over, ensure_ascii=False),
                "began": None if began is None else self.base + began,
                "ended": ended,
                "day": datetime.fromtimestamp(ended).date().isoformat(),
            },
            index=event.index,
        )
        of = {"slot": event.slot, "of": event.of}
        yield Note("UPDATE slots SET of = :of WHERE session = :session AND slot = :slot", of)
        yield Note(
            "UPDATE sessions SET position = :place, ended = :ended, seconds = :seconds WHERE id = :session",
            # A set that the end of the workout cut short is where going on begins.
            {"place": event.index + (event.why != "ended"), "ended": ended, "seconds": self._spent(event.at)},
        )

    def _variant_changed(self, event: events.VariantChanged) -> Iterator[Note]:
        if event.slot == self._slot:
            self._exercise = event.to
        values = {"slot": event.slot, "before": event.from_, "after": event.to, "why": event.why}
        yield Note(
            "INSERT INTO swaps (session, slot, before, after, why, at)"
            " VALUES (:session, :slot, :before, :after, :why, :at)",
            values | {"at": self.base + event.at},
        )
        if event.why != "replaced":  # for today alone: the exercise that was chosen is the one to go on with
            yield Note("UPDATE slots SET now = :after WHERE session = :session AND slot = :slot", values)

    def _session_finished(self, event: events.SessionFinished) -> Iterator[Note]:
        """One that the athlete ended is over; one that was interrupted or fell asleep is still to be gone on with."""
        yield Note(
            "UPDATE sessions SET status = :status, ended = :ended, seconds = :seconds, open = open AND :open"
            " WHERE id = :session",
            {
                "status": event.status,
                "ended": self.base + event.at,
                "seconds": self._spent(event.seconds),
                "open": event.status not in ("completed", "ended"),
            },
        )


def _set_corrected(event: events.SetCorrected) -> Iterator[Note]:
    yield Note(
        "UPDATE sets SET total = :total, least = :least, done = :done, variants = :variants"
        " WHERE id = (SELECT max(id) FROM sets WHERE session = :session AND place = :place)",
        _done(event) | {"place": event.index},
    )


def _done(event: events.SetFinished | events.SetCorrected) -> dict[str, Any]:
    """What was done in a set, as the journal has it."""
    in_this = event.done if event.variants is None else event.variants.get(event.exercise, {})
    return {
        "total": sum(event.done.values()),
        "least": min(in_this.values(), default=0),
        "done": json.dumps(event.done, ensure_ascii=False),
        "variants": event.variants and json.dumps(event.variants, ensure_ascii=False),
    }


def seconds_ahead(moment: float) -> float:
    """How far the athlete's clock is ahead of UTC at that moment."""
    # A datetime refuses what is more than a day, as a TZ of nonsense has it.
    return float(time.localtime(moment).tm_gmtoff)


def _place(index: int | None) -> Iterator[Note]:
    if index is not None:
        yield Note("UPDATE sessions SET position = :place WHERE id = :session", {"place": index}, lasting=False)


_LATEST = "DELETE FROM {0} WHERE id = (SELECT max(id) FROM {0} WHERE session = :session)"


def _undone(event: events.Undone) -> Iterator[Note]:
    yield from _place(event.index)
    if event.command == Command.HURTS:
        yield Note(_LATEST.format("pains"))
    if event.command == Command.NUMBER:
        yield Note(_LATEST.format("efforts"))
    if event.reopened is not None:
        yield Note(
            "DELETE FROM sets WHERE id = (SELECT max(id) FROM sets WHERE session = :session AND place = :place)",
            {"place": event.reopened},
        )
