"""A plan's workouts as the data of routine files, the exercises that nobody here knows to be described in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from coach.document.names import key
from coach.document.wording import Unclear, tidy
from coach.routine import values
from coach.routine.importers import equipment
from coach.routine.importers.matching import Matcher
from coach.routine.importers.plan import Exercise, Group, Told, Workout
from coach.routine.manners import EACH_SIDE
from coach.routine.model import Family, Variant

USUAL_REPS = "8-12"
USUAL_HOLD = "30 s"
_UNIT = {"m": "min", "s": "s"}


def routine(workout: Workout, families: Mapping[str, Family], told: Told) -> dict[str, Any] | None:
    """A routine file's data; None where there is nothing in it."""
    own = _Routine(families, told)
    blocks = list(own.blocks(workout.exercises))
    if not blocks:
        told.say(f'"{workout.title}" has no exercises, and was left out.')
        return None
    data: dict[str, Any] = {"routine": workout.title}
    data |= {"about": workout.about} if workout.about else {}
    data |= {"source": workout.source} if workout.source else {}
    data |= {"exercises": list(own.families.values())} if own.families else {}
    return data | {"blocks": blocks}


class _Routine:
    """One routine's blocks, and the exercises it has to bring with it."""

    def __init__(self, families: Mapping[str, Family], told: Told) -> None:
        self.families: dict[str, dict[str, Any]] = {}
        self._matcher = Matcher(families)
        self._told = told

    def blocks(self, exercises: tuple[Exercise | Group, ...]) -> Iterator[dict[str, Any]]:
        for each in exercises:
            if isinstance(each, Exercise):
                yield self._block(each)
            elif circuit := self._circuit(each):
                yield circuit

    def _block(self, exercise: Exercise) -> dict[str, Any]:
        if not exercise.held and not exercise.amount[:1].isdigit() and self._matcher.is_held(exercise.name):
            exercise = replace(exercise, held=True)  # "max" of a plank
        block: dict[str, Any] = {}
        if exercise.amount == "1" and not exercise.held and self._matcher.is_held(exercise.name):
            exercise = replace(exercise, held=True)
            self._told.say(f'"{exercise.name}" once is a hold: as long as the library says.')
        else:
            block["hold" if exercise.held else "reps"] = self._amount(exercise)
        block = {
            "exercise": self._named(exercise),
            "sets": self._count(exercise.name, exercise.sets or "1", values.MOST_SETS, "1"),
        } | block
        return block | ({"rest": self._rest(exercise.name, exercise.rest)} if exercise.rest else {})

    def _circuit(self, group: Group) -> dict[str, Any] | None:
        blocks = list(self.blocks(group.exercises))
        if not blocks:
            self._told.say("A circuit without exercises was left out.")
            return None
        for block in blocks:
            if "exercise" in block:
                block.setdefault("rest", self._rest("A circuit", group.rest_between or "0"))
        rounds = self._count("A circuit", group.rounds or "1", values.MOST_SETS, "1")
        rest = {"rest": self._rest("A circuit", group.rest)} if group.rest else {}
        return {"circuit": f"{rounds} {'round' if rounds == 1 else 'rounds'}"} | rest | {"blocks": blocks}

    def _amount(self, exercise: Exercise) -> int | str:
        if not exercise.held:
            return self._count(exercise.name, exercise.amount or "no reps", values.MOST_REPS, USUAL_REPS)
        try:
            values.seconds_range(exercise.amount)
            return _spaced(exercise.amount)
        except Unclear as unclear:
            return self._instead(exercise.name, unclear, USUAL_HOLD)

    def _named(self, exercise: Exercise) -> str:
        """What the block is to name: the library's exercise where there is one that takes the dose."""
        takes = equipment.known(exercise.equipment) if exercise.equipment else ""
        match = self._matcher.find(exercise.name, takes, held=exercise.held)
        if match is None:
            return self._own(exercise, takes)
        self._compare(exercise, match.variant)
        return match.exercise

    def _compare(self, exercise: Exercise, variant: Variant) -> None:
        if key(variant.name) != key(exercise.name):
            self._told.say(f'"{exercise.name}" became the library\'s "{variant.name}".')
        if exercise.each_side != bool(variant.sides):
            here, there = ("on each side", "not") if exercise.each_side else ("not on each side", "so")
            self._told.say(f'"{exercise.name}" is {here} in the program, and {there} in the library.')
        if exercise.how:
            self._told.say(f'{exercise.name}: the library\'s own words stand instead of "{exercise.how}".')

    def _own(self, exercise: Exercise, takes: str) -> str:
        called, hold = exercise.name, exercise.held
        taken = self.families.get(key(called))
        if self._matcher.knows(called) and takes not in ("", "none"):
            called = f"{called} with {takes}"
        elif self._matcher.knows(called) or (taken and taken["variants"][0].get("hold", False) != hold):
            called = f"{called} hold" if hold else f"{called} in reps"
        if key(called) not in self.families:
            variant: dict[str, Any] = {
                "name": called,
                "standard": True,
                "equipment": takes or equipment.known(equipment.in_name(called)[1]) or "none",
                "setup": [f"Get into position for: {exercise.name}."],
                "move": exercise.how or f"Do the movement: {exercise.name}.",
            }
            variant |= {"sides": "each side"} if exercise.each_side else {}
            variant |= {"hold": True} if hold else {}
            self.families[key(called)] = {"family": called, "variants": [variant]}
            self._told.say(f'"{called}" is not in the library: describe it in the routine, under exercises.')
        elif exercise.each_side != ("sides" in self.families[key(called)]["variants"][0]):
            self._told.say(f'"{exercise.name}" is on each side in one place and not in another: the first counts.')
        return called

    def _count(self, name: str, text: str, most: int, instead: str) -> int | str:
        try:
            values.count(text, most, instead)
            return int(text) if text.isdecimal() else text
        except Unclear as unclear:
            return self._instead(name, unclear, instead)

    def _rest(self, name: str, text: str) -> str:
        shorter = re.sub(r"^([0-9.]+)\s*[-–]\s*[0-9.]+", r"\1", text)
        if shorter != text:
            self._told.say(f"{name}: of a rest of {text} the shorter was taken.")
        try:
            values.duration(shorter)
            return _spaced(shorter)
        except Unclear as unclear:
            return self._instead(name, unclear, "60 s")

    def _instead(self, name: str, unclear: Unclear, instead: str) -> str:
        self._told.not_understood(f"{name}: {unclear.wrong}; {instead} was written instead.")
        return instead


def each_side(text: str) -> tuple[str, bool]:
    """A dose without "each side" or "e/s", and whether it said so."""
    bare = EACH_SIDE.sub("", text.strip())
    return bare, bare != text.strip()


def is_time(text: str) -> bool:
    """Whether a dose is a time: `30sec`, `1:30`, `45-60 s`."""
    return re.search(r"\d\s*(s|secs?|seconds?|m|mins?|minutes?)$|^\d+:\d\d$", text.strip().lower()) is not None


def text_of(value: object) -> str:
    """A text or a number from elsewhere, tidy; empty for anything else."""
    if isinstance(value, bool) or value is None:
        return ""
    return tidy(f"{value:g}" if isinstance(value, int | float) else value)


def _spaced(time: str) -> str:
    """`30sec` as it is written here: 30 s."""
    found = re.fullmatch(r"([\d.\s–-]+?)\s*([a-z]*)", time.strip().lower())
    if found is None:
        return f"{values.duration(time):g} s"
    return f"{found[1]} {_UNIT.get(found[2][:1], 's')}"
