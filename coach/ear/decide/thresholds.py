"""The numbers that the ear's judgement compares with: a speech model's own, where it was calibrated."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from coach.errors import CoachError


@dataclass(frozen=True)
class Thresholds:
    """What the checks compare with. They belong to a speech model: `coach calibrate` writes them to its coach.yaml.

    The defaults are for a model that nobody has calibrated; in doubt they obey.
    """

    likelier: float = -6.0
    """The phrase's log likelihood may lie so far under that of the likeliest words of all."""
    likelier_lenient: float = -8.0
    """The same for a phrase of several words, and against words that sound nearly the same: a vocabulary is full of a
    command's neighbours ..."""
    near: float = 0.25
    """... which differ in no more than this share of their phones."""
    reread: float = 1.0
    """What is no phrase may be read as one of several words whose log likelihood lies no further under its own."""
    ambiguous: float = 0.25
    """... and must lie so far over that of the next best command."""
    shortest: float = 0.22
    """Seconds that a command lasts at least."""
    talk: float = 1.2
    """Seconds after other talk in which nothing is taken for a command ..."""
    pause: float = 0.8
    """... and after a single word nothing that is a single word."""
    went_on: float = 0.05
    """Seconds of vowels after a command, as loud as itself, that are talk which goes on."""
    company: float = 5.0
    """From so many things said in the last 15 s on there is talk in the room, most of it not for the coach: a phrase
    then counts only when a decoder that may hear any word hears the same. An athlete who is alone, and tries again
    what was not understood, says fewer."""
    apart: float = 2.5
    """Seconds by which a phrase must stand apart from such talk ..."""
    over_company: float = 6.0
    """... unless it is so many dB louder: then it is somebody nearer, who need not wait for any pause."""
    over_others: float = 5.0
    """dB by which a phrase lies over words before it that nobody knows when somebody else said them."""
    over_room: float = 1.0
    """dB by which a phrase must lie over the sounds without known words that opened the ear, unless a decoder that may
    hear any word hears the same. What an athlete tried in vain is not among them: it would turn away the next try."""
    over_echo: float = 4.5
    """dB by which the athlete must stand out from what is left of the coach."""
    over_echo_urgent: float = 3.0
    """The same for "stop" and its like: to be stopped once too often costs less than not to be stopped."""
    own_words: float = 7.0
    """The same while the coach says the very words, for what comes after words of the coach, and for what a decoder
    that may hear any word hears otherwise. From here on the verifier is asked of it."""
    agrees: float = 3.0
    """The natural logarithm of how much the odds of a phrase grow, for the verifier, when the grammar hears it too."""
    agrees_twice: float = 1.0
    """By how much more when the decoder hears it, too, that may hear any word."""
    agrees_untaught: float = 2.6
    """The same for a phrase that it learned from synthesised voices: less, for there it weighs only such phrases
    against each other, and a word that is none of them can be like one of them."""
    agrees_twice_untaught: float = 2.0
    """By how much more when it has several words, and the decoder hears it, too, that may hear any word."""
    rare: float = 0.2
    """What the verifier's probability of a word is worth that nobody says to the coach now, no phrase, or one that
    makes no sense, and that no person taught it."""
    own_word: float = 0.4
    """From this probability on the verifier's own word counts where the grammar heard another, or none."""
    own_word_untaught: float = 0.95
    """The same for a phrase that no person taught it."""
    objects: float = 2.2
    """By how much the odds of a phrase fall, as a natural logarithm, where a decoder speaks against it: one that is
    obeyed from 0.5 on is, for the verifier, from 0.9 on, and "stop" from 0.6 on."""

    @classmethod
    def of(cls, model: Path) -> Thresholds:
        """Those in the model's folder; the defaults where it has none. Raises CoachError."""
        path = model / "coach.yaml"
        if not path.is_file():
            return cls()
        known = {field.name for field in fields(cls)}
        try:
            values: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["thresholds"]
            return cls(**{name: float(value) for name, value in values.items() if name in known})
        except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError, RecursionError, OSError) as error:
            raise CoachError(f"{path} cannot be read.", "`coach calibrate` writes it anew.") from error
