"""What other programs call equipment, in the words of an exercise file."""

from __future__ import annotations

import re

from coach.routine.values import NO_EQUIPMENT

_UNKNOWN = {"other", "others", "misc", "various", "unknown", "any", "weighted", "assisted"}
_LONG_BAND = {"band", "bands", "resistance band", "resistance bands", "long band", "exercise band", "therapy band"}
_MINI_BAND = {"mini band", "mini bands", "loop band", "loop bands", "booty band", "hip circle", "resistance loop"}
_IN_NAMES = re.compile(
    r"\b(?:(?P<mini>mini[- ]?bands?|loop[- ]?bands?|booty[- ]?bands?)|(?P<band>(?:resistance |exercise )?band(?:s|ed)?)"
    r"|(?P<bare>body ?weight|bodyweight|no equipment|unweighted)"
    r"|(?P<heavy>barbell|dumbbells?|db|bb|kb|kettlebells?|smith(?: machine)?|machine|cable|plate(?: loaded)?|weighted"
    r"|sled|trap bar|goblet|ez[- ]?bar|medicine ball|sandbag|trx|suspension|rings?|stability ball|swiss ball|bosu))\b",
    re.IGNORECASE,
)


def known(word: str) -> str:
    """The equipment in our words: `none`, `mini band`, `long band`, or as it is called; "" where that says nothing."""
    bare = " ".join(word.lower().split())
    if bare in NO_EQUIPMENT:
        return "none"
    if bare in _UNKNOWN:
        return ""
    if bare in _MINI_BAND:
        return "mini band"
    return "long band" if bare in _LONG_BAND else bare


def in_name(name: str) -> tuple[str, str]:
    """The name without its words for equipment, and the equipment: `none`, `band`, another one, or "" for not said."""
    found = ""
    for match in _IN_NAMES.finditer(name):
        kind = match.lastgroup
        found = match[0].lower() if kind == "heavy" else found or {"bare": "none"}.get(kind or "", "band")
    return " ".join(_IN_NAMES.sub(" ", name).split()), found
