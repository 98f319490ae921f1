"""`coach doctor`: what a person types when something does not work."""

from __future__ import annotations

import typer


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(doctor)


def doctor() -> None:
    """Check every part the coach needs, and tell what to do about what is missing."""
    from coach.app.doctor import State, examine

    faults = 0
    for finding in examine():
        print(finding, flush=True)
        faults += finding.state is State.FAULT
    if faults:
        raise typer.Exit(1)
