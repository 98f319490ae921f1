"""The transcripts in docs/transcripts: a whole workout of each routine, word for word, for somebody who says nothing.

Written by the session alone, with the time that each line takes estimated: no voice, no sound.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from coach import language
from coach.language.delivery import Pace
from coach.own import paths
from coach.routine.by_ear import estimated_seconds
from coach.routine.library import Library
from coach.session import events
from coach.session.directives import Say
from coach.session.plan import make_plan
from coach.session.script import Script
from coach.session.session import Session
from coach.session.timeline import Directive

FOLDER = Path(__file__).parents[1] / "docs" / "transcripts"
NEW_ROW = events.ExerciseStarted | events.SetStarted | events.SideChanged | events.RestStarted | events.SetFinished
COUNT_RATIO = 0.7
"""How long a count takes, beside the same words at the usual pace."""

_HEAD = """# {title}, word for word

What the coach says in the first workout with this routine to somebody who says nothing. Ticks and tones are left out.
Made by tools/documents.py; times are minutes and seconds, and estimated.

```
{rows}
```
"""


@cache
def slugs() -> list[str]:
    """The routines that come with the coach."""
    return [listing.slug for listing in Library([paths.routines()]).routines()]


def transcript(slug: str) -> str:
    """The whole document of one routine."""
    routine = Library([paths.routines()]).routine(slug)
    plan = make_plan(routine)
    session = Session(plan, Script(language.load(), plan), _measure)
    out: list[Directive] = []
    while not session.finished:
        out += session.advance(session.now + 60)
    return _HEAD.format(title=routine.title, rows="\n".join(_rows(out)))


def _measure(text: str, pace: Pace) -> float:
    return estimated_seconds(text) * (COUNT_RATIO if pace is Pace.COUNT else 1)


def _rows(out: list[Directive]) -> Iterator[str]:
    """A row for each set-up, side and rest: when it begins, and what is said in it."""
    said: list[str] = []
    began = 0.0
    for item in out:
        if isinstance(item, NEW_ROW) and said:
            yield _row(began, said)
            said = []
        if isinstance(item, Say):
            began = began if said else item.at
            said.append(item.text if item.text.endswith((".", "!", "?")) else f"{item.text.capitalize()}.")
    if said:
        yield _row(began, said)


def _row(at: float, said: list[str]) -> str:
    minutes, seconds = divmod(int(at), 60)
    return textwrap.fill(" ".join(said), 112, initial_indent=f"{minutes:>2}:{seconds:02}  ", subsequent_indent=" " * 7)
