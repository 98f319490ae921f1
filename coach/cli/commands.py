"""The commands as a person finds them: what others call them leads to their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from typer.core import TyperGroup

from coach.errors import printable

CALLED: Mapping[str, str] = {
    "standby": "listen",
    "wait": "listen",
    "menu": "run",
    "start": "run",
    "workout": "run",
    "voice": "voices",
    "routine": "list",
    "journal": "history",
    "boot": "service",
}
"""What somebody may look for who has read or heard of it, and the command that it is."""


@contextmanager
def _told_printably() -> Iterator[None]:
    """What is told of wrong usage quotes what was typed: that cannot drive the terminal either."""
    try:
        yield
    except Exception as error:
        if isinstance(message := getattr(error, "message", None), str):  # a usage error, typer's own or click's
            error.message = printable(message)  # type: ignore[attr-defined]
        raise


class Commands(TyperGroup):
    """Names the command that was meant."""

    def make_context(self, *args: Any, **more: Any) -> Any:
        """As in TyperGroup."""
        with _told_printably():
            return super().make_context(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        """As in TyperGroup; the commands' own options are read in here."""
        with _told_printably():
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As in TyperGroup, which tells what looks like it otherwise."""
        if args and args[0] not in self.commands and args[0] in CALLED:
            ctx.fail(f"No such command '{args[0]}'. That is `coach {CALLED[args[0]]}`.")
        return super().resolve_command(ctx, args)
