"""How long it takes from the start of a workout to its first rep, for somebody who says "ready" at once.

.venv/bin/python -m tools.first_rep     prints the median over the routines that come with the coach
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from statistics import median

from coach import language
from coach.language.commands import Command, Order
from coach.language.delivery import Pace
from coach.own import paths
from coach.routine.by_ear import estimated_seconds
from coach.routine.library import Library
from coach.routine.model import Routine
from coach.session import events
from coach.session.orders import obey
from coach.session.plan import Choice, make_plan
from coach.session.script import Script
from coach.session.session import Session

AT_ONCE = 1.0
"""Seconds after the coach begins to speak."""


def seconds_to_first_rep(routine: Routine, times: int, ready: float | None = AT_ONCE) -> float:
    """Until the first rep begins, for somebody who has done all of this `times` before; `ready`: when they say so."""
    plan = make_plan(routine, _done_before(routine, times))
    session = Session(plan, Script(language.load(), plan), _measure)
    out = list(session.advance(AT_ONCE if ready is None else ready))
    if ready is not None:
        obey(session, Order(Command.READY), ready)
    while True:
        out = session.advance(session.now + 1)
        if started := [event for event in out if isinstance(event, events.SetStarted)]:
            return started[0].at


def _done_before(routine: Routine, times: int) -> Mapping[int, Choice]:
    return {slot.number: replace(slot.choice, times=times) for slot in make_plan(routine).slots}


def _measure(text: str, pace: Pace) -> float:
    return estimated_seconds(text)


def main() -> None:
    library = Library([paths.routines()])
    routines = [library.routine(listing.slug) for listing in library.routines()]
    for name, times in (("first", 0), ("second", 1), ("fifth", 4)):
        for ready in (AT_ONCE, None):
            taken = [seconds_to_first_rep(routine, times, ready) for routine in routines]
            who = "ready at once" if ready is not None else "without a word"
            print(f"{name} time, {who}: median {median(taken):.1f} s, {min(taken):.1f} to {max(taken):.1f} s")


if __name__ == "__main__":
    main()
