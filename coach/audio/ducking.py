"""Other programs' music, lowered while the coach speaks and given back exactly: PulseAudio, or PipeWire in its place.

What was lowered stands in a note on the disk before it is lowered, so that a coach that was killed gives it back at its
next start. All of it happens in a thread of its own: a sound server may take its time.
"""

from __future__ import annotations

import json
import os
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coach.document.files import replace_file

LOWERED = 0.3
"""What is left of the others' volume."""
HELD = 1.0
"""Seconds after a line until they are given back: music that comes and goes between two lines is worse than soft."""
_CLOSE = 0.02
"""By so much a volume may differ from what it was set to: servers round."""


@dataclass(frozen=True)
class Lowered:
    """A stream that was lowered."""

    server: str
    """Which run of the sound server."""
    index: int
    before: tuple[float, ...]
    """Its volume, channel by channel."""
    after: tuple[float, ...]


class WhileSpeaking:
    """Told the time each block, it keeps the others low while there is a line, and a moment longer."""

    def __init__(self, ducking: Ducking, line: Callable[[], str | None]) -> None:
        """`line`: what is being spoken, None for silence."""
        self._ducking, self._line = ducking, line
        self._until = 0.0

    def __call__(self, at: float) -> None:
        """The time is `at`, in seconds."""
        speaks = self._line() is not None
        if speaks:
            self._until = at + HELD
        self._ducking.lower(speaks or at < self._until)


class Ducking:
    """Lowers the others with `lower(True)`, and gives back what it took with `lower(False)`. Without pulsectl, or
    without such a server, it does nothing.
    """

    def __init__(self, note: Path) -> None:
        """`note`: the file that outlives a crash; what one left behind is given back at once."""
        self._note = note
        self._wanted: queue.SimpleQueue[bool | None] = queue.SimpleQueue()
        self._is = False
        self._thread = threading.Thread(target=self._work, name="ducking", daemon=True)
        self._thread.start()

    def lower(self, wanted: bool) -> None:
        """Returns at once; may be told again and again."""
        if wanted is not self._is:
            self._is = wanted
            self._wanted.put(wanted)

    def close(self) -> None:
        """Give everything back, and wait until that is done; for two seconds, where the server hangs."""
        self._wanted.put(None)
        self._thread.join(2)

    def _work(self) -> None:
        try:
            import pulsectl
        except (ImportError, OSError):
            return
        with suppress(pulsectl.PulseError, OSError), pulsectl.Pulse("workout-coach") as pulse:
            server = str(pulse.server_info().cookie)
            give_back(pulse, server, self._note)
            while (wanted := self._wanted.get()) is not None:
                if wanted:
                    lower_others(pulse, server, self._note)
                else:
                    give_back(pulse, server, self._note)
            give_back(pulse, server, self._note)


def lower_others(pulse: Any, server: str, note: Path) -> None:
    """Lower every stream that is not this program's; `pulse` is a pulsectl.Pulse."""
    lowered = []
    for stream in _others(pulse):
        before = tuple(stream.volume.values)
        lowered.append(Lowered(server, stream.index, before, tuple(LOWERED * each for each in before)))
    if not lowered:
        return
    replace_file(note, json.dumps([asdict(each) for each in lowered]), make_folder=True)
    for each in lowered:
        _set(pulse, each.index, each.after)


def give_back(pulse: Any, server: str, note: Path) -> None:
    """Give back what the note says was taken. A stream whose volume somebody has changed since keeps that."""
    for each in _noted(note):
        if each.server == server:
            for stream in pulse.sink_input_list():
                now = tuple(stream.volume.values)
                if stream.index == each.index and _same(now, each.after):
                    _set(pulse, each.index, each.before)
    note.unlink(missing_ok=True)


def _others(pulse: Any) -> Iterator[Any]:
    for stream in pulse.sink_input_list():
        # A loop-back, or what else belongs to no program, is not music.
        program = stream.proplist.get("application.process.id")
        if program and program != str(os.getpid()):
            yield stream


def _set(pulse: Any, index: int, volume: tuple[float, ...]) -> None:
    import pulsectl

    with suppress(pulsectl.PulseError):  # it has just ended
        pulse.sink_input_volume_set(index, pulsectl.PulseVolumeInfo(list(volume)))


def _noted(note: Path) -> list[Lowered]:
    try:
        entries = json.loads(note.read_text(encoding="utf-8"))
        return [Lowered(it["server"], it["index"], tuple(it["before"]), tuple(it["after"])) for it in entries]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _same(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return len(one) == len(other) and all(abs(a - b) <= _CLOSE for a, b in zip(one, other, strict=True))
