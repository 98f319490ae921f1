"""What the athlete should know before a workout: what is missing, and is gone without."""

from __future__ import annotations

import sys

from coach.app.parts import Studio
from coach.errors import CoachError


class Notices:
    """What the athlete should know before the workout: printed at once; what matters on the floor is spoken, too."""

    def __init__(self, studio: Studio) -> None:
        self._language = studio.language
        self.spoken: list[str] = []

    def tell(self, error: CoachError, spoken: str = "") -> None:
        print(f"coach: {error.sentence}" + (f" {error.hint}" if error.hint else ""), file=sys.stderr)
        if spoken:
            self.spoken.append(self._language.line(spoken))

    def mention(self, key: str) -> None:
        """Say a line of the language before the workout."""
        self.spoken.append(self._language.line(key))
