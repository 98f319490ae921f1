"""The program: `coach`, and `python -m coach`."""

from __future__ import annotations

import signal


def main() -> None:
    """Load the rest of it, and carry out what was typed."""
    # Ctrl-C while it loads: nothing is open yet, so the process may just end, without Python's own account of it. The
    # same once all is closed.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from coach.cli.main import main as carry_out

    carry_out()


if __name__ == "__main__":
    main()
