"""Sound devices that are unplugged, muted, frozen and restarted while the coach works: in the virtual room."""

from __future__ import annotations

import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.faults.program import ROUTINE, Program
from coach import language
from coach.app.loop import TOO_SLOW
from tests.live.test_nobody_speaks import busy_loops
from tests.room import RATE, VirtualRoom

Act = Callable[[VirtualRoom], object]


@dataclass(frozen=True)
class Breakage:
    """Something that happens to a device, and how it ends."""

    name: str
    begin: Act
    end: Act
    lost: str
    """Which device is to be told as lost."""
    lasts: float = 0.0
    """Seconds until it ends, where that is not when the loss is told."""
    at: Callable[[dict[str, Any]], bool] | None = None
    """The event at which it happens; where none is named, five seconds after the first word."""


def _named(name: str) -> Callable[[dict[str, Any]], bool]:
    return lambda event: bool(event["event"] == name)


def _again(room: VirtualRoom) -> None:
    room.stop()
    room.start()


def _unmute(room: VirtualRoom) -> None:
    room.mute_microphone(False)
    room.say(0.01 * np.random.default_rng(0).standard_normal(2 * RATE), RATE)


BREAKAGES = (
    Breakage("the microphone is unplugged, and the server takes the loudspeaker's sound instead",
             VirtualRoom.unplug_microphone, VirtualRoom.plug_in_microphone, "microphone"),
    Breakage("the microphone is muted", lambda room: room.mute_microphone(True), _unmute, "microphone"),
    Breakage("the sound server hangs for 8 s", VirtualRoom.freeze, VirtualRoom.thaw, "loudspeaker", 8.0),
    Breakage("the sound server is killed and started again", VirtualRoom.stop, _again, "loudspeaker"),
    Breakage("the loudspeaker is suspended for 8 s", lambda room: room.suspend("speaker", True),
             lambda room: room.suspend("speaker", False), "loudspeaker", 8.0),
    *(Breakage(f"the {part} is unplugged {where}", begin, end, part, at=at)
      for where, at in (("in a count-in", lambda event: event.get("tone") == "count_in"),
                        ("at a change of sides", _named("side_changed")))
      for part, begin, end in (
          ("loudspeaker", VirtualRoom.unplug_loudspeaker, VirtualRoom.plug_in_loudspeaker),
          ("microphone", VirtualRoom.unplug_microphone, VirtualRoom.plug_in_microphone))),
)  # fmt: skip
SIDES = "routine: Sides\nblocks:\n  - {exercise: banded glute kickback, sets: 2, reps: 3, rest: 5 s}\n"
_LATEST = 25.0
"""Seconds within which a loss and a return are told."""


@dataclass(frozen=True)
class Outcome:
    """What came of one."""

    told: str
    traceback: bool
    right: bool


def outcome(breakage: Breakage) -> Outcome:
    """Break it while the coach talks, and mend it."""
    with tempfile.TemporaryDirectory(prefix="room-") as folder:
        room, program = VirtualRoom(Path(folder)), Program()
        program.environment = program.environment | room.environment
        program.routine.write_text(SIDES if breakage.at else ROUTINE)
        room.start()
        try:
            process = program.started("run", str(program.routine), "--plain", "--events", str(program.events_file))
            if breakage.at:
                _wait(program, _named("exercise_started"), 60)
                program.type(process, "ready")
                _wait(program, breakage.at, 60)
            else:
                _wait(program, _named("said"), 60)
                time.sleep(5)
            began = time.monotonic()
            breakage.begin(room)
            lost = _wait(program, _named("device_lost"), breakage.lasts or _LATEST)
            lost_after = time.monotonic() - began
            time.sleep(max(0.0, breakage.lasts - lost_after))
            breakage.end(room)
            mended = time.monotonic()
            back = _wait(program, _named("device_back"), _LATEST)
            back_after = time.monotonic() - mended
            time.sleep(2)
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
        finally:
            room.stop()
        program.ended(process)
        commands = [event["command"] for event in program.events if event.get("by") == "voice"]
        told = f"{lost['device']} lost after {lost_after:.1f} s" if lost else "nothing lost"
        told += f", back {back_after:.1f} s after it was there" if back else ", not back"
        told += f", obeyed {commands}" * bool(commands)
        right = bool(lost and lost["device"] == breakage.lost and back) and not commands and not program.traceback
        return Outcome(told, program.traceback, right)


def _wait(program: Program, is_it: Callable[[dict[str, Any]], bool], seconds: float) -> dict[str, Any] | None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = next(filter(is_it, program.events), None)
        if found:
            return found
        time.sleep(0.05)
    return None


def under_load(loops: int, seconds: float) -> Outcome:
    """What comes of so many busy loops beside it, and nobody speaks: sound may be missed, and that is told."""
    with tempfile.TemporaryDirectory(prefix="room-") as folder, busy_loops(loops):
        room, program = VirtualRoom(Path(folder)), Program()
        program.environment = program.environment | room.environment
        room.start()
        try:
            program.work_out(lambda events: bool(events) and events[-1]["at"] > seconds, signal.SIGTERM, typed=())
        finally:
            room.stop()
    missed = sum(event["seconds"] for event in program.events if event["event"] in ("sound_missed", "sound_lost"))
    said = " ".join(str(event["text"]) for event in program.events if event["event"] == "said")
    told = language.load("en").line("device.too_slow") in said
    commands = [event["command"] for event in program.events if event["event"] == "command"]
    outcome = f"{missed:.1f} s of sound missed, {'told' if told else 'not told'}"
    outcome += f", obeyed {commands}" * bool(commands)
    right = not commands and (told or missed <= TOO_SLOW) and not program.traceback
    return Outcome(outcome, program.traceback, right)


def outcomes() -> Iterator[tuple[str, Outcome]]:
    """Each with its name."""
    for breakage in BREAKAGES:
        yield breakage.name, outcome(breakage)
