"""A language's words as they are printed: numbers in figures, ranges and times spelled out."""

from __future__ import annotations

from typing import Any

from coach.language import Language


class Wording:
    """The words of one part of the printed matter: "sheet" or "history"."""

    def __init__(self, language: Language, part: str) -> None:
        self.language = language
        self.code = language.code
        self._texts = language.paper[part]
        self._words = language.words

    def text(self, key: str, **values: object) -> str:
        """The text of this name with its braces filled."""
        return str(self._texts[key]).format(**values)

    def some(self, key: str) -> Any:
        """What stands under this name and is no text: a list of columns, a table of words."""
        return self._texts[key]

    def counted(self, number: int, word: str) -> str:
        """1 set, 2 sets, 1,000 sets."""
        one, many = self._words[word]
        return f"{number:,} {one if number == 1 else many}"

    def range(self, low: int, high: int, word: str) -> str:
        """8 to 12 reps; a screen reader makes "8-12" a subtraction."""
        if low == high:
            return self.counted(low, word)
        return f"{self.text('range', low=low, high=high)} {self._words[word][1]}"

    def time(self, seconds: float) -> str:
        """30 seconds, 2 minutes."""
        minutes, rest = divmod(round(seconds), 60)
        return self.counted(round(seconds), "second") if rest or not minutes else self.counted(minutes, "minute")
