"""Keys and typed commands while a workout runs: on a real terminal, in a real shell, and through a pipe."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import termios
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach import language
from coach.language.commands import Command
from coach.terminal.keys import Entered, Keys, Lines, SingleKeys, listening
from tests.terminal.screen import python, terminal

ENGLISH = language.load()
ANY_TIME = frozenset(Command) - {Command.RESUME, Command.YES, Command.NO}

ECHOES = """
    import time
    from coach import language
    from coach.terminal.keys import listening
    with listening(language.load()) as keys:
        print("listening")
        while True:
            for text, by in keys.poll():
                print(by, text)
                if text == "end workout":
                    raise SystemExit
                if text == "it hurts":
                    raise RuntimeError("on purpose")
            time.sleep(0.01)
    """


Typing = tuple[SingleKeys, Callable[[str], None]]


@pytest.fixture
def typing() -> Iterator[Typing]:
    """Single keys, and a way to press them."""
    ours, theirs = pty.openpty()
    attributes = termios.tcgetattr(theirs)
    attributes[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(theirs, termios.TCSANOW, attributes)

    def press(text: str) -> None:
        os.write(ours, text.encode())

    yield SingleKeys(theirs, ENGLISH), press
    os.close(ours)
    os.close(theirs)


def entered(keys: Keys, expected: frozenset[Command] = ANY_TIME) -> list[str]:
    return [text for text, _ in keys.poll(expected)]


def test_every_key_is_a_phrase_that_the_session_understands(typing: Typing) -> None:
    keys, press = typing
    names = {"space": " ", "enter": "\n"}
    for key, commands in ENGLISH.keys.items():
        press(names.get(key, key))
        (said,) = entered(keys)
        order = ENGLISH.order(said)
        assert order is not None
        assert order.command is commands[-1]


def test_keys_act_at_once_and_in_order(typing: Typing) -> None:
    keys, press = typing
    press(" neu")
    assert keys.poll(ANY_TIME) == [Entered(text, "key") for text in ("pause", "next", "easier", "undo")]
    assert keys.poll(ANY_TIME) == []


def test_a_capital_letter_is_the_same_key(typing: Typing) -> None:
    keys, press = typing
    press("N")
    assert entered(keys) == ["next"]


def test_a_key_with_two_meanings_takes_the_one_that_makes_sense(typing: Typing) -> None:
    keys, press = typing
    press(" \nn")
    assert entered(keys, frozenset({Command.RESUME, Command.NEXT, Command.PAUSE})) == ["resume", "resume", "next"]
    press("yn")
    assert entered(keys, frozenset({Command.YES, Command.NO, Command.NEXT})) == ["yes", "no"]


def test_a_number_is_ended_by_enter(typing: Typing) -> None:
    keys, press = typing
    press("1")
    assert entered(keys) == []
    press("0")
    assert keys.poll() == []
    assert keys.typed == "10"
    press("\n")
    assert keys.poll() == [Entered("10", "key")]
    assert keys.typed == ""


def test_another_key_gives_a_number_up_and_acts(typing: Typing) -> None:
    keys, press = typing
    press("7n\n")
    assert entered(keys) == ["next", "ready"]


@pytest.mark.parametrize("begin", [":", "/"])
def test_a_command_in_words_is_ended_by_enter(typing: Typing, begin: str) -> None:
    keys, press = typing
    press(f"{begin}how many le")
    assert entered(keys) == []
    assert keys.typed == f"{begin}how many le"
    press("ft\n")
    assert keys.poll() == [Entered("how many left", "typed")]


def test_typing_can_be_corrected_and_given_up(typing: Typing) -> None:
    keys, press = typing
    press(":nexx\x7ft\n:whatever\x1b")
    assert entered(keys) == ["next"]
    assert entered(keys) == []
    press("e:something\x15h:\nn")
    assert entered(keys) == ["easier", "harder", "next"]


@pytest.mark.parametrize("sent", ["\x1b[A", "\x1bOP", "\x1b[1;5C", "\x1b[15~", "\x1bn", "\x1b[200~"])
def test_arrows_and_function_keys_mean_nothing(typing: Typing, sent: str) -> None:
    keys, press = typing
    press(f"{sent}e")
    assert entered(keys) == ["easier"]


def test_a_sequence_that_comes_in_pieces_means_nothing(typing: Typing) -> None:
    keys, press = typing
    press("\x1b")
    assert entered(keys) == []
    press("[B")
    assert entered(keys) == []


def test_keys_that_mean_nothing_do_nothing(typing: Typing) -> None:
    keys, press = typing
    press("jé漢\x04\x0c;")
    assert entered(keys) == []


def test_a_terminal_that_goes_away_ends_the_keys_and_nothing_else(typing: Typing) -> None:
    ours, theirs = pty.openpty()
    keys = SingleKeys(theirs, ENGLISH)
    os.close(ours)
    assert [keys.poll(), keys.poll()] == [[], []]
    os.close(theirs)


def test_lines_from_a_pipe_are_commands_in_words() -> None:
    ours, theirs = os.pipe()
    keys = Lines(ours)
    os.write(theirs, b"how many left\n\n  next ")
    assert keys.poll() == [Entered("how many left", "typed")]
    os.write(theirs, b"exercise\npause")
    assert keys.poll() == [Entered("next exercise", "typed")]
    os.close(theirs)
    assert keys.poll() == [Entered("pause", "typed")]
    assert keys.poll() == []
    os.close(ours)


def test_an_endless_pipe_does_not_hold_up_the_workout() -> None:
    with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as endless:
        assert endless.stdout is not None
        keys = Lines(endless.stdout.fileno())
        while not keys.poll():
            pass
        endless.kill()


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "devnull"])
def test_without_an_input_there_are_no_keys(closed: bool) -> None:
    program = "from coach.terminal.keys import listening; from coach import language\n"
    program += "with listening(language.load()) as keys: print(keys.poll(), keys.poll())"
    shell = f'"{sys.executable}" -c "$0" {"<&-" if closed else "</dev/null"}'
    done = subprocess.run(["sh", "-c", shell, program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[] []\n", "")


def test_on_a_terminal_keys_act_without_enter_and_are_not_echoed() -> None:
    with terminal(python(ECHOES)) as screen:
        screen.wait_for("listening")
        screen.type("e")
        screen.wait_for("key easier")
        screen.type(":slow down\n")
        screen.wait_for("typed slow down")
        assert "slow down" not in screen.screen.replace("typed slow down", "")
        assert not screen.is_itself()
        screen.type("q")
        assert screen.wait_for_end() == 0
        assert screen.is_itself()


def test_with_plain_a_terminal_gives_lines_as_ever() -> None:
    program = ECHOES.replace("listening(language.load())", "listening(language.load(), plain=True)")
    with terminal(python(program)) as screen:
        screen.wait_for("listening")
        assert screen.is_itself()
        screen.type("easier\n")
        screen.wait_for("typed easier")


def test_ctrl_s_does_not_stop_the_output() -> None:
    with terminal(python(ECHOES)) as screen:
        screen.wait_for("listening")
        screen.type("\x13e")
        screen.wait_for("key easier")


@pytest.mark.parametrize(
    ("sent", "status"),
    [("\x03", -signal.SIGINT), ("o", 1), (signal.SIGTERM, 143), (signal.SIGHUP, 129), ("\x1c", 131)],
    ids=["ctrl-c", "exception", "sigterm", "sighup", "ctrl-backslash"],
)
def test_the_terminal_is_given_back_whatever_ends_the_program(sent: str | int, status: int) -> None:
    with terminal(python(ECHOES)) as screen:
        screen.wait_for("listening")
        assert not screen.is_itself()
        if isinstance(sent, str):
            screen.type(sent)
        else:
            os.kill(screen.pid, sent)
        assert screen.wait_for_end() == status
        assert screen.is_itself()


def test_a_shell_gets_its_terminal_while_the_program_is_stopped(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(python(ECHOES)[-1])
    with terminal(["bash", "--norc", "-i"], PS1="$ ") as screen:
        screen.type(f"{sys.executable} {program}\n")
        screen.wait_for("listening")
        assert not screen.is_itself()
        screen.type("\x1a")
        screen.wait_for("Stopped")
        screen.type("stty -a | grep -o -w -e -icanon -e -echo -e icanon -e echo | tr '\\n' ,\n")
        screen.wait_for("icanon,echo,")
        screen.type("fg\nn")
        screen.wait_for("key next")
        assert not screen.is_itself()
        # In the background it must leave the terminal alone, and must not be stopped for reading it.
        screen.type("\x1a")
        screen.wait_for("Stopped")
        screen.type("bg; sleep 0.3; jobs\n")
        screen.wait_for("Running")
        screen.type("fg\n")
        screen.type("e")
        screen.wait_for("key easier")
        screen.type("q")
        screen.wait_for("key end workout\n$")
        screen.type("echo still $((40 + 2))\n")
        screen.wait_for("still 42")


def test_the_screen_is_left_while_the_program_is_stopped_and_entered_again_after_it(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent("""
            import time
            from coach import language
            from coach.session import events
            from coach.terminal.captions import captions
            from coach.terminal.keys import listening
            english = language.load()
            with captions(english) as display, listening(english, screen=display) as keys:
                display.show(events.Paused(at=0))
                while not keys.poll():
                    display.tick(0)
                    time.sleep(0.01)
            """)
    )
    with terminal(["bash", "--norc", "-i"], PS1="$ ") as screen:
        screen.type(f"{sys.executable} {program}\n")
        screen.wait_for("████")
        screen.type("\x1a")
        screen.wait_for("Stopped")
        assert "█" not in screen.screen
        screen.type("fg\n")
        screen.wait_for("████")
        screen.type("n")
        screen.wait_for("$")
        assert "█" not in screen.screen


def test_listening_without_a_terminal_reads_lines() -> None:
    with open(os.devnull) as nothing, listening(ENGLISH, source=nothing) as keys:
        assert isinstance(keys, Lines)
