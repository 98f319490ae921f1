"""What is seen of a workout, on a screen and line by line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

import pytest

from coach import language
from coach.language.delivery import Priority
from coach.session import events
from coach.terminal import letters
from coach.terminal.captions import captions
from coach.terminal.large import Large
from coach.terminal.layout import Paper, screen
from coach.terminal.plain import Plain
from coach.view.view import LINGER, View
from tests.session.workouts import Watched, plan
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
                display.offer(language.load().moments["working"])
                display.typing(":how ma")
                sys.stdin.readline()
                display.typing("")
            if event.name() in ("heard", "paused", "rest_started", "session_finished"):
                display.tick(event.at + 7.5)
                sys.stdin.readline()
    print("the end")
    """


def large(text: str, columns: int = 58, rows: int = 8) -> str:
    size = letters.filling(text, columns, rows)
    assert size
    return "\n".join(f" {row}".rstrip() for row in letters.large(text, *size))


def test_the_screen_shows_where_the_athlete_is_and_what_was_understood() -> None:
    with terminal(python(SHOWS), rows=18, columns=60) as screen:
        screen.wait_for(":how ma")
        first, second, *_ = screen.screen.splitlines()
        assert (first, second) == (" standing glute kickback", " Set 1 of 2, right leg")
        assert large("1") in screen.screen
        assert " Push the wall behind you away, as if closing a drawer with\n your heel.\n" in screen.screen
        screen.type("\n")
        screen.wait_for("left leg")
        screen.wait_for("You: too hard")
        screen.wait_for("space pause   d done   e easier   n next")
        screen.type("\n")
        screen.wait_for("Not a command: text")
        screen.type("\n")
        screen.wait_for(large("PAUSED"))
        screen.type("\n")
        screen.wait_for("Next: lateral band walk")
        screen.wait_for(large("REST 13"))  # 12.5 of 20 seconds are left
        assert "glute" not in screen.screen
        screen.type("\n")
        screen.wait_for("Sets done: 1. Minutes: 1.")
        assert "Next" not in screen.screen
        screen.type("\n")
        screen.wait_for("the end")
        assert screen.wait_for_end() == 0
        assert screen.screen.split("\n", 2)[:2] == ["Sets done: 1. Minutes: 1.", "the end"]


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


SIZES = [(40, 12), (40, 60), (60, 18), (80, 24), (132, 43), (200, 12), (200, 60)]
UNDRAWN: dict[str, Any] = {"exercise": "Übung 漢", "family": "f", "slot": 0}
"""There are no large letters for this name: every block on the screen is a number's."""


def seen(view: View, size: tuple[int, int], offered: str = "working", *, blocks: bool = True) -> list[str]:
    columns, rows = size
    drawn = screen(view, ENGLISH.moments[offered], "", Paper(columns - 2, rows, blocks))
    assert len(drawn) == rows
    assert all(row.cell_len < columns for row in drawn)
    return [row.plain for row in drawn]


def at_work(*more: events.Event) -> View:
    view = View(ENGLISH)
    for event in (
        events.SessionStarted(at=0, routine="r", title="漢", sets=6, seconds=365),
        events.ExerciseStarted(at=0, of=3, **UNDRAWN),
        events.SetStarted(at=9, set=1, of=2, amount=120, unit="rep", index=0, side="漢", left=300.0, **UNDRAWN),
        *more,
    ):
        view.take(event)
    return view


@pytest.mark.parametrize("blocks", [True, False])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "event",
    [
        events.Rep(at=10, n=7, of=120, side="漢"),
        events.Rep(at=10, n=88, of=120, side="漢"),
        events.Rep(at=10, n=100, of=120, side="漢"),
        events.Paused(at=10),
        events.RestStarted(at=10, seconds=120, next="漢"),
    ],
)
def test_the_number_is_a_third_of_the_height(event: events.Event, size: tuple[int, int], blocks: bool) -> None:
    rows = seen(at_work(event), size, blocks=blocks)
    ink = "█▀▄" if blocks else "#"
    figure = [row for row in rows if row.strip() and not row.strip(f"{ink} ")]
    assert len(figure) * 3 >= size[1]
    assert max(len(row.rstrip()) for row in figure) * 2 > min(size[0], 1.5 * len(figure))


def test_what_is_cut_is_never_a_key() -> None:
    names = {f"{key} {ENGLISH.phrase(command)}" for key, commands in ENGLISH.keys.items() for command in commands}
    for columns in range(12, 120):
        for moment in ENGLISH.moments:
            keys = seen(at_work(), (columns, 18), moment)[-1].strip()
            assert set(keys.split("   ")) <= names | {""}


