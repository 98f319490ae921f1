"""A first evening with the coach on a shelf: `coach listen`, and somebody who presses no key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coach import language
from coach.dialogue.firstrun import TAUGHT, THINGS
from tests.live.athlete import Workout

EN = language.load()
TRIES = 3


class HandsFree(Workout):
    """Says a thing again when nothing comes of it."""

    said_again: Sequence[str] = ()

    def answer(self, words: str, name: str, **fields: object) -> dict[str, Any]:
        """Say it until this event comes."""
        for _ in range(TRIES):
            self.say(words, after=0.4)
            try:
                return self.wait_for(name, 12, **fields)
            except AssertionError:
                self.said_again = (*self.said_again, words)
        raise AssertionError(f"{words!r} was said {TRIES} times: {self.events[-8:]}")

    def asked(self, key: str, **values: object) -> None:
        """Wait for the end of a line."""
        self.wait_for("said", 90, text=EN.line(key, 0, **values))


def first_evening(coach: HandsFree) -> None:
    """From standby through the first run, the menu and a workout to goodbye."""
    coach.wait_for("waiting", 60)
    coach.say("next", after=8)  # nothing that it obeys in a workout wakes it
    coach.answer("hey coach", "woken")
    coach.asked("first_run.hello")
    coach.answer("hello coach", "command", command="hello")
    coach.asked("first_run.which")
    coach.answer("the second one", "command", command="second")
    for thing, said in zip(THINGS, ("yes", "no", "yes"), strict=True):
        coach.asked(f"first_run.has.{thing}")
        coach.answer(said, "command", command=said)
    coach.asked("first_run.which")
    coach.answer("the second one", "command", command="second")
    for command in TAUGHT:
        coach.asked(f"first_run.teach.{command}")
        coach.answer(EN.phrase(command), "command", command=command)
    coach.asked("menu.how")
    coach.answer("something else", "command", command="other")
    coach.asked("menu.how")
    coach.answer("warm up", "command", command="routine")
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
