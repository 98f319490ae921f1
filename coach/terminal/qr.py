"""A QR code, drawn on a terminal."""

from __future__ import annotations

import io

import segno


def qr_code(text: str) -> str:
    """The code as lines of blocks, dark on light whatever the terminal's colours are."""
    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(drawn, border=2, compact=True)
    return drawn.getvalue()
