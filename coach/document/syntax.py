"""What a YAML parser's complaint means to somebody who wrote a routine."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from yaml import MarkedYAMLError

_COLON = re.compile(r":(\s|$)")
_NO_COLON = "this line has no colon followed by a space", "write the key, a colon and a space before the value"
_AFTER_QUOTES = "something stands after the end of a text in quotes", "put the whole text in quotes"
A_TABLE = "this is a table, not YAML", "to take it over: coach import and the file's name"
_CELLS = re.compile(r"[^,;\t]*(?:[,;\t][^,;\t]*){3,}")


class _Lines:
    """A text by line and column, from 0; what is not there is empty."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def split(self, row: int, column: int) -> tuple[str, str]:
        """What stands in the line before this column, and the character in it."""
        line = self._lines[row] if row < len(self._lines) else ""
        return line[:column], line[column : column + 1]

    def code(self, row: int) -> str:
        """The line without its comment."""
        return re.sub(r"(^|\s)#.*", "", self._lines[row]).rstrip()

    def indent(self, row: int) -> int:
        return len(self._lines[row]) - len(self._lines[row].lstrip())

    def above(self, row: int) -> int | None:
        """The nearest line above that says something."""
        return next((n for n in range(min(row, len(self._lines)) - 1, -1, -1) if self.code(n).strip()), None)


def is_table(text: str) -> bool:
    """Whether it has commas, semicolons or tabs between values, as other programs export them."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return _CELLS.fullmatch(first) is not None and not _COLON.search(first) and first[:1] not in "[{-#"


Answer = tuple[int, int, str, str]
"""Line and column (from 1), what is wrong, what would be right."""


def explain(error: MarkedYAMLError, text: str) -> Answer:
    """What the parser's complaint means. Understands libyaml's wording and PyYAML's own."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, 1, "this is not YAML", "write it again from an example"
    start = error.context_mark or mark
    lines = _Lines(text)
    before, character = lines.split(mark.line, mark.column)
    complaint = _Complaint(
        error.problem or "", error.context or "", lines, before, character, (mark.line, mark.column),
        (start.line, start.column),
    )  # fmt: skip
    for applies, answer in _RULES:
        if applies(complaint):
            return answer(complaint)
    return complaint.at(
        "this is not YAML", "look for a missing colon, quote or bracket in this line and the one before"
    )


@dataclass(frozen=True)
class _Complaint:
    problem: str
    context: str
    lines: _Lines
    before: str
    """What stands in the line before the place complained of."""
    character: str
    """What stands there."""
    place: tuple[int, int]
    begun: tuple[int, int]
    """Where what the parser was reading began. Both are line and column, from 0."""

    def at(self, wrong: str, right: str) -> Answer:
        return self.place[0] + 1, self.place[1] + 1, wrong, right

    def from_its_beginning(self, wrong: str, right: str) -> Answer:
        return self.begun[0] + 1, self.begun[1] + 1, wrong, right


def _quote(it: _Complaint) -> Answer:
    quote = it.lines.split(*it.begun)[1]
    return it.from_its_beginning(
        f"a text begins with {quote} and does not end", f"close it with {quote} in the same line"
    )


def _backslash(it: _Complaint) -> Answer:
    column = it.place[1] if it.character == "\\" else max(0, it.before.rfind("\\"))
    right = "use single quotes, or write the backslash twice"
    return it.place[0] + 1, column + 1, "a backslash stands in double quotes", right


def _colon(it: _Complaint) -> Answer:
    if _COLON.search(it.before):
        return it.at("the line has a second colon", "put the text after the first one in quotes")
    above = it.lines.above(it.place[0])
    if above is not None and not _COLON.search(it.lines.code(above)):
        return above + 1, it.lines.indent(above) + 1, *_NO_COLON
    return it.at("this line is indented further than the one before", "begin both in the same column")


def _in_quotes(begins: str) -> Callable[[_Complaint], Answer]:
    return lambda it: it.at(f"a text begins with {begins}", "put the text in quotes")


def _after_all(it: _Complaint) -> Answer:
    """Something stands where the document should have ended: its first line was a whole text already."""
    if it.lines.split(it.place[0], 0)[1] == "%" or it.character == "%":
        return it.at("a line begins with %", "take the line out, or put its text in quotes")
    if it.before.rstrip().endswith(('"', "'")):
        return it.at(*_AFTER_QUOTES)
    above = it.lines.above(it.place[0]) if not it.before.strip() else it.place[0]
    row = it.place[0] if above is None else above
    return row + 1, it.lines.indent(row) + 1, *_NO_COLON


_RULES: tuple[tuple[Callable[[_Complaint], bool], Callable[[_Complaint], Answer]], ...] = (
    (lambda it: "end of stream" in it.problem and "quoted" in it.context, _quote),
    (
        lambda it: it.character == "\t" or it.before.endswith("\t"),
        lambda it: it.at("a tab stands where YAML allows spaces only", "indent with spaces"),
    ),
    (
        lambda it: "cannot start any token" in it.problem,
        lambda it: it.at(f"a text cannot begin with {it.character}", "put the text in quotes"),
    ),
    (lambda it: "escape" in it.problem + it.context or "hexdecimal" in it.problem, _backslash),
    (
        lambda it: "flow sequence" in it.context,
        lambda it: it.from_its_beginning(
            "a list begins with [ and has no comma or ] where one is due", "write [first, second]"
        ),
    ),
    (
        lambda it: "flow mapping" in it.context,
        lambda it: it.from_its_beginning(
            "a mapping begins with { and has no comma or } where one is due", "write {exercise: plank, hold: 30 s}"
        ),
    ),
    (lambda it: "could not find expected ':'" in it.problem, lambda it: it.from_its_beginning(*_NO_COLON)),
    (lambda it: "mapping values are not allowed" in it.problem, _colon),
    (
        lambda it: "sequence entries are not allowed" in it.problem,
        lambda it: it.at("a list begins in the line of its key", "begin it on the next line, each entry after a dash"),
    ),
    (
        lambda it: "block scalar" in it.context,
        lambda it: it.at("words stand after | or > in the same line", "begin the text on the next line, indented"),
    ),
    (lambda it: "anchor" in it.context or "alias" in it.context, _in_quotes("& or *")),
    (lambda it: "tag" in it.context, _in_quotes("!")),
    (
        lambda it: "incompatible" in it.problem or "directive" in it.context,
        lambda it: it.at("a line begins with %", "take the line out, or put its text in quotes"),
    ),
    (lambda it: "document start" in it.problem, _after_all),
    (
        lambda it: it.character in ("]", "}"),
        lambda it: it.at(f"a {it.character} closes what was not opened", "take it out, or put the text in quotes"),
    ),
    (
        lambda it: "block mapping" in it.context and bool(it.before.strip()),
        lambda it: it.at(*_AFTER_QUOTES),
    ),
    (
        lambda it: "block" in it.context,
        lambda it: it.at(
            "this line's indentation fits none of the lines above", "begin it under the entry that it belongs beside"
        ),
    ),
)
"""The first that applies answers."""
