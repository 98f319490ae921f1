"""What the system lets this program have: more where the limit may be raised, a sentence where it may not.

The libraries that hear and speak end the whole program, and say nothing of use, where they get no file, memory or
thread.
"""

from __future__ import annotations

import errno
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass

from coach.errors import CoachError

_MIB = 1 << 20
_FAREWELL = 2
"""Seconds of processor time in which to end in good order where the system allows no more."""
_THREADS = 16
"""So many at once: a live workout's own are 7, and its sound server's library and the page have theirs."""

_RAISE = "Raise that limit where it is set, or before the coach is started: ulimit "
_NOT_MAPPED = "failed to map"
"""What the loader says of a library that has no room."""
_NO_THREAD = "can't start new thread"
"""What Python says."""


@dataclass(frozen=True)
class _Limit:
    """One of the system's: what a workout needs of it, so much being one `unit`; `option`: of the shell's `ulimit`."""

    name: str
    needed: int
    per: int
    unit: str
    what: str
    option: str


_LIMITS = (
    _Limit("RLIMIT_NOFILE", 64, 1, "files", "open at once", "-n 1024"),  # a render has 16 open
    _Limit("RLIMIT_AS", 600_000 << 10, _MIB, "MiB", "of address space", "-v unlimited"),  # live: 400,000 are too few
    _Limit("RLIMIT_DATA", 250 * _MIB, _MIB, "MiB", "of memory", "-d unlimited"),  # live: 178
)


def use_what_is_granted() -> None:
    """Raise what is too low as far as the system permits, and leave time for an ending in good order."""
    if sys.platform == "win32":
        return
    import resource

    for limit in _LIMITS:
        kind = getattr(resource, limit.name)
        soft, hard = resource.getrlimit(kind)
        if _below(soft, limit.needed):
            with suppress(OSError, ValueError):
                resource.setrlimit(kind, (hard, hard))
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft == hard != resource.RLIM_INFINITY:  # the system would kill, and not ask
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (max(1, hard - _FAREWELL), hard))


def need_enough() -> None:
    """Raises CoachError where a workout, or whatever else sounds or listens, has too little to live on."""
    if sys.platform == "win32":
        return
    import resource

    for limit in _LIMITS:
        granted, _ = resource.getrlimit(getattr(resource, limit.name))
        if _below(granted, limit.needed):
            raise CoachError(
                f"The system allows the coach {granted // limit.per} {limit.unit} {limit.what}, and it needs"
                f" {-(-limit.needed // limit.per)}.",
                _RAISE + limit.option,
            )
    if not _threads_start():
        raise _too_few_threads()


def in_words(error: BaseException) -> CoachError | None:
    """What ended the coach, where it was too little of something; None where it was something else."""
    if isinstance(error, SystemExit):
        spent = sys.platform != "win32" and error.code == 128 + signal.SIGXCPU
        return (
            CoachError("The system allows the coach no more processor time.", _RAISE + "-t unlimited")
            if spent
            else None
        )
    cause: BaseException | None = error
    while cause is not None:
        number = getattr(cause, "errno", None)
        if isinstance(cause, MemoryError) or number == errno.ENOMEM or _NOT_MAPPED in str(cause):
            return CoachError("The system gives the coach no more memory.", "End other programs, or raise its limit.")
        if number in (errno.EMFILE, errno.ENFILE):
            return CoachError("The system lets the coach open no more files.", _RAISE + "-n 1024")
        if _NO_THREAD in str(cause):
            return _too_few_threads()
        cause = cause.__cause__ or cause.__context__
    return None


def _too_few_threads() -> CoachError:
    return CoachError(
        f"The system does not allow the coach {_THREADS} threads at once.",
        "End other programs, or raise the limit of processes where it is set: ulimit -u, TasksMax of systemd, or the"
        " container's.",
    )


def _below(granted: int, needed: int) -> bool:
    return 0 <= granted < needed  # no limit is -1


def _threads_start() -> bool:
    done = threading.Event()
    threads = [threading.Thread(target=done.wait) for _ in range(_THREADS)]
    started = []
    try:
        for thread in threads:
            thread.start()
            started.append(thread)
    except (RuntimeError, MemoryError):
        return False
    finally:
        done.set()
        for thread in started:
            thread.join()
    return True
