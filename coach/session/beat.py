"""One side of a set, laid out in time: every beat at its place, the words fitted between the beats.

A beat is `start + n * tempo`, never the last beat plus something, so nothing adds up. A count is never moved. What
does not fit before the next count is not said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.language.delivery import Pace, Priority
from coach.routine.model import Tempo, Variant
from coach.routine.timing import AFTER_COUNT, BEFORE_COUNT
from coach.session.directives import Say, Tone
from coach.session.events import Phase
from coach.session.score import Beat, Item, Measure


@dataclass(frozen=True)
class Remarks:
    """What may be said between the beats of a set; an empty text is not said."""

    counts: Sequence[str]
    """The words of zero, one, two, ..."""
    cues: Sequence[str] = ()
    """In the order they are to come this time."""
    halfway: str = ""
    three_more: str = ""
    ten_more: str = ""
    every: int = 2
    """A cue comes after each so many reps."""
    teach: bool = False
    """Say the words of the phases in the first rep."""


def stretched(tempo: Tempo, factor: float) -> Tempo:
    """A tempo so many times as slow."""
    return Tempo(tempo.effort * factor, tempo.hold * factor, tempo.back * factor)


def reps(
    variant: Variant,
    tempo: Tempo,
    amount: int,
    done: int,
    start: float,
    remarks: Remarks,
    measure: Measure,
    *,
    at_top: bool = False,
) -> list[Item]:
    """The beats of reps `done + 1` to `amount`, the first of which begins at `start`. Sorted by time.

    A rep is counted where it ends, or with `at_top` where its effort ends.
    """
    items: list[Item] = []
    turn = _Turn(remarks.cues)
    counted = tempo.effort if at_top else tempo.seconds
    for n in range(done + 1, amount + 1):
        begin = start + (n - done - 1) * tempo.seconds
        beat = begin + counted
        ticked = n == done + 1 or at_top
        count = remarks.counts[n] if n < len(remarks.counts) else str(n)
        teach = remarks.teach and n == 1
        phases = _phases(variant, tempo, n, begin, ticked=ticked, teach=teach, measure=measure)
        # With the count at the top, the word of the phase that begins there would be said over it.
        items += (p for p in phases if not (isinstance(p, Say) and beat <= p.at < beat + measure(count, Pace.COUNT)))
        items.append(Beat(beat, n, count))
        free_from = beat + measure(count, Pace.COUNT) + AFTER_COUNT
        free_until = beat + tempo.seconds - BEFORE_COUNT
        if n < amount:
            cues = turn if n % remarks.every == 0 else None
            items += _remark(_due(n, amount, remarks), cues, n, amount, free_from, free_until, measure)
    on_a_count = {item.at for item in items if isinstance(item, Beat)}
    heard = (item for item in items if not (isinstance(item, Tone) and item.at in on_a_count))
    return sorted(heard, key=lambda item: item.at)


def hold(
    amount: int, done: int, start: float, remarks: Remarks, measure: Measure, *, silent_until: float = 0.0
) -> list[Item]:
    """The seconds `done + 1` to `amount` of a hold; the last five are counted down. Sorted by time.

    No remark comes before `silent_until`.
    """
    items: list[Item] = []
    turn = _Turn(remarks.cues)
    free = max(start, silent_until)
    for n in range(done + 1, amount + 1):
        left = amount - n
        at = start + n - done
        word = remarks.counts[left] if 0 < left <= 5 else ""
        items.append(Beat(at, n, word))
        if left <= 5:
            continue
        due = ""
        if n == amount // 2 and amount >= 15:
            due = remarks.halfway
        elif left == 10 and amount > 20:
            due = remarks.ten_more
        elif n % 6 != 3:
            continue
        said = _remark(due, turn, 2, amount, max(at, free), start + amount - done - 5 - BEFORE_COUNT, measure)
        free = max([free, *(line.at + measure(line.text, Pace.TALK) for line in said)])
        items += said
    return sorted(items, key=lambda item: item.at)


class _Turn:
    """The cues of this side, each in its turn, none twice running; one that does not fit lets the next one try."""

    def __init__(self, cues: Sequence[str]) -> None:
        self._waiting = list(cues)
        self._last = ""

    def take(self, seconds: float, measure: Measure) -> str:
        for place, cue in enumerate(self._waiting):
            if cue != self._last and measure(cue, Pace.TALK) <= seconds:
                self._waiting.append(self._waiting.pop(place))
                self._last = cue
                return cue
        return ""


def _due(n: int, amount: int, remarks: Remarks) -> str:
    if amount >= 8 and amount - n == 3:
        return remarks.three_more
    if amount >= 6 and n == amount // 2:
        return remarks.halfway
    return ""


def _remark(
    due: str, turn: _Turn | None, n: int, amount: int, free_from: float, free_until: float, measure: Measure
) -> list[Say]:
    room = free_until - free_from
    if due and measure(due, Pace.TALK) <= room:
        return [Say(free_from, due, Priority.CUE)]
    cue = turn.take(room, measure) if turn is not None and amount - n > 1 else ""
    return [Say(free_from, cue, Priority.CUE)] if cue else []


def _phases(
    variant: Variant, tempo: Tempo, n: int, begin: float, *, ticked: bool, teach: bool, measure: Measure
) -> list[Item]:
    parts = [("effort", tempo.effort), ("hold", tempo.hold), ("return", tempo.back)]
    felt = [(name, seconds) for name, seconds in parts if seconds > 0]
    words: Sequence[str]
    if len(variant.phases) == len(felt):
        words = variant.phases
    elif len(variant.phases) == len(parts):
        words = [word for word, (_, seconds) in zip(variant.phases, parts, strict=True) if seconds > 0]
    else:
        words = [""] * len(felt)
    items: list[Item] = []
    at = begin
    for (part, seconds), word in zip(felt, words, strict=True):
        items.append(Phase(at=at, phase=word or part, n=n))
        if part != "effort":
            items.append(Tone(at, "tock"))
        elif ticked:
            items.append(Tone(at, "tick"))
        if teach and word and measure(word, Pace.COUNT) + 0.1 + BEFORE_COUNT <= seconds:
            # A tenth of a second after its tick, so that neither hides the other.
            items.append(Say(at + 0.1, word, Priority.CUE, Pace.COUNT))
        at += seconds
    return items
