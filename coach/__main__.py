"""The program: `coach`, and `python -m coach`."""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    """Load the rest of it, and carry out what was typed."""
    # Ctrl-C while it loads: nothing is open yet, so the process may just end, without Python's own account of it. The
    # same once all is closed.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    _stand_in_for_closed_streams()
    from coach.app.limits import use_what_is_granted

    use_what_is_granted()  # the rest of it may not even load with less
    from coach.cli.main import main as carry_out

    carry_out()


def _stand_in_for_closed_streams() -> None:
    """Whoever started it may have closed a standard stream. The next file to be opened, the journal perhaps, would take
    its number, and what a library prints would land there.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, number)
            if nothing != number:
                os.close(nothing)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


if __name__ == "__main__":
    main()
