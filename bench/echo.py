"""`python -m bench.echo`: whole workouts in rooms whose echo comes early or late, soft or loud, and nobody speaks.

Three routines; the echo 12 dB softer than an athlete to 12 dB louder, 20 ms to 2 s late. At the end "stop" is said over
the coach's voice. Wanted: nothing obeyed before that, and "stop" in each.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import cycle, product

from bench.ear.voices import speak
from coach.app.hearing import Hearing, made
from coach.app.loop import Workout
from coach.app.onlookers import Following
from coach.app.parts import Studio
from coach.audio.simulated import Acoustics, Room
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.session import events
from coach.session.events import Event

RATE = 48_000
DELAYS = (0.02, 0.1, 0.3, 0.45, 0.6, 1.0, 1.5, 2.0)
ECHOES = (-12.0, 0.0, 6.0, 12.0)
ROUTINES = ("prerun-warmup", "lower-body-bands", "hotel-room")
_LONG = 1.5
"""Seconds that the line lasts over which "stop" is said, ..."""
_INTO = 0.5
"""... and seconds of it that have sounded by then."""
_LATEST = 300.0
"""Seconds within which there is such a line."""
_SOON = 3.0
"""Seconds within which it is obeyed."""


@dataclass(frozen=True)
class Case:
    """One workout in one room."""

    routine: str
    echo: float
    """dB by which the coach is louder than the athlete at the microphone."""
    delay: float
    """Seconds until the echo comes in."""


@dataclass(frozen=True)
class Result:
    """What was obeyed in it."""

    false: tuple[str, ...]
    """Before anybody spoke."""
    stopped: bool
    seconds: float
    """Of coach."""


def carried_out(case: Case, seconds: float, stop_at: float | None = None) -> list[Event]:
    """The events of its first seconds; `stop_at`: when "stop" is said, None for no athlete and no ear."""
    found: list[Event] = []
    studio = Studio(Settings())
    voice = studio.voice(RATE)
    session = studio.session(Library().routine(case.routine), voice)
    said = [] if stop_at is None else [(stop_at, speak("stop", "espeak:f4"))]
    acoustics = Acoustics(delay=case.delay)
    room = Room(RATE, athlete=said, echo=case.echo, noise=35, acoustics=acoustics, seed=round(1000 * case.delay))
    hearing = None if stop_at is None else Hearing(made(studio.make_ear()), _raise)
    workout = Workout(session, voice, room, hearing=hearing, following=Following([found.append]))
    workout.run(until=lambda: workout.now > seconds)
    return found


def result(case: Case, seconds: float) -> Result:
    """`seconds` of coach and nobody who speaks; then somebody says "stop" over the next long line."""
    lines = [event for event in carried_out(case, seconds + _LATEST) if isinstance(event, events.Said)]
    stop_at = next(line.at + _INTO for line in lines if line.at > seconds and line.until - line.at > _LONG)
    found = carried_out(case, stop_at + _SOON, stop_at)
    commands = [event for event in found if isinstance(event, events.CommandGiven)]
    false = tuple(f"{it.command} at {it.at:.1f} s" for it in commands if it.at < stop_at)
    return Result(false, any(it.command == "pause" for it in commands if it.at >= stop_at), stop_at)


def _raise(error: Exception) -> None:
    raise error


def cases(routines: Iterable[str], *, each: bool) -> list[Case]:
    """Every echo at every delay: in each of the routines, or in one of them in turn."""
    rooms = product(ECHOES, DELAYS)
    if each:
        return [Case(routine, *room) for routine, room in product(routines, rooms)]
    return [Case(routine, *room) for routine, room in zip(cycle(routines), rooms, strict=False)]


def main() -> None:
    """Print a line a room, and the sum."""
    parser = argparse.ArgumentParser(prog="bench.echo", description=__doc__)
    parser.add_argument("--seconds", type=float, default=75.0, help="of coach in each room before somebody speaks")
    parser.add_argument("--each", action="store_true", help="every routine in every room: two hours of coach")
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    chosen = cases(ROUTINES, each=asked.each)
    false, stopped, seconds = 0, 0, 0.0
    with ProcessPoolExecutor(asked.jobs) as pool:
        for case, found in zip(chosen, pool.map(partial(result, seconds=asked.seconds), chosen), strict=True):
            mark = "stopped" if found.stopped else "NOT STOPPED"
            print(f"{case.delay:5.2f} s {case.echo:+4.0f} dB {case.routine:17} {mark} {list(found.false)}", flush=True)
            false, stopped, seconds = false + len(found.false), stopped + found.stopped, seconds + found.seconds
    print(f"{false} obeyed of its own in {seconds / 60:.0f} minutes of coach; stop {stopped} of {len(chosen)}")


if __name__ == "__main__":
    main()
