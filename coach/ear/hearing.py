"""What the ear makes of a recording: `coach hear`."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np

from coach.audio.clip import BLOCK_SECONDS, EAR_RATE, Samples
from coach.ear.ear import Decision, Ear
from coach.errors import CoachError
from coach.language import Language

_LEAD_IN = 1.5
"""Seconds that the ear hears the room before a recording."""
_TAIL = 1.0
"""Seconds of silence after a recording, so that its last word is heard to end."""


def hear(sound: Samples, ear: Ear, played: Samples | None = None) -> list[Decision]:
    """Decisions about a whole recording at EAR_RATE, times from its start; `played` is what the loudspeaker played.

    Recordings may begin in the middle of a word. In a workout the ear has known the room for a while before anybody
    speaks; so here it first hears _LEAD_IN seconds of noise as soft as the recording's softest moments.
    """
    block = round(BLOCK_SECONDS * EAR_RATE)
    before = round(_LEAD_IN / BLOCK_SECONDS)
    blocks = before - (-(len(sound) + round(_TAIL * EAR_RATE)) // block)
    mic, reference = np.zeros((2, blocks * block), np.float32)
    lead_in = before * block
    mic[:lead_in] = _softest(sound) * np.random.default_rng(0).standard_normal(lead_in, np.float32)
    mic[lead_in : lead_in + len(sound)] = sound
    if played is not None:
        known = min(len(played), len(reference) - lead_in)
        reference[lead_in : lead_in + known] = played[:known]
    heard: list[Decision] = []
    for start in range(0, len(mic), block):
        part = slice(start, start + block)
        happened = ear.feed(mic[part], reference[part], (start - lead_in) / EAR_RATE)
        heard += [it for it in happened if isinstance(it, Decision)]
    return heard


def _softest(sound: Samples) -> np.float32:
    """The root mean square of the softest twentieth of a recording; 0 for an empty one."""
    frame = round(BLOCK_SECONDS * EAR_RATE)
    frames = sound[: len(sound) // frame * frame].reshape(-1, frame)
    if not len(frames):
        return np.float32(0)
    return np.float32(np.percentile(np.sqrt(np.mean(frames**2, axis=1)), 5))


def hear_file(path: Path, ear: Ear, language: Language, played: Path | None = None) -> list[dict[str, Any]]:
    """The records of `coach hear --json` for one WAV file. Raises CoachError when a file cannot be read."""
    decisions = hear(read_wav(path), ear, read_wav(played) if played else None)
    return [_record(decision, language) for decision in decisions]


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


def read_wav(path: Path) -> Samples:
    """A WAV file of any rate, channels and sample format, as mono sound at EAR_RATE. Raises CoachError.

    The standard library's reader knows neither floating point nor the extensible header, which recorders write.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CoachError(f"{path} cannot be read: {error.strerror}.") from error
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise CoachError(f"{path} is not a WAV file.", "ffmpeg -i IN out.wav makes one.")
    header, at = None, 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        body = data[at + 8 : at + 8 + size]
        if name == b"fmt " and len(body) >= 16:
            kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
            if kind == 0xFFFE and len(body) >= 26:
                (kind,) = struct.unpack_from("<H", body, 24)
            header = (kind, channels, rate, bits)
        elif name == b"data" and header:
            return _to_ear_rate(_samples(body, *header, path), header[2])
        at += 8 + size + size % 2
    raise CoachError(f"{path} is a WAV file without sound in it.")


def _samples(body: bytes, kind: int, channels: int, rate: int, bits: int, path: Path) -> Samples:
    width = bits // 8
    if kind not in (1, 3) or width not in (1, 2, 3, 4, 8) or not channels or not 1000 <= rate <= 384_000:
        raise CoachError(f"{path} is a WAV file of a kind that is not understood.", "Save it as 16-bit PCM.")
    body = body[: len(body) // (width * channels) * (width * channels)]
    if kind == 3:
        sound = np.frombuffer(body, f"<f{width}").astype(np.float32)
    elif width == 1:
        sound = (np.frombuffer(body, np.uint8) - np.float32(128)) / np.float32(128)
    elif width == 3:
        whole = np.zeros((len(body) // 3, 4), np.uint8)
        whole[:, 1:] = np.frombuffer(body, np.uint8).reshape(-1, 3)
        sound = whole.view("<i4")[:, 0].astype(np.float32) / np.float32(2**31)
    else:
        sound = np.frombuffer(body, f"<i{width}").astype(np.float32) / np.float32(2 ** (bits - 1))
    mono: Samples = sound.reshape(-1, channels).mean(axis=1, dtype=np.float32)
    return mono


def _to_ear_rate(sound: Samples, rate: int) -> Samples:
    if rate == EAR_RATE:
        return sound
    import soxr

    resampled: Samples = soxr.resample(sound, rate, EAR_RATE).astype(np.float32)
    return resampled
