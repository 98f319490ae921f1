"""What a YAML parser's complaint means to somebody who wrote a routine."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError

_COLON = re.compile(r":(\s|$)")
_NO_COLON = "this line has no colon followed by a space", "write the key, a colon and a space before the value"


def explain(error: MarkedYAMLError, text: str) -> tuple[int, int, str, str]:
    """Line and column (from 1), what is wrong, what would be right. Understands libyaml's wording and PyYAML's own."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, 1, "this is not YAML", "write it again from an example"
    start = error.context_mark or mark
    problem, context = error.problem or "", error.context or ""
    lines = _Lines(text)
    before, character = lines.split(mark.line, mark.column)
    at, begun = (mark.line + 1, mark.column + 1), (start.line + 1, start.column + 1)

    if "end of stream" in problem and "quoted" in context:
        quote = lines.split(start.line, start.column)[1]
        return *begun, f"a text begins with {quote} and does not end", f"close it with {quote} in the same line"
    if character == "\t" or before.endswith("\t"):
        return *at, "a tab stands where YAML allows spaces only", "indent with spaces"
    if "cannot start any token" in problem:
        return *at, f"a text cannot begin with {character}", "put the text in quotes"
    if "escape" in problem or "escape" in context or "hexdecimal" in problem:
        column = mark.column if character == "\\" else max(0, before.rfind("\\"))
        wrong = "a backslash stands in double quotes"
        return mark.line + 1, column + 1, wrong, "use single quotes, or write the backslash twice"
    if "flow sequence" in context:
        return *begun, "a list begins with [ and has no comma or ] where one is due", "write [first, second]"
    if "flow mapping" in context:
        wrong = "a mapping begins with { and has no comma or } where one is due"
        return *begun, wrong, "write {exercise: plank, hold: 30 s}"
    if "could not find expected ':'" in problem:
        return start.line + 1, start.column + 1, *_NO_COLON
    if "mapping values are not allowed" in problem:
        if _COLON.search(before):
            return *at, "the line has a second colon", "put the text after the first one in quotes"
        above = lines.above(mark.line)
        if above is not None and not _COLON.search(lines.code(above)):
            return above + 1, lines.indent(above) + 1, *_NO_COLON
        return *at, "this line is indented further than the one before", "begin both in the same column"
    if "sequence entries are not allowed" in problem:
        return *at, "a list begins in the line of its key", "begin it on the next line, each entry after a dash"
    if "block scalar" in context:
        return *at, "words stand after | or > in the same line", "begin the text on the next line, indented"
    if "anchor" in context or "alias" in context:
        return *at, "a text begins with & or *", "put the text in quotes"
    if "tag" in context:
        return *at, "a text begins with !", "put the text in quotes"
    if "incompatible" in problem or "directive" in context or "document start" in problem:
        return *at, "a line begins with %", "take the line out, or put its text in quotes"
    if character in ("]", "}"):
        return *at, f"a {character} closes what was not opened", "take it out, or put the text in quotes"
    if "block mapping" in context and before.strip():
        return *at, "something stands after the end of a text in quotes", "put the whole text in quotes"
    if "block" in context:
        wrong = "this line's indentation fits none of the lines above"
        return *at, wrong, "begin it under the entry that it belongs beside"
    return *at, "this is not YAML", "look for a missing colon, quote or bracket in this line and the one before"


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
