"""Where the sound server has led the coach's streams. It moves them by itself, and tells PortAudio nothing."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_PATIENCE = 2.0
"""Seconds that it may take to answer."""

_NOBODY = "auto_null"
"""What PulseAudio and PipeWire call the sink that they make where there is no other: "Dummy Output"."""


@dataclass(frozen=True)
class Led:
    """What it makes of the streams that nobody asked for. Nothing, where that cannot be told."""

    hears_itself: bool = False
    """The microphone is the loudspeaker's own sound, as when the real one is lost, and the next best is taken."""
    plays_to_nobody: bool = False
    """There is no loudspeaker any more."""


def look() -> Led:
    """Ask the server, by `pactl`, of PulseAudio and PipeWire alike. May take two seconds."""
    try:
        answer = subprocess.run(
            ["pactl", "--format=json", "list"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
        known: dict[str, Any] = json.loads(answer.stdout)
        played_to = {stream["sink"] for stream in _own(known["sink_inputs"])}
        heard_from = {stream["source"] for stream in _own(known["source_outputs"])}
        sinks = [sink for sink in known["sinks"] if sink["index"] in played_to]
        own = {sink["monitor_source"] for sink in sinks}
        return Led(
            hears_itself=any(source["name"] in own for source in known["sources"] if source["index"] in heard_from),
            plays_to_nobody=any(sink["name"] == _NOBODY for sink in sinks),
        )
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError, AttributeError):
        return Led()


class Lookout:
    """Looks beside the loop, now and then."""

    def __init__(self, look: Callable[[], Led], every: int) -> None:
        """`every`: at each so manieth question; what was seen last is told till then."""
        self._look, self._every = look, every
        self._asked = 0
        self._thread = threading.Thread()
        self._led = Led()

    def led(self) -> Led:
        """What was seen last."""
        self._asked += 1
        if self._asked % self._every == 0 and not self._thread.is_alive():
            self._thread = threading.Thread(target=self._see, name="routing", daemon=True)
            self._thread.start()
        return self._led

    def _see(self) -> None:
        self._led = self._look()


def _own(streams: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of this process."""
    return [stream for stream in streams if stream["properties"].get("application.process.id") == str(os.getpid())]
