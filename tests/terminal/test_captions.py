"""What is seen of a workout, on a screen and line by line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from coach import language
from coach.language.delivery import Priority
from coach.session import events
from coach.terminal.captions import captions
from coach.terminal.large import Large
from coach.terminal.plain import Plain
from tests.terminal.screen import python, terminal

ENGLISH = language.load()
KICKBACK: dict[str, Any] = {"exercise": "standing glute kickback", "family": "glute kickback", "slot": 0}

WORKOUT: tuple[events.Event, ...] = (
    events.SessionStarted(at=0, routine="prerun-warmup", title="Pre-run warm-up", sets=6, seconds=365),
    events.ExerciseStarted(at=0, of=3, **KICKBACK),
    events.SetStarted(at=9, set=1, of=2, amount=6, unit="rep", index=0, side="right leg", **KICKBACK),
    events.Phase(at=9, phase="back", n=1),
    events.Rep(at=13, n=1, of=6, side="right leg"),
    events.SideChanged(at=14, side="left leg"),
    events.HeardSpeech(at=15, text="too hard", command="easier", accepted=True, reason="", speech_end=14.8),
    events.CommandGiven(at=15, command="easier"),
    events.VariantChanged(at=15, family="glute kickback", slot=0, from_="a", to="glute kickback", why="easier"),
    events.HeardSpeech(at=16, text="text", command=None, accepted=False, reason="not a phrase", speech_end=16),
    events.CommandGiven(at=17, command="pause", by="key"),
    events.Paused(at=17),
    events.Resumed(at=18),
    events.SetFinished(
        at=20, set=1, of=2, amount=6, unit="rep", index=0, done={"right leg": 6, "left leg": 5}, tempo="2-0-2",
        why="done", **KICKBACK,
    ),
    events.Saved(at=20, index=0),
    events.RestStarted(at=20, seconds=20, next="lateral band walk"),
    events.RestFinished(at=40),
    events.DeviceLost(at=41, device="microphone"),
    events.SessionFinished(at=50, status="ended", sets=1, seconds=50),
)  # fmt: skip


def lines(shown: Sequence[events.Event]) -> list[str]:
    stream = io.StringIO()
    with captions(ENGLISH, plain=True, stream=stream) as display:
        for event in shown:
            display.show(event)
    return stream.getvalue().splitlines()


def test_plain_shows_one_line_an_event_and_none_for_what_is_no_news() -> None:
    assert lines(WORKOUT) == [
        "Pre-run warm-up. Sets: 6. Minutes: 6.",
        "Exercise 1 of 3: standing glute kickback",
        "Set 1 of 2, 6 reps, right leg",
        "1 of 6, right leg",
        "left leg",
        "You: too hard",
        "Now: glute kickback",
        "Key: pause",
        "Paused",
        "Going on",
        "Set done: 6 right leg, 5 left leg",
        "Rest: 20 seconds. Next: lateral band walk",
        "The microphone is gone",
        "Sets done: 1. Minutes: 1.",
    ]


def test_plain_has_no_control_characters_even_if_an_event_has() -> None:
    (line,) = lines([events.ExerciseStarted(at=0, exercise="a\nb\tc", family="f", slot=0, of=1)])
    assert line == "Exercise 1 of 1: a b c"


def test_a_line_is_shown_when_it_begins_and_not_again_when_it_has_ended() -> None:
    stream = io.StringIO()
    display = Plain(ENGLISH, stream)
    display.speaking("Hips level.", Priority.CUE)
    display.show(events.Said(at=1, text="Hips level.", until=2, priority="cue"))
    display.show(events.Said(at=3, text="Halfway.", until=4, priority="cue"))
    assert stream.getvalue() == "Coach: Hips level.\nCoach: Halfway.\n"


def test_a_count_is_shown_once_although_it_is_also_said() -> None:
    assert lines(
        [events.Rep(at=1, n=7, of=12), events.Said(at=1, text="Seven.", until=1.4, priority="count")]
    ) == ["7 of 12"]  # fmt: skip


def test_a_hold_is_shown_every_five_seconds_and_at_its_end() -> None:
    seconds = [events.HoldSecond(at=n, n=n, of=23) for n in range(1, 24)]
    assert [line.split()[0] for line in lines(seconds)] == ["5", "10", "15", "20", "21", "22", "23"]


def test_each_line_is_out_at_once() -> None:
    program = python("""
        import time
        from coach import language
        from coach.terminal.captions import captions
        from coach.session import events
        with captions(language.load()) as display:
            display.show(events.Paused(at=0))
            time.sleep(60)
        """)
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "Paused\n"
        running.kill()


def test_a_reader_that_leaves_does_not_end_the_workout() -> None:
    program = python("""
        import sys
        from coach import language
        from coach.terminal.captions import captions
        from coach.session import events
        with captions(language.load()) as display:
            for n in range(20_000):
                display.show(events.Rep(at=n, n=n, of=n))
        print("still here", file=sys.stderr)
        """)
    running = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr.read() == "still here\n"
    running.stderr.close()
    assert running.wait() == 0


def test_a_terminal_that_lacks_a_character_does_not_end_the_workout() -> None:
    program = python("""
        from coach import language
        from coach.terminal.captions import captions
        from coach.session import events
        with captions(language.load()) as display:
            display.show(events.ExerciseStarted(at=0, exercise="Übung", family="f", slot=0, of=1))
        """)
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(program, capture_output=True, text=True, env=environment, check=False)
    assert (done.stdout, done.stderr) == ("Exercise 1 of 1: ?bung\n", "")


@pytest.mark.parametrize("name", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_redraw_gets_lines(name: str) -> None:
    with terminal(python(SHOWS), TERM=name) as screen:
        screen.type("\n" * 9)
        screen.wait_for("Rest: 20 seconds")
        assert b"\x1b" not in screen.output


SHOWS = """
    import sys, termios
    from coach import language
    from coach.terminal.captions import captions
    from coach.language.delivery import Priority
    from tests.terminal.test_captions import WORKOUT
    attributes = termios.tcgetattr(0)
    attributes[3] &= ~termios.ECHO
    termios.tcsetattr(0, termios.TCSANOW, attributes)
    with captions(language.load()) as display:
        for event in WORKOUT:
            display.show(event)
            if event.name() == "rep":
                display.speaking("Push the wall behind you away, as if closing a drawer with your heel.", Priority.CUE)
                display.typing(":how ma")
                sys.stdin.readline()
                display.typing("")
            if event.name() in ("heard", "paused", "rest_started", "session_finished"):
                display.tick(27.5)
                sys.stdin.readline()
    print("the end")
    """


def large(text: str) -> str:
    from coach.terminal import digits

    return "\n".join(f" {row}".rstrip() for row in digits.large(text))


def test_the_screen_shows_where_the_athlete_is_and_what_was_understood() -> None:
    with terminal(python(SHOWS), columns=60) as screen:
        screen.wait_for(":how ma")
        first, second, *_ = screen.screen.splitlines()
        assert (first.split(), second.split()) == (
            ["Pre-run", "warm-up", "Set", "1", "of", "2"],
            ["standing", "glute", "kickback", "right", "leg"],
        )
        assert large("1/6") in screen.screen
        assert " Push the wall behind you away, as if closing a drawer with\n your heel.\n" in screen.screen
        screen.type("\n")
        screen.wait_for("left leg")
        screen.wait_for("You: too hard")
        screen.wait_for("space pause   enter ready   n next")
        screen.type("\n")
        screen.wait_for("Not understood: text")
        screen.type("\n")
        screen.wait_for("Paused")
        screen.type("\n")
        screen.wait_for("Next: lateral band walk")
        screen.wait_for(large("13"))  # 12.5 of 20 seconds are left
        screen.type("\n")
        screen.wait_for("Sets done: 1. Minutes: 1.")
        screen.type("\n")
        screen.wait_for("the end")
        assert screen.wait_for_end() == 0


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (12, 40), (5, 20), (60, 200), (1, 1)])
def test_any_size_of_screen_will_do(rows: int, columns: int) -> None:
    with terminal(python(SHOWS), rows=rows, columns=columns) as screen:
        for _ in range(9):
            screen.type("\n")
        assert screen.wait_for_end() == 0
        assert b"Traceback" not in screen.output


def test_nothing_is_drawn_when_nothing_has_changed() -> None:
    stream = io.StringIO()
    with Large(ENGLISH, stream) as display:
        display.show(WORKOUT[0])
        drawn = stream.tell()
        for second in range(100):
            display.tick(second / 50)
            display.typing("")
            display.show(events.Saved(at=0, index=0))
        assert stream.tell() == drawn


def test_the_program_starts_without_loading_what_only_the_large_display_needs() -> None:
    program = "import sys; import coach.terminal.captions; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
