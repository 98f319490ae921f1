"""What a YAML parser's complaint means to somebody who wrote a routine."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError


def explain(error: MarkedYAMLError, text: str) -> tuple[int, int, str, str]:
    """Line and column (from 1), what is wrong, what would be right. Understands libyaml's wording and PyYAML's own."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, 1, "this is not YAML", "write it again from an example"
    problem, context = error.problem or "", error.context or ""
    start = error.context_mark or mark
    lines = text.splitlines() or [""]
    line = lines[mark.line] if mark.line < len(lines) else ""
    at, begun = (mark.line + 1, mark.column + 1), (start.line + 1, start.column + 1)
    character = line[mark.column : mark.column + 1]

    if "end of stream" in problem and "quoted" in context:
        quote = lines[start.line][start.column]
        return *begun, f"a text begins with {quote} and does not end", f"close it with {quote} in the same line"
    if "cannot start any token" in problem:
        if character == "\t" or line[: mark.column].endswith("\t"):
            return *at, "a tab stands where YAML allows spaces only", "indent with spaces"
        return *at, f"a text cannot begin with {character}", "put the text in quotes"
    if "unknown escape" in problem:
        column = mark.column if character == "\\" else mark.column - 1
        return (
            mark.line + 1,
            column + 1,
            "a backslash stands in double quotes",
            "use single quotes, or write the backslash twice",
        )
    if "flow sequence" in context:
        return *begun, "a list begins with [ and has no comma or ] where one is due", "write [first, second]"
    if "flow mapping" in context:
        return (
            *begun,
            "a mapping begins with { and has no comma or } where one is due",
            "write {exercise: plank, hold: 30 s}",
        )
    if "mapping values are not allowed" in problem or "could not find expected ':'" in problem:
        return _stray_colon(lines, mark.line, mark.column, problem)
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
    if character and character in "]}":
        return *at, f"a {character} closes what was not opened", "take it out, or put the text in quotes"
    if "block mapping" in context and line[: mark.column].strip() and mark.column and line[mark.column - 1] in " '\"":
        return *at, "something stands after the end of a text in quotes", "put the whole text in quotes"
    if "block" in context:
        return (
            *at,
            "this line's indentation fits none of the lines above",
            "begin it under the entry that it belongs beside",
        )
    return *at, "this is not YAML", "look for a missing colon, quote or bracket in this line and the one before"


def _stray_colon(lines: list[str], row: int, column: int, problem: str) -> tuple[int, int, str, str]:
    line = lines[row] if row < len(lines) else ""
    if re.search(r":\s", line[:column]):
        return row + 1, column + 1, "the line has a second colon", "put the text after the first one in quotes"
    above = row
    while above > 0 and not lines[above - 1].split("#")[0].strip():
        above -= 1
    before = lines[above - 1].split("#")[0].rstrip() if above else ""
    if "could not find" in problem or (before and not re.search(r":(\s|$)", before)):
        wrong = "this line has no colon followed by a space"
        row = row if "could not find" in problem and not re.search(r":(\s|$)", line) else above - 1
        indent = len(lines[row]) - len(lines[row].lstrip())
        return row + 1, indent + 1, wrong, "write the key, a colon and a space before the value"
    return row + 1, column + 1, "this line is indented further than the one before", "begin both in the same column"
