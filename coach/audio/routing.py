"""Where the sound server has led the coach's streams. It moves them by itself, and tells PortAudio nothing."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

_PATIENCE = 2.0
"""Seconds that it may take to answer."""


def hears_itself() -> bool:
    """Whether the microphone is the loudspeaker's own sound, as when PulseAudio has lost the real one and takes the
    next best. False where it cannot be told: `pactl`, of PulseAudio and PipeWire alike, is missing or does not answer.
    """
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
        own = {sink["monitor_source"] for sink in known["sinks"] if sink["index"] in played_to}
        return any(source["name"] in own for source in known["sources"] if source["index"] in heard_from)
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _own(streams: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of this process."""
    return [stream for stream in streams if stream["properties"].get("application.process.id") == str(os.getpid())]
