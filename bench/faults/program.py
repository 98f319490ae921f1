"""The coach as a program, with a fault injected: started, typed into, ended, and what came of it."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coach import language

ROUTINE = "routine: Short\nblocks:\n  - {exercise: bodyweight squat, sets: 2, reps: 20, rest: 5 s}\n"
MAIN = "import sys\nfrom coach.__main__ import main\nsys.argv[0] = 'coach'\nmain()\n"
_NO_DEVICES = ("coach: There is no loudspeaker", "coach: There is no microphone")
OFFER = "Welcome back"
"""What the offer to go on begins with."""
LONGEST = 180.0
"""Seconds until a run counts as hung."""


class Program:
    """Folders of its own, and the last run in them. There is no sound device: a timer keeps the time."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="faults-"))
        for kind in ("config", "data", "cache"):
            (self.folder / kind).mkdir()
        (self.folder / "config" / "settings.yaml").write_text("settle: 1\nrate: 300\n")
        self.routine = self.folder / "short.yaml"
        self.routine.write_text(ROUTINE)
        self.events_file = self.folder / "events.jsonl"
        own = {f"COACH_{kind.upper()}_DIR": str(self.folder / kind) for kind in ("config", "data", "cache")}
        self.environment = os.environ | own | {"PULSE_SERVER": "none", "TERM": "xterm"}
        self.status: int | None = None
        self.said = ""

    def started(self, *arguments: str, before: str = "", terminal: bool = False) -> subprocess.Popen[bytes]:
        """The program in a process; `before` is Python that is carried out in it first."""
        self._out = (self.folder / "out").open("wb")
        source: Any = subprocess.PIPE
        target: Any = self._out
        if terminal:
            self._master, source = pty.openpty()
            target = source
        process = subprocess.Popen(
            [sys.executable, "-c", before + "\n" + MAIN, *arguments],
            env=self.environment,
            stdin=source,
            stdout=target,
            stderr=self._out,
            start_new_session=terminal,
        )
        if terminal:
            os.close(source)
            os.set_blocking(self._master, False)
        return process

    def run(self, *arguments: str, before: str = "") -> Program:
        """Run a command to its end."""
        process = self.started(*arguments, before=before)
        try:
            process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        return self.ended(process)

    def work_out(
        self,
        until: Callable[[list[dict[str, Any]]], bool],
        end: int,
        *options: str,
        before: str = "",
        typed: tuple[str, ...] = ("ready",),
        terminal: bool = False,
    ) -> Program:
        """`coach run` until `until` holds of its events, then the signal `end`.

        `typed`: lines, the first to the offer to go on, where there is one, and all else from the first exercise on.
        """
        plain = () if terminal else ("--plain",)
        arguments = ("run", str(self.routine), *plain, "--events", str(self.events_file), *options)
        process = self.started(*arguments, before=before, terminal=terminal)
        deadline, lines = time.monotonic() + LONGEST, list(typed)
        while process.poll() is None and time.monotonic() < deadline and not until(self.events):
            if lines and _takes_an_answer(self.events, first=len(lines) == len(typed)):
                self.type(process, lines.pop(0), terminal)
            if terminal:
                self._drain()
            time.sleep(0.05)
        if process.poll() is None:
            process.send_signal(end)
        for _ in range(200):
            if process.poll() is not None:
                break
            if terminal:
                self._drain()
            time.sleep(0.05)
        else:
            process.kill()
        process.wait()
        if terminal:
            os.close(self._master)
        return self.ended(process)

    @property
    def events(self) -> list[dict[str, Any]]:
        """What the last run told of itself."""
        if not self.events_file.exists():
            return []
        return [json.loads(line) for line in self.events_file.read_text().split("\n")[:-1]]

    @property
    def traceback(self) -> bool:
        """Whether a person would have seen one."""
        return "Traceback (most recent call last)" in self.said

    @property
    def complaint(self) -> str:
        """The first line that the coach said of a trouble."""
        lines = (line for line in self.said.splitlines() if line.startswith(("coach: ", str(self.folder))))
        first = next((line for line in lines if not line.startswith(_NO_DEVICES)), "")
        return first.removeprefix("coach: ").replace(str(self.folder), "…")[:120]

    @property
    def beside(self) -> str:
        """The first line that was said beside the workout, but for the microphone that is missing from the start."""
        known = language.load("en").line("device.no_microphone")
        lines = (event["text"] for event in self.events if event.get("priority") == "answer")
        return next((line for line in lines if line != known), "")

    def type(self, process: subprocess.Popen[bytes], line: str, terminal: bool = False) -> None:
        """Type a line."""
        if terminal:
            os.write(self._master, f":{line}\n".encode())
        elif process.stdin is not None:
            process.stdin.write(f"{line}\n".encode())
            process.stdin.flush()

    def _drain(self) -> None:
        try:
            while os.read(self._master, 65536):
                pass
        except OSError:
            pass

    def ended(self, process: subprocess.Popen[bytes]) -> Program:
        """Keep what came of it."""
        self.status = process.returncode
        self._out.close()
        self.said = (self.folder / "out").read_text(errors="replace")
        return self


def _takes_an_answer(events: list[dict[str, Any]], *, first: bool) -> bool:
    return any(event["event"] == "exercise_started" or (first and OFFER in str(event)) for event in events)


def reps(events: list[dict[str, Any]]) -> int:
    """Reps that were counted aloud or shown."""
    return sum(event["event"] == "rep" for event in events)


def after_reps(n: int) -> Callable[[list[dict[str, Any]]], bool]:
    """Until so many reps are done."""
    return lambda events: reps(events) >= n


SIGNALS = {name: getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGKILL")}
