"""Figures five lines high, to be read from the floor."""

from __future__ import annotations

HEIGHT = 5
_FORMS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", " ##", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", " # ", " # ", " # "),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "/": ("  #", "  #", " # ", "#  ", "#  "),
}


def large(text: str, ink: str = "█") -> list[str]:
    """Figures and slashes as HEIGHT lines of equal length; `ink` is what they are drawn with."""
    rows = ("  ".join(_FORMS[character][row] for character in text) for row in range(HEIGHT))
    return ["".join(dot * 2 for dot in row).replace("#", ink) for row in rows]
