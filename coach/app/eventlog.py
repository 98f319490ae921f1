"""The event stream as a file: one JSON object a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.errors import CoachError
from coach.session.events import Event


@contextmanager
def writing(path: Path | None) -> Iterator[Callable[[Event], None]]:
    """Something that writes events to `path`, each as it happens; "-" is standard output, None nothing at all."""
    if path is None:
        yield lambda event: None
        return
    if str(path) == "-":
        yield lambda event: print(event.line(), flush=True)
        return
    try:
        file = path.open("w", encoding="utf-8", buffering=1)
    except OSError as error:
        raise CoachError(f"{path} cannot be written: {error.strerror}.", "Name a file in a folder of yours.") from None
    with file:
        yield lambda event: print(event.line(), file=file)
