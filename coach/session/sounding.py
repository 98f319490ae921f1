"""How the coach sounds after "louder", "talk slower" or "another voice": in a workout, and in the talks around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coach.language import Language
from coach.language.commands import Command
from coach.session.modes import Manner

LOUDNESS_STEP = 0.1
RATE_STEP = 1.15
RATES = (80, 450)
"""Words a minute, at least and at most."""
PITCH_STEP = 10
PITCHES = (0, 100)

LOUDNESS: Mapping[Command, float] = {Command.LOUDER: LOUDNESS_STEP, Command.QUIETER: -LOUDNESS_STEP}
VOICE = (
    Command.TALK_SLOWER,
    Command.TALK_FASTER,
    Command.HIGHER_VOICE,
    Command.DEEPER_VOICE,
    Command.ANOTHER_VOICE,
)
FARTHEST: Mapping[Command, str] = {Command.LOUDER: "answer.loudest", Command.QUIETER: "answer.quietest"}
"""The line that says that it goes no further, where it is not `answer.sounds_same`."""


def otherwise(command: Command, manner: Manner, language: Language) -> Manner | None:
    """The manner after one of these commands; None where it goes no further."""
    rate, pitch, volume = manner.rate, manner.pitch, manner.volume
    match command:
        case Command.LOUDER | Command.QUIETER:
            volume = round(volume + LOUDNESS[command], 2)
        case Command.TALK_FASTER:
            rate = round(rate * RATE_STEP)
        case Command.TALK_SLOWER:
            rate = round(rate / RATE_STEP)
        case Command.HIGHER_VOICE:
            pitch += PITCH_STEP
        case Command.DEEPER_VOICE:
            pitch -= PITCH_STEP
        case Command.ANOTHER_VOICE:
            return replace(manner, voice=_following(manner.voice or language.voice, language.voices))
    within = LOUDNESS_STEP <= volume <= 1 and RATES[0] <= rate <= RATES[1] and PITCHES[0] <= pitch <= PITCHES[1]
    return replace(manner, rate=rate, pitch=pitch, volume=volume) if within else None


def _following(now: str, voices: Sequence[str]) -> str:
    return voices[(voices.index(now) + 1) % len(voices)] if now in voices else voices[0]
