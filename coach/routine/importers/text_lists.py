"""Plans as people write them down, in Markdown or as plain text: headings, and lines of exercises with their doses.

`3x12 band squat, 60s rest`, `- Clamshell: 2 sets of 15 each side`, `Plank (30s)`, or a table of Exercise, Sets, Reps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from coach.document.wording import quote
from coach.routine.importers.plan import Exercise, Group, Told, Workout
from coach.routine.importers.routines import each_side

_RANGE = r"\d+(?:\s*(?:[-–—]|to)\s*\d+)?"
_TIME_UNIT = r"s|secs?|seconds?|m|mins?|minutes?|['\"”″]"
_EACH = r"(?:\s*(?:each|per|a|ea|every)\.?\s*(?:side|leg|arm|direction|way)?|\s*/\s*(?:side|leg|arm)|\s*e/s)"
_DOSE = re.compile(
    rf"(?<![\w.])(?:(?P<sets>{_RANGE})\s*(?:sets?\s*)?(?:x|×|\*|sets? of|of)\s*)?"
    rf"(?P<amount>{_RANGE}|amrap|max|failure)\s*(?P<unit>(?:{_TIME_UNIT}|reps?|repetitions?|times|x|steps?)(?![a-z]))?"
    rf"(?P<each>{_EACH}(?![a-z]))?(?:\s*(?:reps?|hold))?(?P<each_too>{_EACH}(?![a-z]))?",
    re.IGNORECASE,
)
_SETS = re.compile(rf"(?<!\w)(?P<sets>{_RANGE})\s*sets?\b(?!\s*of)", re.IGNORECASE)
_REST = re.compile(
    rf"[,;(–-]*\s*\b(?:rest(?: for| of)?:?\s*(?P<after>{_RANGE}\s*(?:{_TIME_UNIT})?)"
    rf"|(?P<before>{_RANGE}\s*(?:{_TIME_UNIT}))\s*(?:of )?rest)\b\)?",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•+–]|\d+[.)]|[a-zA-Z]\d?[.)])\s+(?:\[[ xX]\]\s*)?")
_CIRCUIT = re.compile(rf"(?:superset|circuit|giant set|triset|{_RANGE}\s*rounds?)\b.*", re.IGNORECASE)
_ROUNDS = re.compile(rf"(?P<before>{_RANGE})\s*(?:rounds?|times|x|×)|[x×]\s*(?P<after>{_RANGE})", re.IGNORECASE)
_MARKS = re.compile(r"[*_`]+|!?\[\[[^\]]*\]\]|!\[[^\]]*\]\([^)]*\)|https?://\S+")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_WEIGHT = re.compile(
    r"(?:@|\b(?:with|at)\b)?\s*(?<![\w.])\d+(?:[.,]\d+)?\s*(?:kgs?|lbs?|pounds|%)(?:\s*1?rm)?\b", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"(?:total|calories|duration|time|rest|break|weeks?|days?|rounds?|reps?|sets?|hold|weight|seconds?|minutes?)\b"
    r"(?:\s+(?:time|duration|burned|between.*|per.*))?\s*\W*$",
    re.IGNORECASE,
)
"""What stands before a number in a plan and is no exercise."""
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
        elif exercise := _exercise(_BULLET.sub("", bare), told):
            _place(exercise, parts[-1])
        elif listed:
            told.not_understood(f"{quote(bare)} has no dose that can be understood, and was left out.")
        else:
            told.say(f"Left out: {quote(bare)}")
    for part in parts:
        part.close_group()
    found = [part for part in parts if part.exercises]
    for part in found:
        name = part.title or above or title
        yield Workout(
            name if len(found) == 1 or name == (above or title) else f"{above or title}: {name}", tuple(part.exercises)
        )


def _place(exercise: Exercise, part: _Part) -> None:
    if part.group is None:
        part.exercises.append(exercise)
    else:
        part.inside.append(exercise)


def _heading(line: str, bare: str, listed: bool) -> str:
    """What a line is the heading of; "" for one that is none."""
    if line.lstrip().startswith("#"):
        return bare.lstrip("# ").rstrip(":")
    name, dosed = _BULLET.sub("", bare), _is_dosed(bare)
    emphasized = re.fullmatch(r"\s*(\*\*|__).+(\*\*|__):?\s*", line) is not None
    if bare.endswith(":") and not (listed and dosed):
        return name.rstrip(":")
    if not listed and (emphasized or _HEADED.match(bare)) and not dosed:
        return bare.rstrip(":")
    return name if _CIRCUIT.fullmatch(name) else ""


def _exercise(line: str, told: Told) -> Exercise | None:
    rest, line = _taken(_REST, line)
    weight, line = _taken(_WEIGHT, line)
    found, sets, name = _dose(line)
    if found is None:
        return None
    unit = (found["unit"] or "").lower()
    held = bool(unit) and unit[0] in "sm'\"”″" and not unit.startswith("st")
    minutes = held and unit[0] in "m'"
    name, sides = each_side(name)
    amount = found["amount"].lower().replace("to", "-")
    if not re.search(r"[^\W\d_]{2}", name) or _NO_NAME.match(name):
        return None
    if weight:
        told.say(f"{name}: the weight, {weight.strip(' @')}, has no counterpart.")
    return Exercise(
        name,
        sets=sets,
        amount=f"{amount} {'min' if minutes else 's'}" if held else amount,
        held=held,
        each_side=sides or bool(found["each"] or found["each_too"]),
        rest=rest,
        equipment="weights" if weight else "",
    )


def _dose(line: str) -> tuple[re.Match[str] | None, str, str]:
    """The dose in a line, how many sets, and what is left: the name."""
    for_sets = _SETS.search(line)
    without = _SETS.sub(" ", line, count=1) if for_sets else line
    doses = list(_DOSE.finditer(without))
    best = max(doses, key=lambda dose: (bool(dose["sets"]), bool(dose["unit"]), bool(dose["each"])), default=None)
    if best is None or not (best["sets"] or best["unit"] or best["each"] or for_sets or _ends_it(best, without)):
        return None, "", ""
    sets = best["sets"] or (for_sets["sets"] if for_sets else "")
    name = f"{without[: best.start()]} {without[best.end() :]}"
    name = re.sub(r"\(\s*\)|\[\s*\]", " ", name)
    name = re.sub(r"\s+(?:for|of|x|×)\s*$|^\s*(?:of|x)\s+", " ", name.strip(" ,;:–—-"))
    return best, re.sub(r"\s*to\s*", "-", sets), " ".join(name.split()).strip(" ,;:–—-.")


def _is_dosed(line: str) -> bool:
    """Whether a line has a dose that a heading like "Day 2" has not."""
    dose = _dose(line)[0]
    return dose is not None and bool(dose["sets"] or dose["unit"])


def _ends_it(dose: re.Match[str], line: str) -> bool:
    return not line[dose.end() :].strip(" .)") or not line[: dose.start()].strip()


def _taken(pattern: re.Pattern[str], line: str) -> tuple[str, str]:
    """What a pattern finds, and the line without it."""
    found = pattern.search(line)
    if found is None:
        return "", line
    words = next((each for each in found.groups() if each), found[0])
    return words, line[: found.start()] + line[found.end() :]


def _row(line: str, columns: list[str], part: _Part, told: Told) -> list[str]:
    """One row of a table of Markdown; returns its columns' names."""
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    if not columns:
        return [cell.lower() for cell in cells]
    if all(re.fullmatch(r":?-*:?", cell) for cell in cells):
        return columns
    row = dict(zip(columns, cells, strict=False))
    name = next((row[column] for column in columns if re.match(r"exercise|name|movement|move", column)), "")
    sets = next((row[column] for column in columns if column.startswith("set")), "")
    amount = next((row[c] for c in columns if re.match(r"rep|time|duration|hold|sec|dose", c) and row.get(c)), "")
    rest = next((row[column] for column in columns if column.startswith("rest")), "")
    together = re.search(r"\d\s*[x×]\s*\d", f"{sets} {amount}")
    dose = (sets if re.search(r"[x×]", sets) else amount) if together else f"{sets} x {amount}" if sets else amount
    exercise = (
        _exercise(f"{name}: {dose}" + (f", rest {rest}" if re.match(r"\d", rest) else ""), told) if name else None
    )
    if exercise:
        _place(exercise, part)
    elif name:
        told.not_understood(f"{quote(name)} has no dose that can be understood, and was left out.")
    return columns


def _tidied(line: str) -> str:
    bare = _MARKS.sub(" ", _LINK.sub(r"\1", line)).replace("\xa0", " ")
    return " ".join(bare.split())


def _without_front_matter(text: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
