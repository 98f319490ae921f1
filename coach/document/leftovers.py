"""Files of a process that was killed before it could delete them: their names tell whose they were."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from pathlib import Path


def named(prefix: str) -> str:
    """The beginning of a temporary name that tells which process it belongs to."""
    return f"{prefix}{os.getpid()}-"


def clear(folder: Path, prefix: str) -> None:
    """Delete what processes that are no more have left in `folder` under names that begin with `named(prefix)`."""
    with contextlib.suppress(OSError):
        for entry in list(os.scandir(folder)):
            owner = re.fullmatch(rf"{re.escape(prefix)}(\d+)-\w+", entry.name)
            if owner is None or _lives(int(owner[1])) or entry.stat(follow_symlinks=False).st_uid != os.getuid():
                continue
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                os.unlink(entry.path)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True
