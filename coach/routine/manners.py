"""Manners of writing a dose that plans on paper have and a routine has not: each is told what stands for it here."""

from __future__ import annotations

import re

from coach.document.wording import Unclear, quote

EACH_SIDE = re.compile(
    r"\s*(?:/|\b(?:each|per|a|every|on each|on every)\s)\s*(?:side|leg|arm|foot|hand|direction|way)s?$"
    r"|\s*\be\s*/\s*[sl]$|\s*\bea\.?$"
)
"""The end of "12 each side": what is written is of a side anyway, where an exercise has sides."""

_OPEN_ENDED = re.compile(r"\b(?:amrap|max(?:imum)?|failure|as many as possible|as long as possible)\b")
_SETS_AND_DOSE = re.compile(
    r"([1-9]\d*(?:\s*[-–]\s*\d+)?)\s*(?:sets?\s*)?(?:x|×|\*|sets? of|of)\s*(\d+(?:\s*[-–]\s*\d+)?)\s*(\w*)"
)
_TIME = re.compile(r"(\d+(?:\s*[-–]\s*\d+)?)\s*(s|sec|secs|seconds?|m|min|mins|minutes?)")
_SET_BY_SET = re.compile(r"\d+(?:\s*[,/]\s*\d+)+")
_AND_MORE = re.compile(r"(\d+)\s*\+")
_ABOUT = re.compile(r"(?:~|about|ca\.?|circa|around)\s*(\d+(?:\s*[-–]\s*\d+)?)")


def refuse_manner(text: str, bare: str, *, held: bool = False) -> None:
    """Raise Unclear for a manner of writing that is known, with what would be right for that very text.

    `bare` is the text in small letters without what goes without saying; `held`: seconds are due.
    """
    if _OPEN_ENDED.search(bare):
        right = "write a range to work up through, 20-30 s" if held else "write a range to work up through, 8-12"
        raise Unclear(f"{quote(text)} has no end to count to", f'{right}, and say "done" when you can do no more')
    if both := _SETS_AND_DOSE.fullmatch(bare):
        sets, amount, unit = (part.replace(" ", "") for part in both.groups())
        timed = held or _TIME.fullmatch(f"{amount} {unit}") is not None
        dose = f"hold: {amount} {unit or 's'}" if timed else f"reps: {amount}"
        raise Unclear(
            f"{quote(text)} is sets and {'seconds' if timed else 'reps'} in one", f"write sets: {sets} and {dose}"
        )
    if not held and (time := _TIME.fullmatch(bare)):
        raise Unclear(
            f"{quote(text)} is a time where a number is due", f"write hold: {time[1]} {time[2]}, if it is held"
        )
    if _SET_BY_SET.fullmatch(bare):
        raise Unclear(f"{quote(text)} has a number for each set", "write one for all, or a range: 8-12")
    if more := _AND_MORE.fullmatch(bare):
        raise Unclear(f"{quote(text)} has no end to count to", f"write a range: {more[1]}-{int(more[1]) + 4}")
    if about := _ABOUT.fullmatch(bare):
        raise Unclear(f"{quote(text)} is not exact", f"write {about[1]}")