def test_time_and_work_that_are_left_are_told_in_words_beside_their_bars() -> None:
    view = at_work(events.Rep(at=10, n=60, of=120, side="漢"))
    view.tick(69)
    first, second = seen(view, (60, 18))[-3:-1]
    assert first.split() == ["Set", "█" * 16 + "░" * 17, "60", "of", "120", "reps"]
    assert second.split(maxsplit=2)[2] == "about 4 min left"


def test_what_was_no_word_is_not_shown_as_one() -> None:
    def heard(text: str) -> events.Event:
        return events.HeardSpeech(at=10, text=text, command=None, accepted=False, reason="", speech_end=10)

    assert at_work(heard("[unk] next week")).heard == "Not a command: next week"
    assert at_work(heard("[unk]")).heard == "Heard something, but no command"


def test_a_line_stays_long_enough_to_be_read_and_then_goes() -> None:
    view = at_work(events.Said(at=10, text="Hips level.", until=12, priority="cue"))
    view.tick(12 + LINGER)
    assert view.spoken == "Hips level."
    view.tick(12.1 + LINGER)
    assert view.spoken == ""


def test_only_rows_that_have_changed_are_drawn() -> None:
    stream = io.StringIO()
    with Large(ENGLISH, stream) as display:
        for event in WORKOUT[:3]:
            display.show(event)
        display.tick(13)
        whole, drawn = stream.tell(), stream.tell()
        display.unknown("hello")
        assert stream.tell() - drawn < whole / 8
        assert "m" not in set(stream.getvalue()[drawn:].partition("Not")[0])  # no colour, no style


@pytest.mark.slow
def test_a_minute_on_a_large_screen_costs_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("LINES", "60")
    blocks = range(60 * 50)
    with open(os.devnull, "w", encoding="utf-8") as nowhere, Large(ENGLISH, nowhere) as display:
        for event in WORKOUT[:3]:
            display.show(event)
        began = time.process_time()
        for block in blocks:
            at = 9 + block / 50
            display.offer(ENGLISH.moments["working"])
            display.typing("")
            display.tick(at)
            if block % 100 == 0:
                display.show(events.Rep(at=at, n=block // 100 + 1, of=30, side="right leg"))
            if block % 300 == 0:
                display.speaking(f"Push the wall behind you away, {block} times.", Priority.CUE)
        assert time.process_time() - began < 0.02 * 60  # 0.6 s where this was written


def test_what_is_told_of_troubles_is_seen_at_once_and_printed_at_the_end() -> None:
    program = python("""
        import sys
        from coach import language
        from coach.terminal.captions import captions
        with captions(language.load()) as display:
            print("coach: The disk is full.", file=sys.stderr)
            display.tick(1)
            sys.stdin.readline()
        """)
    with terminal(program) as screen:
        screen.wait_for("The disk is full.")
        screen.type("\n")
        assert screen.wait_for_end() == 0
        assert screen.screen.split() == ["coach:", "The", "disk", "is", "full."]


def test_key_captions_leave_out_what_is_only_spoken() -> None:
    stream = io.StringIO()
    display = Plain(ENGLISH, stream, "key")
    for event in WORKOUT:
        display.show(event)
    display.speaking("Hips level.", Priority.CUE)
    display.speaking("From zero to ten, how hard was that?", Priority.BRIEFING)
    assert stream.getvalue().splitlines() == [
        "Pre-run warm-up. Sets: 6. Minutes: 6.",
        "Exercise 1 of 3: standing glute kickback",
        "Set 1 of 2, 6 reps, right leg",
        "You: too hard",
        "Now: glute kickback",
        "Key: pause",
        "Paused",
        "Going on",
        "Rest: 20 seconds. Next: lateral band walk",
        "The microphone is gone",
        "Sets done: 1. Minutes: 1.",
        "Coach: From zero to ten, how hard was that?",
    ]


def test_captions_that_are_off_print_nothing() -> None:
    stream = io.StringIO()
    with captions(ENGLISH, which="off", stream=stream) as display:
        for event in WORKOUT:
            display.show(event)
    assert stream.getvalue() == ""


def test_the_program_starts_without_loading_what_only_the_large_display_needs() -> None:
    program = "import sys; import coach.terminal.captions; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("how many left please", "Key: how many left"),
        ("three more", "Key: three more"),
        ("i'm in pain", "Key: i'm in pain"),
        ("7", "Key: 7"),
    ],
)
def test_what_was_typed_is_shown_as_a_person_says_it(typed: str, shown: str) -> None:
    watched = Watched(plan()).until(events.Rep).say(typed, by="typed").run(0.1)
    (given,) = watched.events(events.CommandGiven)
    assert lines([given]) == [shown]
    (spoken,) = watched.say("how many left").run(0.1).events(events.CommandGiven)[1:]
    assert spoken.text is None, "what was spoken is an event of its own"
