"""workout-share's programs as routines, one for each workout.

Its fields, after schema/workout-share-schema.jsonc of github.com/workout-share/specification: a program has
program_name, description, author, frequency, duration, version, workouts or phases of workouts, and notes on equipment,
progression and technique; a workout has exercises, or sections of them; an exercise has name, sets, reps ("8-12",
"10 e/s" for each side, "30sec", "to failure"), weight, rest, duration, notes, substitutes, or is a dropset, a superset
or a circuit of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from coach.document.names import key
from coach.document.tree import Items, Table, Text
from coach.document.wording import Unclear, tidy
from coach.routine import values
from coach.routine.ladders import Ladders
from coach.routine.model import Family, Variant

_ELSEWHERE = (
    "frequency",
    "duration",
    "version",
    "progression",
    "equipment_needed",
    "special_techniques",
    "timing_patterns",
    "notes",
)
_USUAL_REPS = "8-12"


def routines(program: Table, families: Mapping[str, Family], left_out: list[str]) -> Iterator[dict[str, Any]]:
    """Each workout's routine file, as data."""
    title = _text(program, "program_name") or "Imported program"
    workouts = [(title, workout) for workout in _tables(program, "workouts")]
    for phase in _tables(program, "phases"):
        name = _text(phase, "name") or "phase"
        weeks = f", {_text(phase, 'weeks')} weeks," if _text(phase, "weeks") else ""
        left_out.append(f'When to move on from the phase "{name}"{weeks} is for you to keep in mind.')
        workouts += [(f"{title}: {name}", workout) for workout in _tables(phase, "workouts")]
    unused = [field for field in _ELSEWHERE if field in program]
    if unused:
        left_out.append(f"These of the program have no counterpart and were left out: {', '.join(unused)}.")
    for of, workout in workouts:
        name = _text(workout, "name")
        own = _Workout(families, left_out)
        blocks = own.blocks(workout)
        heading = of if len(workouts) == 1 or not name else f"{of}: {name}"
        if not blocks:
            left_out.append(f'"{heading}" has no exercises, and was left out.')
            continue
        routine: dict[str, Any] = {"routine": heading}
        routine |= {"about": _text(program, "description")} if _text(program, "description") else {}
        routine |= {"source": _text(program, "author")} if _text(program, "author") else {}
        routine |= {"exercises": list(own.families.values())} if own.families else {}
        yield routine | {"blocks": blocks}


