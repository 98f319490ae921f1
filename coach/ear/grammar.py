"""What a decoder may hear: phrases, the words that people say around them, and none of these."""

from __future__ import annotations

from collections.abc import Sequence

from coach.ear.recognizer import UNKNOWN

_PLAIN_TO_ONE_WRAPPED = 8
"""A grammar takes each of its entries for as likely as the others. A phrase is said far oftener as it stands than with
"please", "coach" and ten more before it, which are three times as many entries ..."""
_PHRASES_TO_ONE_UNKNOWN = 25
"""... and the more phrases there are, the more often is one of them no word."""


def grammar(phrases: Sequence[str], others: Sequence[str]) -> list[str]:
    """What a decoder may hear, likely entries several times: Vosk counts them."""
    plain = [*phrases, *[UNKNOWN] * max(1, len(phrases) // _PHRASES_TO_ONE_UNKNOWN)]
    return [*plain * _PLAIN_TO_ONE_WRAPPED, *others]
