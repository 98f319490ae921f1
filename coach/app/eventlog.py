"""The event stream as a file: one JSON object a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from coach.app.eventpipe import EventPipe, is_pipe
from coach.document.unwritten import unwritten
from coach.errors import CoachError
from coach.session.events import Event


@dataclass(frozen=True)
class Files:
    """What a workout writes beside the journal, where it is asked to."""

    events: Path | None = None
    log: Path | None = None
    log_words: bool = False
    """The log may hold what was said."""


NO_FILES = Files()


@contextmanager
def writing(path: Path | None) -> Iterator[Callable[[Event], None]]:
    """Something that writes events to `path`, each as it happens; "-" is standard output, None nothing at all. A named
    pipe or a Unix socket gets them while somebody reads there.

    It raises CoachError when the disk is full, or whoever reads has gone.
    """
    if path is None:
        yield lambda event: None
        return
    if str(path) == "-":
        yield lambda event: print(event.line(), flush=True)
        return
    if is_pipe(path):
        with EventPipe(path) as pipe:
            yield pipe
        return
    try:
        file = path.open("w", encoding="utf-8", errors="replace", buffering=1)
    except OSError as error:
        raise unwritten(path, error) from None

    def write(event: Event) -> None:
        try:
            print(event.line(), file=file)
        except OSError as error:
            raise CoachError(f"{path} cannot be written any more: {error.strerror}.") from error

    try:
        yield write
    finally:
        with suppress(OSError):  # what a full disk did not take was told when it was written
            file.close()