class _Workout:
    """One workout's blocks, and the exercises it has to bring with it because the library has none of their name."""

    def __init__(self, families: Mapping[str, Family], left_out: list[str]) -> None:
        self.families: dict[str, dict[str, Any]] = {}
        self._ladders = Ladders(families)
        self._left_out = left_out

    def blocks(self, workout: Table) -> list[dict[str, Any]]:
        exercises = _tables(workout, "exercises")
        if _text(workout, "focus"):
            self._say("What a workout focuses on has no counterpart.")
        for section in _tables(workout, "sections"):
            self._say("Sections have no counterpart: their exercises follow one another.")
            exercises += _tables(section, "exercises")
        return [block for exercise in exercises if (block := self._block(exercise))]

    def _block(self, exercise: Table) -> dict[str, Any] | None:
        if "exercises" in exercise:
            return self._circuit(exercise)
        name = _text(exercise, "name")
        if not name:
            self._say("An exercise without a name was left out.")
            return None
        field, amount, each_side = self._dose(name, exercise)
        block: dict[str, Any] = {
            "exercise": self._exercise(name, exercise, field == "hold", each_side),
            "sets": self._count(name, _text(exercise, "sets") or "1", values.MOST_SETS, "1"),
            field: amount,
        }
        if _text(exercise, "rest"):
            block["rest"] = self._rest(name, _text(exercise, "rest"))
        self._say_what_is_lost(name, exercise)
        return block

    def _circuit(self, exercise: Table) -> dict[str, Any] | None:
        rounds = self._count(
            "A circuit", _text(exercise, "rounds") or _text(exercise, "sets") or "1", values.MOST_SETS, "1"
        )
        between = _text(exercise, "rest_between_exercises") or "0"
        blocks = []
        for inner in _tables(exercise, "exercises"):
            if block := self._block(inner):
                if "exercise" in block:
                    block.setdefault("rest", self._rest("A circuit", between))
                blocks.append(block)
        if not blocks:
            self._say("A circuit without exercises was left out.")
            return None
        rest = _text(exercise, "rest_between_rounds")
        if _text(exercise, "notes"):
            self._say(f'A circuit\'s note has no counterpart: "{_text(exercise, "notes")}".')
        return (
            {"circuit": f"{rounds} rounds"}
            | ({"rest": self._rest("A circuit", rest)} if rest else {})
            | {"blocks": blocks}
        )

    def _dose(self, name: str, exercise: Table) -> tuple[str, int | str, bool]:
        """reps or hold, how many, and whether on each side."""
        timed = _text(exercise, "duration")
        if timed and _text(exercise, "reps") not in ("", "1", timed):
            self._say(f"{name}: of reps and a duration the duration was taken.")
        text = timed or _text(exercise, "reps")
        amount, each_side = re.subn(r"\s*e/s$", "", text)
        if timed or re.search(r"(s|sec|min)$", amount):
            try:
                values.seconds_range(amount)
                return "hold", _spaced(amount), bool(each_side)
            except Unclear as unclear:
                self._say(f"{name}: {unclear.wrong}; 30 s was written instead.")
                return "hold", "30 s", bool(each_side)
        return "reps", self._count(name, amount or "no reps", values.MOST_REPS, _USUAL_REPS), bool(each_side)

    def _exercise(self, name: str, exercise: Table, hold: bool, each_side: bool) -> str:
        """What the block is to name: the library's exercise where there is one that takes the dose."""
        place = self._ladders.find(name)
        if not place:
            return self._own(name, name, exercise, hold, each_side)
        family, rung = place
        fitting = [variant for variant in family.variants if variant.hold == hold]
        if not fitting:
            return self._own(name, _other(name, hold), exercise, hold, each_side)
        variant = min(fitting, key=lambda variant: abs(variant.rung - rung))
        self._compare(name, exercise, variant, each_side)
        return family.name if variant.rung == family.standard else variant.name

    def _compare(self, name: str, exercise: Table, variant: Variant, each_side: bool) -> None:
        if key(variant.name) != key(name):
            self._say(f'"{name}" became the library\'s "{variant.name}".')
        if each_side != bool(variant.sides):
            here, there = ("on each side", "not") if each_side else ("not on each side", "so")
            self._say(f'"{name}" is {here} in the program, and {there} in the library.')
        if _text(exercise, "notes"):
            self._say(f'{name}: the library\'s own words stand instead of "{_text(exercise, "notes")}".')

    def _own(self, name: str, called: str, exercise: Table, hold: bool, each_side: bool) -> str:
        taken = self.families.get(key(called))
        if taken and taken["variants"][0].get("hold", False) != hold:
            called = _other(name, hold)
        if key(called) not in self.families:
            variant: dict[str, Any] = {
                "name": called,
                "standard": True,
                "equipment": self._equipment(exercise),
                "setup": [f"Get into position for: {name}."],
                "move": _text(exercise, "notes") or f"Do the movement: {name}.",
            }
            variant |= {"sides": "each side"} if each_side else {}
            variant |= {"hold": True} if hold else {}
            self.families[key(called)] = {"family": called, "variants": [variant]}
            self._say(f'"{called}" is not in the library: describe it in the routine, under exercises.')
        elif each_side != ("sides" in self.families[key(called)]["variants"][0]):
            self._say(f'"{name}" is on each side in one place and not in another: the first counts.')
        return called

    def _equipment(self, exercise: Table) -> str:
        weight = _text(exercise, "weight").lower()
        return "none" if weight in ("", "bodyweight", "bw") else "weights"

    def _say_what_is_lost(self, name: str, exercise: Table) -> None:
        if _text(exercise, "weight").lower() not in ("", "bodyweight", "bw"):
            self._say(f"{name}: the weight, {_text(exercise, 'weight')}, has no counterpart.")
        substitutes = [tidy(text) for text in exercise.get("substitutes", ()) if isinstance(text, Text)]
        if substitutes:
            self._say(f"{name}: nothing says whether {', '.join(substitutes)} would be easier or harder.")
        lost = {
            "drops": "the drops",
            "timing": "the timing",
            "variations": "the weekly variations",
            "special_technique": "the special technique",
        }
        told = [words for field, words in lost.items() if field in exercise]
        if told:
            self._say(f"{name}: no counterpart for {', '.join(told)}.")

    def _count(self, name: str, text: str, most: int, instead: str) -> int | str:
        try:
            values.count(text, most, instead)
            return int(text) if text.isdecimal() else text
        except Unclear as unclear:
            self._say(f"{name}: {unclear.wrong}; {instead} was written instead.")
            return instead

    def _rest(self, name: str, text: str) -> str:
        shorter = re.sub(r"^([0-9]+)-[0-9]+", r"\1", text)
        if shorter != text:
            self._say(f"{name}: of a rest of {text} the shorter was taken.")
        try:
            values.duration(shorter)
            return _spaced(shorter)
        except Unclear as unclear:
            self._say(f"{name}: {unclear.wrong}; 60 s was written instead.")
            return "60 s"

    def _say(self, sentence: str) -> None:
        if sentence not in self._left_out:
            self._left_out.append(sentence)


def _other(name: str, hold: bool) -> str:
    """What an exercise is called beside one of its name that is dosed the other way."""
    return f"{name} hold" if hold else f"{name} in reps"


def _spaced(time: str) -> str:
    """`30sec` as it is written here: 30 s."""
    number, unit = re.fullmatch(r"(.*?)\s*([a-z]*)", time.strip().lower()).groups()  # type: ignore[union-attr]
    return f"{number} {'min' if unit.startswith('m') else 's'}" if ":" not in number else number


def _text(table: Table, field: str) -> str:
    value = table.get(field)
    return tidy(value) if isinstance(value, Text) and value.kind != "nothing" else ""


def _tables(table: Table, field: str) -> list[Table]:
    items = table.get(field)
    return [item for item in items if isinstance(item, Table)] if isinstance(items, Items) else []
