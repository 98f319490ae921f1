"""Settings as a table: the file, its comments, the checks and the README's table all come from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Setting:
    name: str
    default: Any
    """Its type is the setting's."""
    meaning: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


TABLE: tuple[Setting, ...] = (
    Setting("language", "en", "the language spoken and understood"),
    Setting("voice", "", "the synthesiser's voice; empty for the language's own"),
    Setting("rate", 175, "words a minute", 80, 450),
    Setting("count_rate", 250, "words a minute of counts", 80, 450),
    Setting("pitch", 50, "the voice's pitch", 0, 100),
    Setting("volume", 80, "how loud the coach speaks, in percent", 5, 100),
    Setting("verbosity", "coach", "how much is said", choices=("coach", "counts", "sounds")),
    Setting("settle", 15, "seconds after the briefing until a set starts by itself", 0, 600),
    Setting("microphone", "", "input device, by name or number; empty for the system's"),
    Setting("loudspeaker", "", "output device, by name or number; empty for the system's"),
    Setting("model", "", "speech model's name; empty for the best one installed"),
    Setting("wake", "", "a phrase without which commands do not count; empty for none"),
    Setting("ask_effort", True, "ask how hard it was after each exercise"),
)
