"""Plans as people write them down, in Markdown or as plain text: headings, and lines of exercises with their doses.

`3x12 band squat, 60s rest`, `- Clamshell: 2 sets of 15 each side`, `Plank (30s)`, or a table of Exercise, Sets, Reps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from coach.document.wording import quote
from coach.routine.importers.plan import Exercise, Group, Told, Workout
from coach.routine.importers.text_lines import RANGE, exercise, is_dosed, pieces

_BULLET = re.compile(r"^\s*(?:[-*•+–]|\d+[.)]|[a-zA-Z]\d?[.)])\s+(?:\[[ xX]\]\s*)?")
_CIRCUIT = re.compile(rf"(?:superset|circuit|giant set|triset|{RANGE}\s*rounds?)\b.*", re.IGNORECASE)
_ROUNDS = re.compile(rf"(?P<before>{RANGE})\s*(?:rounds?|times|x|×)|[x×]\s*(?P<after>{RANGE})", re.IGNORECASE)
_MARKS = re.compile(r"[*_`]+|!?\[\[[^\]]*\]\]|!\[[^\]]*\]\([^)]*\)|https?://\S+")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_DAY = re.compile(r"(?:week|day|workout|session)\s*\w?\d*|(?:mon|tue|wed|thu|fri|sat|sun)\w*", re.IGNORECASE)
_HEADED = re.compile(
    r"(?:day|week|workout|session|monday|tuesday|wednesday|thursday|friday|saturday|sunday|warm|cool)", re.IGNORECASE
)


@dataclass
class _Part:
    """What stands under one heading."""

    title: str
    exercises: list[Exercise | Group] = field(default_factory=list)
    group: str | None = None
    """The rounds of the circuit that is being read."""
    inside: list[Exercise] = field(default_factory=list)

    def close_group(self) -> None:
        if self.inside:
            self.exercises.append(Group(tuple(self.inside), self.group or "1"))
        self.group, self.inside = None, []


def workouts(text: str, title: str, told: Told) -> Iterator[Workout]:
    """What stands under each heading that has exercises; nothing where no line is an exercise with its dose."""
    parts, above, columns = [_Part("")], "", list[str]()
    for line in _without_front_matter(text).splitlines():
        bare = _tidied(line)
        if bare.startswith("|"):
            columns = _row(bare, columns, parts[-1], told)
            continue
        columns = []
        listed = _BULLET.match(line) is not None
        if heading := _heading(line, bare, listed):
            parts[-1].close_group()
            above = above or (heading if line.lstrip().startswith("# ") else "")
            if _CIRCUIT.match(heading):
                rounds = _ROUNDS.search(heading)
                parts[-1].group = (rounds["before"] or rounds["after"]) if rounds else "1"
            else:
                parts.append(_Part(heading))
        elif not re.search(r"\w", bare):
            parts[-1].close_group()
        elif found := _exercises(_BULLET.sub("", bare), parts, told):
            for each in found:
                _place(each, parts[-1])
        elif listed:
            told.not_understood(f"{quote(bare)} has no dose that can be understood, and was left out.")
        else:
            told.say(f"Left out: {quote(bare)}")
    for part in parts:
        part.close_group()
    full = [part for part in parts if part.exercises]
    for part in full:
        name = part.title or above or title
        yield Workout(
            name if len(full) == 1 or name == (above or title) else f"{above or title}: {name}", tuple(part.exercises)
        )


def _exercises(line: str, parts: list[_Part], told: Told) -> list[Exercise]:
    """What a line has: one exercise, or several after a heading of their own."""
    heading, several = pieces(line)
    above = re.sub(r"^\s*\d+[.)]\s*|\s*\(.*?\)", "", parts[-1].title).strip()
    found = [(each, exercise(each, told, above)) for each in several]
    done = [each for _, each in found if each]
    if done and heading:
        parts[-1].close_group()
        parts.append(_Part(heading))
    if done:
        for text in (text for text, each in found if each is None):
            if re.search(r"\d", text):
                told.not_understood(f"{quote(text)} has no dose that can be understood, and was left out.")
            else:
                told.say(f"Left out: {quote(text)}")
    return done


def _place(exercise: Exercise, part: _Part) -> None:
    if part.group is None:
        part.exercises.append(exercise)
    else:
        part.inside.append(exercise)


def _heading(line: str, bare: str, listed: bool) -> str:
    """What a line is the heading of; "" for one that is none."""
    if line.lstrip().startswith("#"):
        return bare.lstrip("# ").rstrip(":")
    name, dosed = _BULLET.sub("", bare), is_dosed(bare)
    emphasized = re.fullmatch(r"\s*(\*\*|__).+(\*\*|__):?\s*", line) is not None
    if listed and _DAY.fullmatch(name):
        return name
    if bare.endswith(":") and not (listed and dosed):
        return name.rstrip(":")
    if not listed and (emphasized or _HEADED.match(bare)) and not dosed:
        return bare.rstrip(":")
    return name if _CIRCUIT.fullmatch(name) else ""


def _row(line: str, columns: list[str], part: _Part, told: Told) -> list[str]:
    """One row of a table of Markdown; returns its columns' names."""
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    if not columns:
        return [cell.lower() for cell in cells]
    if all(re.fullmatch(r":?-*:?", cell) for cell in cells):
        return columns
    row = dict(zip(columns, cells, strict=False))
    name = next((row.get(column, "") for column in columns if re.match(r"exercise|name|movement|move", column)), "")
    sets = next((row.get(column, "") for column in columns if column.startswith("set")), "")
    amount = next((row[c] for c in columns if re.match(r"rep|time|duration|hold|sec|dose", c) and row.get(c)), "")
    rest = next((row.get(column, "") for column in columns if column.startswith("rest")), "")
    together = re.search(r"\d\s*[x×]\s*\d", f"{sets} {amount}")
    dose = (sets if re.search(r"[x×]", sets) else amount) if together else f"{sets} x {amount}" if sets else amount
    found = exercise(f"{name}: {dose}" + (f", rest {rest}" if re.match(r"\d", rest) else ""), told) if name else None
    if found:
        _place(found, part)
    elif name:
        told.not_understood(f"{quote(name)} has no dose that can be understood, and was left out.")
    return columns


def _tidied(line: str) -> str:
    bare = _MARKS.sub(" ", _LINK.sub(r"\1", line)).replace("\xa0", " ")
    return " ".join(bare.split())


def _without_front_matter(text: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
