"""The commands as a person finds them: what others call them leads to their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typer.core import TyperGroup

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


class Commands(TyperGroup):
    """Names the command that was meant."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As in TyperGroup, which tells what looks like it otherwise."""
        if args and args[0] not in self.commands and args[0] in CALLED:
            ctx.fail(f"No such command '{args[0]}'. That is `coach {CALLED[args[0]]}`.")
        return super().resolve_command(ctx, args)
