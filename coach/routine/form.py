"""What every part of an exercise or routine file is made of: forms that refuse unknown keys, words, single values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from coach.document.tree import Items, Table, Text
from coach.document.wording import Unclear, quote

MOST_LETTERS = 500
"""Of a text that is spoken: half a minute."""


class Form(BaseModel):
    """What all forms have in common: they refuse unknown keys."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


def refusal(wrong: str, right: str) -> PydanticCustomError:
    """What is wrong with a value and what would be right, for refusals.py to tell."""
    return PydanticCustomError("refusal", "{wrong}; {right}", {"wrong": wrong, "right": right})


def one_line(value: Any) -> str:
    """A text to be spoken or shown, in one line."""
    if isinstance(value, Table):
        raise refusal("this is a mapping, not a text", "if the text has a colon in it, put it in quotes")
    if isinstance(value, Items):
        raise refusal("this is a list, not a text", "write one text")
    if value.kind == "nothing":
        raise refusal("there is no text", "write one, or take the line out")
    if value.kind != "text":
        raise refusal(f"YAML reads {quote(value)} as a {value.kind}, not as words", "put it in quotes")
    line = " ".join(value.split())
    if not line:
        raise refusal("the text is empty", "write one, or take the line out")
    if len(line) > MOST_LETTERS:
        raise refusal(
            f"the text has {len(line):,} characters, which nobody can follow by ear", "say it in a sentence or two"
        )
    if not line.isprintable():
        raise refusal(f"{quote(line)} has a character that can be neither shown nor spoken", "take it out")
    return line


def spelled(read: Callable[[Text], Any], example: str) -> Callable[[Any], Any]:
    """A value that is one text in the file, read by a function that may raise Unclear; `example` would be right."""

    def validate(value: Any) -> Any:
        if isinstance(value, Table | Items):
            shape = "list" if isinstance(value, Items) else "mapping"
            raise refusal(f"this is a {shape}, not one value", f"write {example}")
        if value.kind == "nothing":
            raise refusal("there is no value", f"write {example}, or take the line out")
        try:
            return read(value)
        except Unclear as unclear:
            raise refusal(unclear.wrong, unclear.right) from None

    return validate


Words = Annotated[str, BeforeValidator(one_line)]
