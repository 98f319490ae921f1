"""Plays a first evening in the virtual room, as tests/live/test_hands_free.py does, and writes it down word for word.

    .venv/bin/python -m tools.evening [VOICE]     docs/hands-free.md; VOICE is the athlete's: one of `coach voices`

Takes four minutes.
"""

from __future__ import annotations

import sys
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from coach.app.athlete import ATHLETE_VOICE
from coach.app.demo import Transcript
from coach.language import sentence
from coach.session import events
from coach.voice.neural.installed import is_neural
from tests.live.evening import HandsFree, first_evening
from tests.room import VirtualRoom

DOCUMENT = Path(__file__).parents[1] / "docs" / "hands-free.md"
_HEARD = {kind.name(): kind for kind in (events.Said, events.HeardSpeech, events.Paused)}
_ANEW = 5.0
"""Seconds by which an event lies before the one that it follows, where another talk has begun."""
_ABOUT = """The first time with the coach on a shelf: `coach listen` in the virtual room of the tests, real sound
through real devices in real time, no key pressed. The athlete is {athlete}, as loud as the coach. Ticks
and tones are left out; a dash is where the coach was interrupted. {again}It is one of
the slow tests; made by tools/evening.py."""
_HEAD = """# A first evening, word for word

{about}

```
{rows}
```
"""


def rows(happened: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A row for each turn in the talk, and for the beginning and the end."""
    turns: list[tuple[str, list[str]]] = []
    talk, before = Transcript(), 0.0
    for event in happened:
        at, name = event["at"], event["event"]
        if at < before - _ANEW or name in ("waiting", "woken"):
            turns += talk.turns()
            talk = Transcript()
        if name == "waiting":
            turns.append(("", ["(stands by)"]))
        elif name == "woken":
            turns += [("you", ["Hey coach."]), ("coach", ["(a tone)"])]
        elif name in _HEARD:
            talk(_HEARD[name](**{key: value for key, value in event.items() if key != "event"}))
        before = at
    merged: list[tuple[str, list[str]]] = []
    for who, said in turns + talk.turns():
        if merged and merged[-1][0] == who:
            merged[-1][1].extend(said)
        else:
            merged.append((who, said))
    for who, said in merged:
        yield textwrap.fill(" ".join(said), 112, initial_indent=f"{who:>5}  ", subsequent_indent=" " * 7)


def main(voice: str) -> None:
    """Play it and write it down."""
    with tempfile.TemporaryDirectory(prefix="room-") as folder:
        room = VirtualRoom(Path(folder))
        room.start()
        try:
            coach = HandsFree(room, Path(folder), command="listen", voice=voice)
            first_evening(coach)
            coach.stop()
        finally:
            room.stop()
    again = ", ".join(f'"{sentence(words)}"' for words in coach.said_again)
    about = _ABOUT.format(
        athlete="a neural voice" if is_neural(voice) else "a synthesised voice",
        again=f"Said twice, since the first time it was not understood: {again}. " if again else "",
    )
    about = textwrap.fill(" ".join(about.split()), 120, break_on_hyphens=False)
    DOCUMENT.write_text(_HEAD.format(about=about, rows="\n".join(rows(coach.events))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else ATHLETE_VOICE)
