"""The question that `make run` asks once, when a person is there: shall the recommended model be fetched?"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from coach import speech_models
from coach.errors import CoachError
from coach.own import paths
from coach.speech_models.catalogue import Entry, megabytes
from coach.terminal.progress import progress


def offer(catalogue: Sequence[Entry] | None = None) -> None:
    """Ask and, on a yes, install. Silent without a terminal, when it is installed, and after a no."""
    asked = paths.data() / "models" / ".asked"
    there = {model.name for model in speech_models.installed()}
    entries = speech_models.catalogue() if catalogue is None else catalogue
    recommended = [entry for entry in entries if entry.recommended]
    if not sys.stdin.isatty() or asked.exists() or not recommended or there & {entry.name for entry in recommended}:
        return
    entry = recommended[0]
    what = f"A larger speech model ({megabytes(entry.size)}, {entry.licence}) hears more voices."
    print(f"The coach hears you as it is. {what}")
    print("It is fetched once from the network; later, too, with: .venv/bin/coach models install")
    try:
        answer = input("Fetch it now? [y/N] ")
    except EOFError:
        answer = ""
    try:
        if answer.strip().lower() in ("y", "yes"):
            with progress(entry.name) as report:
                speech_models.install(entry.name, report, catalogue=entries)
            print(f"{entry.name} is installed.")
        else:
            asked.parent.mkdir(parents=True, exist_ok=True)
            asked.touch()
    except (CoachError, OSError) as error:
        # The workout that comes next does not depend on it.
        print(f"{error}\nThe built-in model serves meanwhile.", file=sys.stderr)


if __name__ == "__main__":
    try:
        offer()
    except KeyboardInterrupt:
        sys.exit(130)
