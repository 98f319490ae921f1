"""Beside busy loops, devices suspended and moved at random, nobody speaking: the coach obeys nobody.

As a program, `python -m tests.live.test_nobody_speaks --runs 100`, it tells what was obeyed in each run, and what
there was to be heard, and was done to the devices, in the seconds before.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.live.athlete import Workout
from tests.room import VirtualRoom

pytestmark = [pytest.mark.live, pytest.mark.slow]
ROUTINES = ("lower-body-bands", "prerun-warmup", "hotel-room")
BUSY = 4
BEFORE, AFTER = 8.0, 1.0
"""Seconds around a command that are told of."""
TWICE = ("sound", "sound_missed", "sound_lost", "device_lost", "device_back")
"""Lines of the log of which the events tell enough."""


@contextlib.contextmanager
def busy_loops(number: int) -> Iterator[None]:
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(number)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def disturb(room: VirtualRoom, seconds: float, chance: random.Random) -> list[dict[str, Any]]:
    """Suspend the devices and move the coach's sound for so long, each for some seconds; what was done, and when, in
    seconds from now on."""
    began = time.monotonic()
    done: list[dict[str, Any]] = []
    while time.monotonic() < began + seconds:
        time.sleep(chance.uniform(2, 6))
        what, pause = chance.choice(("speaker", "mic", "move")), chance.uniform(0.3, 4)
        done.append({"at": round(time.monotonic() - began, 2), "disturbed": what, "for": round(pause, 2)})
        if what == "move":
            room.move("air")
            time.sleep(pause)
            room.move("speaker")
        else:
            room.suspend(what, True)
            time.sleep(pause)
            room.suspend(what, False)
    return done


def obeyed(seconds: float, seed: int) -> list[str]:
    """What one run, in a room of its own, obeyed although nobody said anything; each with what was there before it."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="room-") as folder:
        room, log = VirtualRoom(Path(folder)), Path(folder) / "log.jsonl"
        room.start()
        try:
            workout = Workout(room, Path(folder), chance.choice(ROUTINES), "--log", str(log), "--log-words")
            workout.wait_for("session_started", 180)
            done = disturb(room, seconds, chance)
            workout.stop()
            commands = workout.of("command")
            logged = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
            found = sorted((*done, *workout.events, *logged), key=lambda each: float(each["at"]))
            return [f"{each['command']} at {each['at']}\n{around(found, each['at'])}" for each in commands]
        finally:
            room.stop()


def around(found: list[dict[str, Any]], at: float) -> str:
    """What was there in the seconds before that moment and the one after it, a line each."""
    near = [each for each in found if at - BEFORE <= each["at"] <= at + AFTER]
    return "\n".join(f"    {json.dumps(each)}" for each in near if each.get("what") not in TWICE)


def test_a_run_in_which_nobody_speaks_obeys_nobody(virtual_room: VirtualRoom) -> None:
    with busy_loops(BUSY):
        assert obeyed(60, seed=1) == []


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.live.test_nobody_speaks", description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="rooms at once")
    asked = parser.parse_args()
    total, seeds = 0, range(asked.seed, asked.seed + asked.runs)
    with busy_loops(BUSY), ThreadPoolExecutor(asked.jobs) as pool:
        for seed, found in zip(seeds, pool.map(partial(obeyed, asked.seconds), seeds), strict=True):
            total += len(found)
            print(f"run {seed}:", *(found or ["nothing"]), flush=True)
    print(f"{total} obeyed in {asked.runs} runs")


if __name__ == "__main__":
    main()
