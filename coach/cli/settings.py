"""`coach settings`: what a person types to see, change or edit the settings."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli import completion
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.own.settings import Settings

settings_app = typer.Typer(help="Show the settings, change one, or edit the file.", invoke_without_command=True)

NAMES = ("voice", "model", "microphone", "loudspeaker", "equipment")
"""The settings that name something that has to be there."""
EDITORS = ("sensible-editor", "editor", "nano", "vi")
"""Those to look for where neither VISUAL nor EDITOR names one."""

Name = Annotated[str, typer.Argument(metavar="NAME", help="A setting's name.", autocompletion=completion.settings)]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.add_typer(settings_app, name="settings")


@settings_app.callback(invoke_without_command=True)
def show(context: typer.Context) -> None:
    """Show every setting: its value, what it means, and what it may be."""
    if context.invoked_subcommand is not None:
        return
    from coach.own import paths
    from coach.own.settings import TABLE, as_yaml, load

    chosen = load()
    for setting in TABLE:
        value = getattr(chosen, setting.name)
        changed = "" if value == setting.default else f", by default {as_yaml(setting.default)}"
        print(f"{setting.name}: {as_yaml(value)}  {setting.meaning} ({setting.values}{changed})")
    print(f"They are in {paths.settings_file()}.")


@settings_app.command("get")
def get(name: Name) -> None:
    """Print one setting's value."""
    from coach.own.settings import as_yaml, find, load

    value = getattr(load(), find(name).name)
    print(value if isinstance(value, str) else as_yaml(value))


@settings_app.command("set")
def set_(name: Name, value: Annotated[str, typer.Argument(metavar="VALUE", help="What it is to be.")]) -> None:
    """Change one setting; everything else in the file stays as it is."""
    from coach.own.settings import as_yaml, load, save, spelled

    meant = spelled(name, value)
    told = _held_against_what_there_is(name, meant, load())
    save(name, meant)
    print(f"{name}: {as_yaml(meant)}")
    if told:
        print(told)


def _held_against_what_there_is(name: str, value: object, chosen: Settings) -> str:
    """As coach.app.named.check; that module takes a while to load, and most settings name nothing."""
    if not isinstance(value, str) or not value or name not in NAMES:
        return ""
    from coach.app.named import check

    return check(name, value, chosen)


@settings_app.command()
def edit() -> None:
    """Open the file in your editor, and check it afterwards."""
    from coach.own import paths
    from coach.own.settings import load, make

    make()
    file = paths.settings_file()
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or next(filter(shutil.which, EDITORS), "")
    try:
        done = subprocess.run([*shlex.split(editor), str(file)], check=False).returncode
    except (OSError, ValueError):
        done = 1
    if done:
        what = f'The editor "{editor}" did not end well.' if editor else "There is no editor."
        raise CoachError(what, f"Name another in EDITOR, or open {file} yourself.")
    chosen = load()
    told = [_held_against_what_there_is(name, getattr(chosen, name), chosen) for name in NAMES]
    print("\n".join([*filter(None, told), "All is well."]))
