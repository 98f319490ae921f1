"""A high priority while a workout runs, so that other programs do not make it miss sound."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

HIGH = -11
"""As sound servers have it. Root may, and who is given it in /etc/security/limits.d; elsewhere nothing changes."""


@contextmanager
def high_priority() -> Iterator[None]:
    """Within, this thread and those that it starts come before others. One started with `nice` is left at that."""
    before = os.getpriority(os.PRIO_PROCESS, 0) if hasattr(os, "getpriority") else None
    if before is not None and HIGH < before <= 0:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, HIGH)
    try:
        yield
    finally:
        if before is not None:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, 0, before)
