"""What is said between the counts of a side: what this athlete was told least, and less the better they know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coach.session.beat import Remarks
from coach.session.briefing import Known, known
from coach.session.script import Script
from coach.session.standing import Standing


def remarks(script: Script, here: Standing, cued: Mapping[str, int]) -> Remarks:
    """Those for the side at hand; `cued` has how often each of this exercise's cues was given in this workout.

    Half is told once an exercise, at its beginning; the last three once, at its end. A hold tells both each time: it
    has no counts to go by.
    """
    planned, hold = here.set, here.variant.hold
    knows = known(here.slot, here.rungs[planned.slot])
    first = planned.set == 1 and here.side == 0
    last = planned.set == planned.of and here.side == len(here.done) - 1
    return Remarks(
        counts=script.language.numbers,
        cues=_least_told(here.variant.cues, cued, here.slot.choice.times),
        every=2 + knows + (planned.set > 1),
        halfway=script.line("set.halfway") if hold or (first and knows is not Known.WELL) else "",
        three_more=script.line("set.three_more") if last and not (first and knows is not Known.WELL) else "",
        ten_more=script.line("set.ten_more"),
        teach=planned.set == 1 and not here.done[here.side] and knows is not Known.WELL,
    )


def _least_told(cues: Sequence[str], cued: Mapping[str, int], times: int) -> list[str]:
    """As sentences, those first that were given least; of as many, another one first in each workout."""
    start = times % max(1, len(cues))
    told = [cue if cue.endswith((".", "!")) else f"{cue}." for cue in (*cues[start:], *cues[:start])]
    return sorted(told, key=lambda cue: cued.get(cue, 0))
