"""How a dose, a time, a tempo and sides are spelled in a file.

Each function takes the text as written and returns its value, or raises Unclear with what is wrong and what to write.
"""

from __future__ import annotations

import re

from coach.document.wording import Unclear, quote
from coach.routine.manners import EACH_SIDE, refuse_manner
from coach.routine.model import Counted, Range, Tempo

MOST_REPS = 1000
MOST_SETS = 50
MOST_SECONDS = 3600

NO_EQUIPMENT = {
    "", "none", "no", "no equipment", "nothing", "bodyweight", "body weight", "body only", "bodyweight only", "bw",
    "self", "own body", "own bodyweight", "floor", "mat", "gym mat", "none (bodyweight exercise)", "n/a",
    "none - bodyweight only",
}  # fmt: skip
"""What people write where an exercise takes nothing: none of it is a thing to put aside."""

SIDES = {
    "none": (),
    "each leg": ("right leg", "left leg"),
    "each arm": ("right arm", "left arm"),
    "each side": ("right side", "left side"),
    "each direction": ("to the right", "to the left"),
}

_WHOLE = r"0|[1-9][0-9]{0,8}"
_FRACTION = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_DASH = r"\s*[-–]\s*"
_TIME = re.compile(rf"({_FRACTION})\s*(?:s|sec|secs|seconds?|(m|min|mins|minutes?))?")
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_TWO_UNITS = re.compile(
    r"([0-9]{1,3})\s*(?:m|min|mins|minutes?|['’′])\s*([0-5]?[0-9])\s*(?:s|sec|secs|seconds?|''|[\"”″])?"
)
_QUOTES = "\"'“”„‘’ "


def unquoted(text: str) -> str:
    """The text without marks around it that mean nothing in a number or a time."""
    return text.strip(_QUOTES)


def count(text: str, most: int, example: str, unit: str = "") -> Range:
    """`10` or `8-12`; with a unit, "3 rounds" as well."""
    right = f"write {example}"
    bare = EACH_SIDE.sub("", unquoted(text).lower())
    if unit:
        bare = re.sub(rf"\s*{unit}s?$", "", bare)
    bare = re.sub(r"\s+to\s+", "-", bare)
    refuse_manner(text, bare)
    if re.fullmatch("0[0-9]+", bare):
        raise Unclear(f"{quote(text)} begins with a zero, which YAML takes for base eight", f"leave it out, or {right}")
    if _CLOCK.fullmatch(bare):
        raise Unclear(f"{quote(text)} is a time where a number is due", right)
    if re.fullmatch(rf"[-+]?{_FRACTION}", bare) and "." in bare:
        raise Unclear(f"{quote(text)} is not a whole number", right)
    if re.fullmatch("-[0-9]+", bare):
        raise Unclear(f"{quote(text)} is less than 1", right)
    found = re.fullmatch(rf"({_WHOLE})(?:{_DASH}({_WHOLE}))?", bare)
    if not found:
        raise Unclear(f"{quote(text)} is not a number or a range", right)
    return _ordered(text, int(found[1]), int(found[2] or found[1]), most, str(most), right)


def seconds_range(text: str) -> Range:
    """A hold, in whole seconds: `30`, `20-30`, `20-30 s`, `1-2 min`, `1:30`, `1 min 30 s`."""
    right = "write 30 s or 20-30 s"
    bare = re.sub(r"\s+to\s+", "-", EACH_SIDE.sub("", unquoted(text).lower()))
    refuse_manner(text, bare, held=True)
    first, dash, last = (part.strip() for part in re.sub(_DASH, "-", bare).partition("-"))
    if dash and re.fullmatch(_FRACTION, first) and (unit_of_both := re.search("[a-z]+$", last)):
        first += unit_of_both[0]
    try:
        low, high = _seconds(first), _seconds(last if dash else first)
    except Unclear:
        raise Unclear(f"{quote(text)} is not a time or a range of times", right) from None
    if low % 1 or high % 1:
        raise Unclear(f"{quote(text)} does not come to whole seconds", right)
    return _ordered(text, int(low), int(high), MOST_SECONDS, "an hour", right)


def duration(text: str) -> float:
    """A rest, in seconds: `45 s`, `2 min`, `1:30`, `1 min 30 s` or plain seconds."""
    bare = unquoted(text).lower()
    if bare in ("no", "none", "no rest"):
        raise Unclear(f"{quote(text)} is not a time", "write 0")
    if two := re.fullmatch(rf"({_FRACTION})\s*[a-z]*{_DASH}({_FRACTION}\s*[a-z]*)", bare):
        raise Unclear(f"{quote(text)} is a range, and a rest is one time", f"write {two[1]}{_unit_of(two[2])}")
    seconds = _seconds(text)
    if seconds > MOST_SECONDS:
        raise Unclear(f"{quote(text)} is more than an hour", "write 45 s, 2 min or 1:30")
    return seconds


def tempo(text: str) -> Tempo:
    """`1-1-2`: seconds of effort, hold and return."""
    found = re.fullmatch(rf"({_FRACTION}){_DASH}({_FRACTION}){_DASH}({_FRACTION})", text.strip())
    digits = re.fullmatch(r"([0-9])([0-9])([0-9x])([0-9])?", text.strip().lower())
    if digits:
        # As lifters write it: down, a stop, up, a stop.
        right = f"write {digits[1]}-{digits[2]}-{'1' if digits[3] == 'x' else digits[3]}"
        raise Unclear(f"{quote(text)} is a tempo without dashes", right)
    if not found:
        raise Unclear(f"{quote(text)} is not a tempo", "write the seconds of effort, hold and return, like 2-0-2")
    value = Tempo(*(float(part) for part in found.groups()))
    if not 0.5 <= value.seconds <= 60:
        raise Unclear(f"{quote(text)} makes a rep of {value.seconds:g} s", "let the three come to between 0.5 and 60")
    return value


def sides(text: str) -> tuple[str, ...]:
    """The sides in their order, as spoken."""
    try:
        return SIDES[" ".join(text.lower().split())]
    except KeyError:
        choice = ", ".join(SIDES)
        raise Unclear(
            f"{quote(text)} names no sides", f"write {choice} or two of your own: [forward, backward]"
        ) from None


def unit(text: str) -> Counted:
    """What is counted: rep or step."""
    match text.strip().lower():
        case "rep":
            return "rep"
        case "step":
            return "step"
    raise Unclear(f"{quote(text)} is no unit", "write rep or step")


def _seconds(text: str) -> float:
    bare = unquoted(text).lower()
    if two := _TWO_UNITS.fullmatch(bare):
        return int(two[1]) * 60.0 + int(two[2])
    if clock := _CLOCK.fullmatch(bare):
        return int(clock[1]) * 60.0 + int(clock[2])
    found = _TIME.fullmatch(bare)
    if not found:
        raise Unclear(f"{quote(text)} is not a time", "write 45 s, 2 min or 1:30")
    return float(found[1]) * (60 if found[2] else 1)


def _unit_of(time: str) -> str:
    return f" {found[0]}" if (found := re.search("[a-z]+$", time)) else ""


def _ordered(text: str, low: int, high: int, most: int, most_shown: str, right: str) -> Range:
    if low < 1:
        raise Unclear(f"{quote(text)} is less than 1", right)
    if high > most:
        raise Unclear(f"{quote(text)} is more than {most_shown}", right)
    if low > high:
        raise Unclear(f"{quote(text)} runs downwards", "write the smaller number first")
    return Range(low, high)
