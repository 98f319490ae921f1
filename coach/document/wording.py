"""How a text from a file is shown in a sentence, and the refusal of a value that is not clear."""

from __future__ import annotations

from coach.errors import printable


class Unclear(ValueError):
    """A value that is not clear: what is wrong, and what would be right."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.right = right


def quote(text: str) -> str:
    """The text as a fault shows it: in quotes, in one line, not too long, and without control characters."""
    line = printable(" ".join(text.split()))
    return f'"{line}"' if len(line) <= 40 else f'"{line[:37]}..."'


def tidy(value: object) -> str:
    """A text from elsewhere in one line that can be shown and spoken; empty for what is no text."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(character if character.isprintable() else " " for character in value).split())
