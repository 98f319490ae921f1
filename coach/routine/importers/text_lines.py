"""One exercise with its dose in a line that somebody wrote: `3x12 band squat, 60s rest`."""

from __future__ import annotations

import re

from coach.routine.importers.plan import Exercise, Told
from coach.routine.importers.routines import each_side

RANGE = r"\d+(?:\s*(?:[-–—]|to)\s*\d+)?"
_TIME_UNIT = r"s|secs?|seconds?|m|mins?|minutes?|['\"”″]"
_EACH = r"(?:\s*(?:each|per|a|ea|every)\.?\s*(?:side|leg|arm|direction|way)?|\s*/\s*(?:side|leg|arm)|\s*e/s)"
_DOSE = re.compile(
    rf"(?<![\w.])(?:(?P<sets>{RANGE})\s*(?:sets?\s*)?(?:x|×|\*|sets? of|of)\s*)?"
    rf"(?:[x×]\s*)?(?P<amount>{RANGE}|amrap|max|failure)\s*(?P<unit>(?:{_TIME_UNIT}|reps?|repetitions?|times|x|steps?)(?![a-z]))?"
    rf"(?P<each>{_EACH}(?![a-z]))?(?:\s*(?:reps?|hold))?(?P<each_too>{_EACH}(?![a-z]))?",
    re.IGNORECASE,
)
_SETS = re.compile(rf"(?<!\w)(?P<sets>{RANGE})\s*sets?\b(?!\s*of)", re.IGNORECASE)
_REST = re.compile(
    rf"[,;(–-]*\s*\b(?:rest(?: for| of)?:?\s*(?P<after>{RANGE}\s*(?:{_TIME_UNIT})?)"
    rf"|(?P<before>{RANGE}\s*(?:{_TIME_UNIT}))\s*(?:of )?rest)\b\)?",
    re.IGNORECASE,
)
_WEIGHT = re.compile(
    r"(?:@|\b(?:with|at)\b)?\s*(?<![\w.])\d+(?:[.,]\d+)?\s*(?:kgs?|lbs?|pounds|%)(?:\s*1?rm)?\b", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"(?:total|calories|duration|time|rest|break|weeks?|days?|rounds?|reps?|sets?|hold|weight|seconds?|minutes?)\b"
    r"(?:\s+(?:time|duration|burned|between.*|per.*))?\s*\W*$",
    re.IGNORECASE,
)
"""What stands before a number in a plan and is no exercise."""
_DOSED = re.compile(
    rf"\d\s*(?:[x×]|sets?(?:\s*of)?)\s*{RANGE}(?:\s*(?:{_TIME_UNIT})\b)?|\d\s*(?:{_TIME_UNIT})(?![a-z])", re.IGNORECASE
)
_EFFORT = re.compile(r"[,@(]*\s*\b(?:RPE|RIR)\s*\d+(?:[.,-]\d+)?\)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;]\s+|(?<=[\w)\"”])\.\s+(?=[A-Z\d])|\s\+\s")
_MOST_WORDS = 6
"""In the name of an exercise; what is longer is an instruction."""


def pieces(line: str) -> tuple[str, list[str]]:
    """What stands before the colon of a line with several exercises, and each of them; a line of one as it is."""
    if len(_DOSED.findall(_REST.sub("", line))) < 2:
        return "", [line]
    heading, colon, rest = line.partition(": ")
    if not colon or is_dosed(heading):
        heading, rest = "", line
    found = [piece for piece in _BETWEEN.split(rest) if piece.strip(" .")]
    nameless = [
        piece for piece in found if _DOSED.search(piece) and not re.search(r"[^\W\d_]{3}", _DOSED.sub("", piece))
    ]
    return ("", [line]) if nameless else (heading, found)


def exercise(line: str, told: Told, above: str = "") -> Exercise | None:
    """The exercise in a line; what has a dose and no name has that of the heading `above` it. None where it is none."""
    rest, line = _taken(_REST, line)
    weight, line = _taken(_WEIGHT, line)
    if _EFFORT.search(line):
        told.say("How hard a set is to be has no counterpart.")
    found, sets, name = _dose(_EFFORT.sub("", line))
    if found is None:
        return None
    unit = (found["unit"] or "").lower()
    held = bool(unit) and unit[0] in "sm'\"”″" and not unit.startswith("st")
    minutes = held and unit[0] in "m'"
    name, sides = each_side(name)
    amount = found["amount"].lower().replace("to", "-")
    name = re.sub(r"\s*\(\s*(?:[^\s()]+\s+){2,}[^()]*\)|\s*:$", "", name).strip(" :") or above
    if not re.search(r"[^\W\d_]{2}", name) or _NO_NAME.match(name):
        return None
    if len(name.split()) > _MOST_WORDS or _DOSED.search(name):
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


def is_dosed(line: str) -> bool:
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
