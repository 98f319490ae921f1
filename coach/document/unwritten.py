"""Why a file cannot be written, and what would help, in words."""

from __future__ import annotations

import contextlib
import errno
import os
import pwd
import shlex
import tempfile
from pathlib import Path

from coach.errors import CoachError

_ELSEWHERE = "Name a place of your own."
_ALWAYS_SO = {
    errno.ENOSPC: ("the disk is full", "Make room on it."),
    errno.EDQUOT: ("your share of the disk is used up", "Delete something of yours there."),
    errno.EROFS: ("the disk can only be read", "Mount it for writing, or take a place on another one."),
    errno.EISDIR: ("it is a folder", "Name a file in it."),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter one."),
    errno.ELOOP: ("it is a link that leads to itself", "Delete the link."),
    errno.EIO: ("the disk fails", "Copy what you need of it to another one."),
}


def unwritten(path: Path, error: OSError) -> CoachError:
    """What the system said against writing this file, or one beside it."""
    why, hint = _ALWAYS_SO.get(error.errno or 0) or _by_place(path, error)
    return CoachError(f"{path} cannot be written: {why}.", hint)


def what_would_help(path: Path) -> str:
    """The hint alone, for a file that a library was to write, which does not say what the matter is."""
    try:
        with tempfile.TemporaryFile(dir=path.parent) as file:
            file.write(bytes(4096))
        with contextlib.suppress(FileNotFoundError):
            path.stat()
    except OSError as error:
        return unwritten(path, error).hint
    return unwritten(path, PermissionError(errno.EACCES, "")).hint if not os.access(path, os.W_OK) else ""


def _by_place(path: Path, error: OSError) -> tuple[str, str]:
    there = next(each for each in (path, *path.parents) if os.path.lexists(each))
    folder = there if there.is_dir() else there.parent
    match error.errno:
        case errno.EACCES | errno.EPERM:
            # A file is written beside and renamed: the folder's rights count, and the file's own where it has them.
            return _forbidden(there if os.access(folder, os.W_OK | os.X_OK) else folder)
        case errno.ENOENT if there != path.parent:
            return f"there is no folder {path.parent}", f"Make it first: mkdir -p {shlex.quote(str(path.parent))}"
        case errno.ENOTDIR | errno.EEXIST if there != path:
            return f"{there} is a file, not a folder", f"Move that file away, or choose another place for {path.name}."
    return error.strerror or str(error), _ELSEWHERE


def _forbidden(place: Path) -> tuple[str, str]:
    why = f"you may not write {'in' if place.is_dir() else 'to'} {place}"
    owner = place.stat().st_uid
    if owner == os.geteuid():
        return why, f"Allow it: chmod u+rwX {shlex.quote(str(place))}"
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:  # whoever it was is gone from this machine
        name = f"user {owner}"
    return why, f"It belongs to {name}. {_ELSEWHERE}"
