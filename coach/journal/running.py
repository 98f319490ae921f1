"""The set that is being done, written down rep by rep: whatever ends the program, at most the rep in hand is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from coach.journal.note import Note
from coach.session import events
from coach.session.events import Event

_THIS = "id = (SELECT max(id) FROM sets WHERE session = :session AND place = :place)"


@dataclass
class RunningSet:
    """Keeps one row of `sets` as if the end of the workout had cut the set short; a finished set takes its place.

    `base` is the time of day at 0 on the audio clock.
    """

    base: float
    before: float
    """Seconds spent in this workout in earlier sittings."""
    _begun: dict[int, events.SetStarted] = field(default_factory=dict)
    _set: events.SetStarted | None = None
    _done: dict[str, int] = field(default_factory=dict)
    _variant: dict[tuple[str, int], str] = field(default_factory=dict)
    """In which variant each rep was done, by its side and number."""
    _over: list[str] = field(default_factory=list)
    _written: bool = False

    def of(self, event: Event) -> Iterator[Note]:
        """What is to be written before the other notes of this event."""
        match event:
            case events.SetStarted():
                yield from self._leave(event.index)
                self._begun[event.index] = self._set = event
                self._goes_on(event)
                self._written = self._written or event.done is not None
            case events.Rep() | events.HoldSecond():
                if self._set is not None and event.of != self._set.amount:  # "one more"
                    self._set = self._begun[self._set.index] = replace(self._set, amount=event.of)
                yield from self._count(event.at, event.side or "", event.n)
            case events.SideOver() if self._set is not None:
                more = range(self._done.get(event.side, 0) + 1, event.done + 1)
                self._variant |= {(event.side, n): self._set.exercise for n in more}
                self._done[event.side], self._over = event.done, [*self._over, event.side]
                yield from self._write(event.at)
            case events.SetFinished():
                yield from self._drop()
                self._set = None
            case events.ExerciseStarted() if self._set is not None and event.index == self._set.index:
                yield from self._drop()  # it begins anew
                self._set = None
            case events.VariantChanged() | events.BandChanged() | events.Undone():
                yield from self._changed(event)

    def _changed(self, event: events.VariantChanged | events.BandChanged | events.Undone) -> Iterator[Note]:
        """The set is gone on with in another way, or another one is."""
        match event:
            case events.VariantChanged() if self._set is not None and event.slot == self._set.slot:
                unit, amount = event.unit or self._set.unit, event.amount or self._set.amount
                self._set = replace(self._set, exercise=event.to, unit=unit, amount=amount)
                self._begun[self._set.index] = self._set
                if event.done is not None:
                    self._goes_on(event)
                if self._written:
                    yield from self._write(event.at)
            case events.BandChanged() if self._set is not None and event.slot == self._set.slot:
                self._set = replace(self._set, band=event.to)
            case events.Undone() if event.index is not None:
                yield from self._leave(event.index)
                if event.done is None:
                    yield from self._drop()
                    self._set = None
                    return
                self._set = self._begun.get(event.index)
                self._goes_on(event)
                if self._written or any(self._done.values()) or self._over:
                    yield from self._write(event.at)

    def _goes_on(self, event: events.SetStarted | events.Undone | events.VariantChanged) -> None:
        self._done, self._variant = dict(event.done or {}), _by_rep(event)
        self._over = list(event.over or ())

    def _count(self, at: float, side: str, n: int) -> Iterator[Note]:
        if self._set is None:
            return
        self._done[side] = n
        self._variant[side, n] = self._set.exercise
        yield from self._write(at)

    def _write(self, at: float) -> Iterator[Note]:
        current = self._set
        if current is None:
            return
        variants = self._variants()
        in_this = variants.get(current.exercise, {}) if variants else self._done
        # The names of the sides not yet begun are not known here, but that there are more.
        whole = current.side is None or len(self._done) > 1
        began, ended = self.base + current.at, self.base + at
        values = {
            key: getattr(current, key) for key in ("slot", "of", "family", "exercise", "amount", "unit", "band")
        } | {
            "place": current.index,
            "number": current.set,
            "total": sum(self._done.values()),
            "least": min(in_this.get(side, 0) for side in self._done) if whole else 0,
            "done": json.dumps(self._done, ensure_ascii=False),
            "variants": json.dumps(variants, ensure_ascii=False) if variants else None,
            "over": json.dumps(self._over, ensure_ascii=False) if self._over else None,
            "tempo": current.tempo or "",
            "began": began,
            "ended": ended,
            "day": datetime.fromtimestamp(ended).date().isoformat(),
        }
        if self._written:
            yield Note(
                "UPDATE sets SET total = :total, least = :least, done = :done, ended = :ended, amount = :amount,"
                f" unit = :unit, exercise = :exercise, variants = :variants, over = :over WHERE {_THIS}",
                {
                    key: values[key]
                    for key in (
                        "total",
                        "least",
                        "done",
                        "ended",
                        "amount",
                        "unit",
                        "exercise",
                        "variants",
                        "over",
                        "place",
                    )
                },
            )
        else:
            self._written = True
            yield Note(
                "INSERT INTO sets (session, place, slot, number, of, family, exercise, amount, unit,"
                " total, least, done, tempo, why, began, ended, day, band, variants, over)"
                " VALUES (:session, :place, :slot, :number, :of, :family, :exercise, :amount, :unit,"
                " :total, :least, :done, :tempo, 'ended', :began, :ended, :day, :band, :variants, :over)",
                values,
            )
        yield Note(
            "UPDATE sessions SET ended = :ended, seconds = :seconds WHERE id = :session",
            {"ended": ended, "seconds": self.before + at},
        )

    def _variants(self) -> dict[str, dict[str, int]]:
        """What was done in each variant, by side; empty where all of it was done in the one at hand."""
        found: dict[str, dict[str, int]] = {}
        for (side, n), name in self._variant.items():
            if n <= self._done.get(side, 0):
                found.setdefault(name, {}).setdefault(side, 0)
                found[name][side] += 1
        now = self._set.exercise if self._set else ""
        return found if found.keys() - {now} else {}

    def _leave(self, index: int) -> Iterator[Note]:
        """What was counted of a set that was gone from without being finished is taken back."""
        if self._set is not None and self._set.index != index:
            yield from self._drop()

    def _drop(self) -> Iterator[Note]:
        if self._written and self._set is not None:
            self._written = False
            yield Note(f"DELETE FROM sets WHERE {_THIS}", {"place": self._set.index})


def _by_rep(begun: events.SetStarted | events.Undone | events.VariantChanged) -> dict[tuple[str, int], str]:
    """In which variant each rep was done, of a set that was gone on with: one variant after the other, on each side."""
    reps: dict[tuple[str, int], str] = {}
    counted: dict[str, int] = {}
    for name, done in (begun.variants or {}).items():
        for side, amount in done.items():
            first = counted.get(side, 0)
            reps |= {(side, first + n): name for n in range(1, amount + 1)}
            counted[side] = first + amount
    return reps
