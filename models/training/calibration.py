"""What a model's scores mean: how often an utterance with such a score was the command it was taken for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import yaml
from conditions import Material, Spoken
from decoding import least_confidence, likeliest, phrase_of
from figures import Figures

Value = float | str
INFINITY = float("inf")
DIFFERENCES = (-INFINITY, -8, -6, -4, -3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 2, INFINITY)
CONFIDENCES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0)

EXPLANATION = """\
# What the scores of {model} mean, measured on voices that no training has heard.
#
# Everything the grammar (the recipe's test commands and [unk]) heard exactly as a command is counted:
# `right` is the share in which that command was said, `other` in which another command was, `none` in which
# something else was; n is how many there were. A bin goes from `from` up to, not including, `to`; the last
# includes it. The shares depend on how much of either was asked: see `asked`, utterances of each kind.
#
# difference: log likelihood of the command less that of the likeliest words of all, found by the same model
#   without a grammar in the same samples (first alternatives, the whole utterance; the coach's ear compares the
#   same two). `same_words` counts those in which both found the same words, which are in the bins as well.
# confidence: the least word confidence of the command, from an ordinary decoding.
"""


class Judged(NamedTuple):
    """An utterance that was heard as a command."""

    value: float
    """What it is put into a bin by."""
    verdict: str
    """right, other or none."""
    agreed: bool = False
    """The decoding without a grammar found the same words."""


def verdict(heard: str, said: Spoken, phrases: Sequence[str]) -> str:
    if said.text not in phrases:
        return "none"
    return "right" if heard == said.text else "other"


def counted(some: Sequence[Judged]) -> dict[str, Value]:
    n = len(some)
    shares = {v: round(sum(j.verdict == v for j in some) / n, 3) if n else 0.0 for v in ("right", "other", "none")}
    return {"n": n, **shares}


def binned(judged: Sequence[Judged], edges: Sequence[float]) -> list[dict[str, Value]]:
    """{from, to, n, right, other, none} for every bin in which there was anything."""
    out: list[dict[str, Value]] = []
    for low, high in pairwise(edges):
        last = high == edges[-1]
        some = [j for j in judged if low <= j.value and (j.value < high or (last and j.value == high))]
        if some:
            out.append({"from": low, "to": high, **counted(some)})
    return out


def by_difference(model: Any, rows: Iterable[Spoken], phrases: Sequence[str]) -> list[Judged]:
    """Of the utterances that the grammar hears as a command."""
    out = []
    for x in rows:
        heard = likeliest(model, phrases, x.audio)
        if heard is None or heard.text not in phrases:
            continue
        opinion = likeliest(model, None, x.audio)
        agreed = opinion is not None and opinion.text == heard.text
        difference = heard.score - opinion.score if opinion else INFINITY
        out.append(Judged(difference, verdict(heard.text, x, phrases), agreed))
    return out


def by_confidence(f: Figures, phrases: Sequence[str]) -> list[Judged]:
    """Of what was measured anyway: all conditions, and everything outside the grammar."""
    outcomes = [o for rows in f.commands.values() for o in rows] + f.talk
    found = [(phrase_of(o.heard, phrases, loose=False), o) for o in outcomes]
    return [Judged(least_confidence(o.heard), verdict(p, o.said, phrases)) for p, o in found if p]


def calibrate(model: Any, m: Material, f: Figures, each: int) -> dict[str, Any]:
    """`each`: how many commands of a condition; of talk, four times as many. `f`: what the same model heard."""
    commands = [x for rows in m.commands.values() for x in rows[:each]]
    talk = m.talk[: 4 * each]
    differences = by_difference(model, [*commands, *talk], m.phrases)
    confidences = by_confidence(f, m.phrases)
    return {
        "difference": {
            "asked": {"commands": len(commands), "talk": len(talk)},
            "same_words": counted([j for j in differences if j.agreed]),
            "bins": binned(differences, DIFFERENCES),
        },
        "confidence": {
            "asked": {"commands": sum(len(rows) for rows in f.commands.values()), "talk": len(f.talk)},
            "bins": binned(confidences, CONFIDENCES),
        },
    }


def calibration_text(model: str, found: dict[str, Any]) -> str:
    """The file's text."""
    body = yaml.safe_dump(found, sort_keys=False, default_flow_style=None, width=110)
    return EXPLANATION.format(model=model) + body
