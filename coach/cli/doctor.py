"""`coach doctor`: what a person types when something does not work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(doctor)


def doctor(
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write versions, devices, settings and the last log to FILE, for an issue."),
    ] = None,
) -> None:
    """Check every part the coach needs, and tell what to do about what is missing."""
    from coach.app.doctor import ALL, State, examine
    from coach.app.report import write_report
    from coach.app.service import check_at_boot

    faults, findings = 0, []
    for finding in examine([*ALL, check_at_boot]):
        print(finding, flush=True)
        findings.append(str(finding))
        faults += finding.state is State.FAULT
    if report is not None:
        write_report(report, findings)
        print(f"{report} is written. Nothing personal should be in it; read it before you send it.")
    if faults:
        raise typer.Exit(1)
