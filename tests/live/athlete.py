"""An athlete for the virtual room: reads what happens as it happens, and answers aloud."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from coach.app.athlete import ATHLETE_VOICE
from coach.audio.clip import EAR_RATE
from coach.voice.cache import Voice
from tests.room import VirtualRoom

LOUDNESS = 0.8
"""The coach's own: its volume at the start. Clips are all of one level, so both voices are equally loud in the air."""


class Workout:
    """`coach run` in a process of its own, or another `command`, its events read from the file that it writes."""

    def __init__(
        self,
        room: VirtualRoom,
        folder: Path,
        *routine: str,
        wrapper: tuple[str, ...] = (),
        command: str = "run",
        voice: str = ATHLETE_VOICE,
    ) -> None:
        """`voice`: the athlete's."""
        self._room = room
        self._file = folder / "events.jsonl"
        self._file.touch()
        self.events: list[dict[str, Any]] = []
        self._read = 0
        self._voice = Voice(EAR_RATE, voice=voice, talk=150)
        own = {f"COACH_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA")}
        coach = [*wrapper, sys.executable, "-m", "coach", command, *routine, "--plain", "--events", str(self._file)]
        self.process = subprocess.Popen(
            coach, env=os.environ | room.environment | own, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        )

    def wait_for(self, name: str, seconds: float = 60, **fields: object) -> dict[str, Any]:
        """The next event of that name with those fields that has not been waited for yet."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._look()
            while self._read < len(self.events):
                event = self.events[self._read]
                self._read += 1
                if event["event"] == name and all(event.get(key) == value for key, value in fields.items()):
                    return event
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        raise AssertionError(f"no {name} {fields} within {seconds} s; the last events: {self.events[-5:]}")

    def say(self, words: str, after: float = 0.0) -> None:
        """Say it, `after` seconds from now, as loud as the coach is; returns when it has been said."""
        time.sleep(after)
        self._room.say(self._voice.clip(words).samples * LOUDNESS, EAR_RATE).wait()

    def commands(self) -> list[str]:
        self._look()
        return [event["command"] for event in self.events if event["event"] == "command"]

    def of(self, name: str) -> list[dict[str, Any]]:
        self._look()
        return [event for event in self.events if event["event"] == name]

    def stop(self) -> int:
        """Ctrl-C; the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20)

    def _look(self) -> None:
        lines = self._file.read_text(encoding="utf-8").split("\n")[:-1]
        self.events += [json.loads(line) for line in lines[len(self.events) :]]
