"""From standby through the first run, the menu and a workout to goodbye, in real time, no key pressed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coach import language
from coach.dialogue.firstrun import TAUGHT, THINGS
from tests.live.athlete import Workout
from tests.room import VirtualRoom

pytestmark = [pytest.mark.live, pytest.mark.slow]
EN = language.load()
TRIES = 3


class HandsFree(Workout):
    """`coach listen`, and somebody who says a thing again when nothing comes of it."""

    repeated = 0

    def answer(self, words: str, name: str, **fields: object) -> dict[str, Any]:
        """Say it until this event comes."""
        for _ in range(TRIES):
            self.say(words, after=0.4)
            try:
                return self.wait_for(name, 12, **fields)
            except AssertionError:
                self.repeated += 1
        raise AssertionError(f"{words!r} was said {TRIES} times: {self.events[-8:]}")

    def asked(self, key: str, **values: object) -> None:
        """Wait for the end of a line."""
        self.wait_for("said", 90, text=EN.line(key, 0, **values))


def test_the_whole_first_evening(virtual_room: VirtualRoom, tmp_path: Path) -> None:
    coach = HandsFree(virtual_room, tmp_path, command="listen")
    coach.wait_for("waiting", 60)
    coach.say("next", after=8)  # nothing that it obeys in a workout wakes it
    coach.answer("hey coach", "woken")
    coach.asked("first_run.hello")
    coach.answer("hello coach", "command", command="hello")
    coach.asked("first_run.which_rate")
    coach.answer("the second one", "command", command="second")
    for thing, said in zip(THINGS, ("yes", "no", "yes"), strict=True):
        coach.asked(f"first_run.has.{thing}")
        coach.answer(said, "command", command=said)
    coach.asked("first_run.which_rate")
    coach.answer("the second one", "command", command="second")
    for command in TAUGHT:
        coach.asked(f"first_run.teach.{command}")
        coach.answer(EN.phrase(command), "command", command=command)
    coach.asked("menu.how")
    coach.answer("the first one", "command", command="first")
    coach.wait_for("routine_chosen", 20, routine="prerun-warmup")
    coach.wait_for("exercise_started", 60)
    coach.answer("ready", "set_started")
    coach.wait_for("rep", 30, n=1)
    coach.answer("pause", "paused")
    coach.answer("resume", "resumed")
    coach.wait_for("rep", 30, n=2)
    coach.answer("easier", "variant_changed", why="easier")
    coach.answer("next", "exercise_started", family="lateral walk")
    coach.answer("end workout", "command", command="end")
    coach.asked("end.ask")
    coach.answer("yes", "session_finished", status="ended")
    coach.asked("menu.another")
    coach.answer("goodbye", "waiting")
    assert coach.repeated <= 3
    assert EN.line("first_run.done") in [event["text"] for event in coach.of("said")]
    assert coach.stop() == 130
