"""Writing files so that nothing is ever half-written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from coach.errors import CoachError


def replace_file(path: Path, content: str | bytes, *, make_folder: bool = False) -> None:
    """Write beside, then rename: the file is the old one or the new one, whole.

    A link stays a link: what it points to is replaced. Raises CoachError where it cannot be written.
    """
    path = path.resolve()
    data = content.encode() if isinstance(content, str) else content
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with open(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(beside, path.stat().st_mode & 0o777 if path.exists() else 0o644)
            os.replace(beside, path)
        except BaseException:
            os.unlink(beside)
            raise
    except OSError as error:
        raise CoachError(
            f"{path} cannot be written: {error.strerror or error}.", "Name a file in a folder of yours."
        ) from error
