"""What `coach check --strict` measures: whether a file that loads can also be followed by ear alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from coach.document.faults import Faults
from coach.document.faults import Path as Place
from coach.document.names import key
from coach.document.tree import Items, Table, Text
from coach.errors import Fault, FileFault
from coach.routine.by_ear import Measure, estimated_seconds, mangled, needs_sight, out_of_breath, sentences
from coach.routine.ladders import Ladders
from coach.routine.library import Library
from coach.routine.model import Circuit, Family, Routine, Variant, Work
from coach.routine.timing import AFTER_COUNT, BEFORE_COUNT

LEAST_VARIANTS = 3
LEAST_CUES, MOST_CUES = 3, 5
COUNT_SECONDS = 0.5
"""The longest count of most sets, "seventeen", at the rate of counts."""
COUNT_PACE = 0.7
"""How long a text takes at the rate of counts, against the usual one."""
AFTER_TICK = 0.1
"""Seconds between the tick of a phase and its word."""
LONGEST_BRACE = 5.0
"""Seconds: what takes the load up is carried while the rest of the line is said."""
HOLD_ROOM = 5.0
"""Seconds for a cue during a hold."""

_SPOKEN_ALONE = ("about", "why", "brace", "move", "caution", "safety", "switch")
_TEXTS = ("routine", "family", "name", "equipment", "band", "position", *_SPOKEN_ALONE)
_LISTS = ("setup", "cues", "mistakes", "phases", "sides", "needs")
_SENTENCES = (*_SPOKEN_ALONE, "mistakes")
_NEEDED = {
    "cues": "name three to five short reminders",
    "mistakes": "say what often goes wrong",
    "caution": "say when to stop or to take care",
    "equipment": "write none, mini band or long band",
    "sides": "write none, each leg or each side",
    "position": "say how the body is: lying on your back",
}
_NEEDED_OF_REPS = {
    "tempo": "write the seconds of effort, hold and return: 2-0-2",
    "phases": "name the tempo's parts: [lift, lower]",
}
_NEEDED_OF_HOLDS = {"brace": "say what takes the position up, so that it is said last: Lift your hips."}
_NEEDED_OF_FAMILY = {"muscles": "name what it works", "why": "say in a sentence what it is good for"}


def check(paths: Iterable[Path], library: Library, seconds: Measure = estimated_seconds) -> list[Fault]:
    """Every fault of these files and folders, those of `coach check` included. `seconds` says how long a text takes."""
    found: set[Fault] = set()
    for path in library.files(paths):
        try:
            document, loaded = library.load(path)
        except FileFault as fault:
            found.update(fault.faults)
            continue
        faults = Faults(document)
        strict = _Strict(faults, library.known_to(path), seconds)
        if isinstance(loaded, Family):
            strict.family(document.root, loaded, ())
        else:
            strict.routine(document.root, loaded)
        found.update(faults.found)
    return sorted(found)


class _Strict:
    def __init__(self, faults: Faults, known: Mapping[str, Family], seconds: Measure) -> None:
        self._faults = faults
        self._known = known
        self._seconds = seconds

    def routine(self, root: Any, routine: Routine) -> None:
        self._texts(root, ())
        if not routine.about:
            self._missing("about", "say in a sentence what it is for", ())
        for index, table in enumerate(root.get("exercises", ())):
            family = routine.families.get(" ".join(table["family"].split()))
            if family:
                self.family(table, family, ("exercises", index))
            else:
                self._faults.add(("exercises", index), "no block names this exercise", "name it in one, or take it out")
        self._circuits(routine.blocks, routine.families, ())

    def family(self, table: Any, family: Family, place: Place) -> None:
        self._texts(table, place)
        for field, example in _NEEDED_OF_FAMILY.items():
            if field not in table:
                self._missing(field, example, place)
        if len(family.variants) < LEAST_VARIANTS:
            wrong = f"a ladder of {len(family.variants)} leaves too little to swap to"
            self._faults.add((*place, "variants"), wrong, f"describe at least {LEAST_VARIANTS} variants, easiest first")
        for variant in family.variants:
            at = (*place, "variants", variant.rung)
            own = table["variants"][variant.rung]
            self._texts(own, at)
            self._complete(variant, family, table, at)
            self._reachable(variant, family, at)
            self._in_time(variant, own, at)
            self._soon_done(own, at)

    def _missing(self, field: str, example: str, place: Place) -> None:
        self._faults.add((*place, field), f'"{field}" is missing', example)

    def _complete(self, variant: Variant, family: Family, table: Table, place: Place) -> None:
        """What a variant lacks even after inheriting; what its standard one lacks as well is told there only."""
        own, standard = table["variants"][variant.rung], table["variants"][family.standard]
        told = _needed(family.variants[family.standard]) if own is not standard else {}
        for field, example in _needed(variant).items():
            if field not in told and not any(field in source for source in (own, standard, table)):
                self._missing(field, example, place)
        cues = own.get("cues")
        if cues is not None and not LEAST_CUES <= len(cues) <= MOST_CUES:
            self._faults.add((*place, "cues"), f"{len(cues)} cues are too few or too many", _NEEDED["cues"])

    def _reachable(self, variant: Variant, family: Family, place: Place) -> None:
        others = {name: other for name, other in self._known.items() if key(name) != key(family.name)}
        found = Ladders(others).find(variant.name)
        if found:
            wrong = f'"{variant.name}" is a name in the family "{found[0].name}" too, so a routine cannot reach both'
            self._faults.add((*place, "name"), wrong, "give it a name of its own")
        if variant.rung:
            below = family.variants[variant.rung - 1]
            if replace(variant, name=below.name, rung=below.rung) == below:
                wrong = f'"{variant.name}" is "{below.name}" in everything but its name'
                self._faults.add(place, wrong, "write what makes it harder")

    def _in_time(self, variant: Variant, own: Table, place: Place) -> None:
        """Cues that the session would never find room for, phases longer than their part of the beat."""
        retimed = "tempo" in own or "hold" in own
        room = HOLD_ROOM if variant.hold else variant.tempo.seconds - COUNT_SECONDS - AFTER_COUNT - BEFORE_COUNT
        for index, cue in enumerate(variant.cues):
            long = self._seconds(cue)
            if long > room and ("cues" in own or retimed):
                beat = "a hold" if variant.hold else f"the tempo {variant.tempo}"
                wrong = f'"{cue}" takes {long:.1f} s, and {beat} leaves {max(room, 0):.1f} s'
                at = (*place, "cues", index) if "cues" in own else (*place, "tempo")
                self._faults.add(at, wrong, "shorten it, or slow the tempo down")
        for index, (word, part) in enumerate(_timed_phases(variant)):
            long = self._seconds(word) * COUNT_PACE
            if long > part - AFTER_TICK - BEFORE_COUNT and ("phases" in own or "tempo" in own):
                wrong = f'"{word}" takes {long:.1f} s, and its part of the beat is {part:g} s'
                at = (*place, "phases", index) if "phases" in own else (*place, "tempo")
                self._faults.add(at, wrong, "find a shorter word")

    def _soon_done(self, own: Table, place: Place) -> None:
        """What is carried from its first word on is soon said."""
        if "brace" in own and (long := self._seconds(own["brace"])) > LONGEST_BRACE:
            wrong = f"it takes {long:.1f} s, and is carried all the while"
            self._faults.add((*place, "brace"), wrong, "keep what takes the load up, and move the rest to setup")

    def _texts(self, table: Table, place: Place) -> None:
        for field, at, text in _spoken(table, place):
            remarks = [*mangled(text), *needs_sight(text)]
            for breath in sentences(text) if field in _SENTENCES else [text]:
                remarks += out_of_breath(breath)
            for wrong, right in remarks:
                self._faults.add(at, wrong, right)

    def _circuits(self, blocks: Iterable[Work | Circuit], families: Mapping[str, Family], place: Place) -> None:
        """Equipment that would have to be put on, taken off or moved in the middle of a circuit."""
        for index, block in enumerate(blocks):
            at = (*place, "blocks", index)
            if not isinstance(block, Circuit):
                continue
            self._circuits(block.blocks, families, at)
            worn = None
            for inner, work in enumerate(block.blocks):
                if not isinstance(work, Work):
                    continue
                variant = families[work.family].variants[work.rung]
                if variant.equipment == "none":
                    continue
                now = f"{variant.equipment} {variant.band}".strip()
                if worn and now != worn:
                    wrong = f"the circuit goes from {worn} to {now}"
                    right = "keep one place of the band in a circuit, or make two circuits of it"
                    self._faults.add((*at, "blocks", inner, "exercise"), wrong, right)
                worn = now


def _needed(variant: Variant) -> dict[str, str]:
    needed = _NEEDED | (_NEEDED_OF_HOLDS if variant.hold else _NEEDED_OF_REPS)
    return needed | {"band": "say where it goes: above the knees"} if "band" in variant.equipment else needed


def _timed_phases(variant: Variant) -> list[tuple[str, float]]:
    """The words of the parts that take time, with their seconds."""
    parts = (variant.tempo.effort, variant.tempo.hold, variant.tempo.back)
    moving = [part for part in parts if part]
    fitting = moving if len(moving) == len(variant.phases) else parts
    return [(word, part) for word, part in zip(variant.phases, fitting, strict=False) if part]


def _spoken(table: Table, place: Place) -> Iterator[tuple[str, Place, Text]]:
    """Every text of a table that the coach may say, with its key and its place."""
    for field in _TEXTS:
        if isinstance(table.get(field), Text):
            yield field, (*place, field), table[field]
    for field in _LISTS:
        for index, text in enumerate(table[field] if isinstance(table.get(field), Items) else ()):
            yield field, (*place, field, index), text
