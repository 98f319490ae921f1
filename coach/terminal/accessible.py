"""Whether boxes, bars and colours serve whoever reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def is_accessible() -> bool:
    """Whether ACCESSIBLE is set: the sign by which a person asks every program for plain text."""
    return os.environ.get("ACCESSIBLE", "") not in ("", "0", "false", "no")


def draws_boxes(arguments: Sequence[str]) -> bool:
    """Whether help and complaints may have frames and colours: on a terminal that can, for somebody who wants them."""
    asked_for_none = is_accessible() or "--plain" in arguments or bool(os.environ.get("NO_COLOR"))
    can = os.environ.get("TERM", "") not in ("", "dumb", "unknown")
    return can and not asked_for_none and sys.stdout.isatty() and sys.stderr.isatty()
