"""One file a language: no line missing, none unused, every brace filled, whatever is said."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

import coach
from coach import language
from coach.language.commands import UNNAMED, Command
from coach.session.orders import obey
from tests.session.test_every_order_everywhere import MOMENTS
from tests.session.workouts import an_order

ENGLISH = language.load()
SOURCES = list(Path(coach.__file__).parent.rglob("*.py"))
GROUPS = {key.split(".")[0] for key in ENGLISH.lines}


def keys_in_the_program() -> Iterator[str]:
    """Every text in the source that looks like a line's key; where a part of it is filled in, that part is `*`."""
    for source in SOURCES:
        nodes = list(ast.walk(ast.parse(source.read_text(encoding="utf-8"))))
        parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in nodes:
            text = ""
            if id(node) in parts:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
            elif isinstance(node, ast.JoinedStr):
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
            names_a_file = text.endswith((".sqlite", ".yaml", ".txt"))
            is_a_key = re.fullmatch(rf"({'|'.join(GROUPS)})\.[a-z_.*]+", text) and not names_a_file
            if is_a_key or text in ENGLISH.lines:
                yield text


def matches(key: str, used: str) -> bool:
    return re.fullmatch(re.escape(used).replace(r"\*", ".*"), key) is not None


def test_every_line_the_program_asks_for_is_there() -> None:
    missing = {used for used in keys_in_the_program() if not any(matches(key, used) for key in ENGLISH.lines)}
    assert not missing


def test_no_line_is_left_unused() -> None:
    used = set(keys_in_the_program())
    unused = {key for key in ENGLISH.lines if not any(matches(key, each) for each in used)}
    assert not unused


@pytest.mark.parametrize(("moment", "command"), list(product(MOMENTS, Command)))
def test_whatever_is_said_has_no_open_braces(moment: str, command: Command) -> None:
    watched = MOMENTS[moment]()
    obey(watched.session, an_order(command, 7), watched.clock)
    watched.run(60)
    for line in watched.lines():
        assert not set(line) & set("{}"), line
        assert line.strip() == line
        assert line


def test_wordings_of_one_line_have_the_same_braces() -> None:
    for key, wordings in ENGLISH.lines.items():
        if key.startswith(("help.", "answer.mistake")):
            continue
        braces = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in wordings]
        assert all(each == braces[0] for each in braces), key


def test_every_command_has_phrases_and_no_phrase_two_meanings() -> None:
    said = [phrase for phrase in ENGLISH.phrases if phrase]
    assert {order.command for order in ENGLISH.phrases.values()} == set(Command) - UNNAMED
    assert len(said) == len(set(said))


def test_no_line_that_is_spoken_depends_on_sight() -> None:
    for key, wordings in ENGLISH.lines.items():
        for text in wordings:
            assert not re.search(r"\b(look|see|watch|shown|screen|here's|like this)\b", text.lower()), (key, text)


def test_no_command_that_costs_much_stands_between_two_pauses() -> None:
    """The coach hears itself: "end workout" among other words is no command, alone it would be one."""
    costly = {Command.END, Command.NEXT, Command.BACK, Command.AGAIN, Command.HURTS, Command.EASIER, Command.HARDER}
    announces = ("brief.next", "swap.easier", "swap.harder")
    for key, wordings in ENGLISH.lines.items():
        for part in re.split(r"[,.:;?!]", " . ".join(wordings)) if key not in announces else ():
            order = ENGLISH.order(part.strip(' "').lower())
            assert order is None or order.command not in costly, (key, part)
