"""Reading regular files only, and writing so that nothing is ever half-written: beside, then renamed."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from coach.document import leftovers
from coach.document.unwritten import unwritten
from coach.errors import CoachError


@contextlib.contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A regular file, open for reading: a pipe or a device might never end. Raises OSError for anything else."""
    # Without O_NONBLOCK the opening of a pipe waits for somebody who writes into it.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(handle, "rb") as stream:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise IsADirectoryError(errno.EISDIR, "It is a folder")
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is a device or a pipe, not a file")
        yield stream


@contextlib.contextmanager
def written_beside(path: Path, *, make_folder: bool = False, durable: bool = True) -> Iterator[IO[bytes]]:
    """A binary file that takes the place of `path` when the `with` block ends well, and is deleted when it does not.

    A link stays a link: what it points to is replaced. What is there and is no regular file (a device, a pipe) is
    refused. `durable` waits until the content is on the disk. Raises CoachError where it cannot be written.
    """
    with told(path):
        path = Path(os.path.realpath(path))  # fails where the current folder has been deleted
        _refuse_devices(path)
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        prefix = f".{path.name[:100]}."
        leftovers.clear(path.parent, prefix)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=leftovers.named(prefix))
        beside = Path(name)
        try:
            with open(handle, "wb") as file:
                yield file
                file.flush()
                if durable:
                    os.fsync(file.fileno())
            beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o600)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def replace_file(path: Path, content: str | bytes, *, make_folder: bool = False, durable: bool = True) -> None:
    """Write all of a file, as `written_beside` does."""
    with written_beside(path, make_folder=make_folder, durable=durable) as file:
        file.write(content.encode() if isinstance(content, str) else content)


def _refuse_devices(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(path.stat().st_mode):
            what = "a folder" if path.is_dir() else "a device or a pipe"
            raise CoachError(f"{path} is {what}, not a file that can be replaced.", "Name a file in a folder of yours.")


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """What the system says against writing becomes a CoachError."""
    try:
        yield
    except UnicodeEncodeError:
        raise CoachError(
            f"{path} cannot be written: the locale has no letters for its name.", "Name it otherwise."
        ) from None
    except OSError as error:
        raise unwritten(path, error) from error
