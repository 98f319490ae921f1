"""`coach service`: what a person types to have the coach listen from power-on."""

from __future__ import annotations

import typer


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="Let the coach listen from power-on: a systemd unit of your own.", no_args_is_help=True)
    group.command()(install)
    group.command()(remove)
    group.command()(status)
    group.command(hidden=True)(wait)
    app.add_typer(group, name="service")


def install() -> None:
    """Start it now, and at each start of the machine."""
    from coach.app import service

    for sentence in service.install():
        print(sentence)


def remove() -> None:
    """Stop it, and take it away."""
    from coach.app import service

    for sentence in service.remove():
        print(sentence)


def status() -> None:
    """Tell whether it runs, and what it lacks."""
    from coach.app import service
    from coach.app.doctor import State

    findings = []
    for finding in service.status():
        findings.append(finding)
        print(finding)
    if any(finding.state is State.FAULT for finding in findings):
        raise typer.Exit(1)


def wait() -> None:
    """Wait until the sound server answers; the unit does so before it starts the coach."""
    from coach.app import service

    service.wait_for_sound()
