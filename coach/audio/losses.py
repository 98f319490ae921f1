"""What is known of sound that was lost on its way: PortAudio's flags, and the counts of both sides."""

from __future__ import annotations

from coach.audio.clip import EAR_RATE

FLAGGED = 10.0
"""Seconds after a flag in which another one alone tells nothing: some systems flag nearly every callback, and nothing
is wrong. What the counts show in that time was lost."""


class Losses:
    """Ask it once a block, with counters that only grow until `begin`. Times are in seconds on one clock."""

    def __init__(self) -> None:
        self._flagged_at = -FLAGGED
        self.begin(0)

    def begin(self, flags: int) -> None:
        """Both sides are aligned anew: what is lost is counted from 0 again, callbacks with a flag from `flags`."""
        self._flags, self._lost = flags, 0

    def set_back(self, seconds: float) -> None:
        """The clock shows so much less from here on."""
        self._flagged_at -= seconds

    def look(self, at: float, flags: int, lost: int) -> tuple[bool, float]:
        """Whether sound was lost since the last look, or is said to be; and how many seconds are certain.

        `flags`: callbacks that PortAudio flagged; `lost`: as in Pairing.
        """
        flagged, newly = flags > self._flags, lost - self._lost
        self._flags, self._lost = flags, lost
        lately = at - self._flagged_at < FLAGGED
        if flagged:
            self._flagged_at = at
        gap = newly > 0 or (flagged and not lately)
        # Without a flag the devices may only move sound in large portions, so that one side runs ahead for a while.
        return gap, newly / EAR_RATE if flagged or lately else 0.0
