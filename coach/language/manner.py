"""The words by which an athlete says how to be coached: settings, and what the session goes by."""

from __future__ import annotations

from typing import Literal

Captions = Literal["all", "key", "off"]
"""Which captions are printed: all that happens and is said; what is worth a screen reader's voice; none."""
Verbosity = Literal["coach", "counts", "sounds"]
"""Everything is said; counts and answers; answers alone, with ticks for counts."""
Pacing = Literal["coach", "self"]
"""Reps are counted on the coach's beat; or the athlete goes at a pace of their own, and counts aloud if they like."""
Strength = Literal["gentle", "usual", "strong"]
"""Where an exercise begins that was not done before: easier than the routine has it, as it has it, or harder."""
CountAt = Literal["end", "top"]
"""Where in a rep it is counted."""
