"""Words to and from any terminal: what its encoding lacks is put plainly, and files are UTF-8 whatever it is."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from io import TextIOWrapper

_PLAINLY = str.maketrans({
    "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "…": "...", "⁄": "/", "·": "-", "×": "x",
    "→": "->",
    "█": "#", "▇": "#", "▆": "#", "▅": "#", "▄": "=", "▃": "=", "▂": "-", "▁": "_", "─": "-", "━": "-", "│": "|",
    "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
})  # fmt: skip


def fit_to_terminal() -> None:
    """From now on nothing that is printed fails for its letters: "É" becomes "E" where there is none, an emoji "?"."""
    codecs.register_error("coach.plainly", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="coach.plainly")


def as_typed(word: str) -> str:
    """A word of the command line whose letters the locale does not know, as UTF-8; a file's name stays as it is."""
    if word.isascii() or os.path.lexists(word) or os.path.splitext(word)[1] or os.path.dirname(word):
        return word
    return os.fsencode(word).decode(errors="replace")


def print_file(text: str) -> None:
    """Print what is to be kept as a file, a page or JSON: in UTF-8, with its line ends as they are."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="")
    sys.stdout.write(text)


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_plain(character, error.encoding) for character in lacking), error.end


def _plain(character: str, encoding: str) -> str:
    apart = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    ).translate(_PLAINLY)
    try:
        apart.encode(encoding)
    except UnicodeEncodeError:
        return "?"
    return apart
