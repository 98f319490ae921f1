"""What the ear makes of a recording: `coach hear`."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from coach.audio.clip import BLOCK_SECONDS, EAR_RATE, Samples
from coach.audio.wav import header
from coach.ear.decision import Decision
from coach.ear.ear import Ear
from coach.language import Language

_LEAD_IN = 1.5
"""Seconds that the ear hears the room before a recording."""
_TAIL = 1.0
"""Seconds of silence after a recording, so that its last word is heard to end."""


def hear(sound: Samples, ear: Ear, played: Samples | None = None) -> list[Decision]:
    """Decisions about a whole recording at EAR_RATE, times from its start; `played` is what the loudspeaker played."""
    reference = () if played is None else (played,)
    return list(_decisions(_softest([sound]), [sound], reference, ear))


def hear_file(path: Path, ear: Ear, language: Language, played: Path | None = None) -> list[dict[str, Any]]:
    """The records of `coach hear --json` for one WAV file. Raises CoachError when a file cannot be read.

    The file is read twice and never held as a whole, so that it may be as long as it likes.
    """
    wav = header(path)
    softest = _softest(wav.resampled(EAR_RATE))
    reference = header(played).resampled(EAR_RATE) if played else ()
    return [_record(it, language) for it in _decisions(softest, wav.resampled(EAR_RATE), reference, ear)]


def _decisions(
    softest: np.float32, sound: Iterable[Samples], played: Iterable[Samples], ear: Ear
) -> Iterator[Decision]:
    """Recordings may begin in the middle of a word. In a workout the ear has known the room for a while before anybody
    speaks; so here it first hears _LEAD_IN seconds of noise as soft as the recording's softest moments.
    """
    lead_in = softest * np.random.default_rng(0).standard_normal(round(_LEAD_IN * EAR_RATE), np.float32)
    after = np.zeros(round(_TAIL * EAR_RATE), np.float32)
    mic = _blocks(itertools.chain([lead_in], sound, [after]))
    reference = _blocks(itertools.chain([np.zeros_like(lead_in)], played))
    for n, block in enumerate(mic):
        happened = ear.feed(block, next(reference, np.zeros_like(block)), n * BLOCK_SECONDS - _LEAD_IN)
        yield from (it for it in happened if isinstance(it, Decision))


def _blocks(sound: Iterable[Samples]) -> Iterator[Samples]:
    """The sound in blocks of BLOCK_SECONDS, the last one filled with silence."""
    size = round(BLOCK_SECONDS * EAR_RATE)
    left = np.zeros(0, np.float32)
    for part in sound:
        left = np.concatenate((left, part))
        whole = len(left) // size * size
        yield from left[:whole].reshape(-1, size)
        left = left[whole:]
    if len(left):
        yield np.concatenate((left, np.zeros(size - len(left), np.float32)))


def _softest(sound: Iterable[Samples]) -> np.float32:
    """The root mean square of the softest twentieth of a recording; 0 for an empty one."""
    levels = [np.sqrt(np.mean(block**2)) for block in _blocks(sound)]
    return np.float32(np.percentile(levels[:-1] or levels or [0.0], 5))


def _record(decision: Decision, language: Language) -> dict[str, Any]:
    order = language.order(decision.text) if decision.accepted else None
    command = None if order is None else order.command.value
    return {
        "text": decision.text,
        "command": command,
        **({"number": order.number} if order and order.number is not None else {}),
        "accepted": decision.accepted,
        "reason": decision.reason,
        "start": round(max(0.0, decision.start), 3),
        "end": round(decision.end, 3),
        "decided": round(decision.decided, 3),
    }
