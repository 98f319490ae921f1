"""Notices that nothing was exchanged for a while: the program was stopped, or the computer slept."""

from __future__ import annotations

import time

LEAST = 5.0
"""Seconds from which on it is a standstill. To find a device dead and open it again takes up to 3.5 s."""


def clock() -> float:
    """Seconds; they go on while the computer sleeps, which time.monotonic's do not on Linux."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Standstill:
    """Ask it after each exchange."""

    def __init__(self) -> None:
        self._last: float | None = None

    def begin(self) -> None:
        """What was before is another conversation, or was told as a lost device."""
        self._last = None

    def seconds(self) -> float:
        """How long ago the last exchange was; 0 where that is usual."""
        now = clock()
        last, self._last = self._last, now
        return now - last if last is not None and now - last >= LEAST else 0.0
