"""The manual page, made from the program's own help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from coach.cli.main import app

_STATUSES = (
    ("0", "done"),
    ("1", "a fault, told in a sentence with what would put it right"),
    ("2", "wrong usage"),
    ("130", "Ctrl-C"),
)
_FILES = (
    ("~/.config/coach", "settings.yaml, your phrases, your routines"),
    ("~/.local/share/coach", "the journal, and installed speech models"),
    ("~/.cache/coach", "spoken lines"),
)


def page() -> str:
    """The page in the format of man(7)."""
    program = get_command(app)
    lines = [
        '.\\" Made by tools/documents.py',
        ".TH COACH 1",
        ".SH NAME",
        f"coach \\- {_text(_first(program.help).lower())}",
        ".SH SYNOPSIS",
        ".B coach",
        "[\\fIoptions\\fR] \\fIcommand\\fR [\\fIarguments\\fR]",
        ".SH DESCRIPTION",
        _text(program.help or ""),
        ".SH COMMANDS",
        *_commands(program, ["coach"]),
        ".SH EXIT STATUS",
        *_listed(_STATUSES),
        ".SH FILES",
        *_listed(_FILES),
    ]
    return "\n".join(lines) + "\n"


def _commands(group: Any, above: list[str]) -> Iterator[str]:
    for name, command in group.commands.items():
        called = [*above, name]
        arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
        shown = " ".join(f"\\fI{_text(_called(each))}\\fR" for each in arguments)
        yield ".TP"
        yield f"\\fB{_text(' '.join(called))}\\fR {shown}".rstrip()
        yield _text(" ".join((command.help or "").split()))
        yield from _parameters(command)
        yield from _commands(command, called) if hasattr(command, "commands") else ()


def _parameters(command: Any) -> Iterator[str]:
    told = [each for each in command.params if getattr(each, "help", None) and not getattr(each, "hidden", False)]
    if told:
        yield ".RS"
        for each in told:
            names = ", ".join(each.opts) if each.param_type_name == "option" else _called(each)
            yield from (".TP", f"\\fB{_text(names)}\\fR", _text(each.help))
        yield ".RE"


def _called(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper())


def _listed(pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, about in pairs:
        yield from (".TP", f"\\fB{_text(name)}\\fR", _text(about))


def _first(text: str | None) -> str:
    return (text or "").split(":")[0].rstrip(".")


def _text(text: str) -> str:
    """A text that roff takes for nothing else."""
    plain = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "")
    return re.sub(r"^(?=[.'])", r"\\&", plain)
