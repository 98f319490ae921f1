"""Places clips at samples and mixes them, a block at a time. Its sample count is the workout's clock.

Who gives way, at the very sample where the newcomer starts:

    a line              cuts what sounds of a lower or the same priority
    a count             also starts under an answer or a word of safety, which dips for it: a count is never dropped
    any other line      that would start while a higher one sounds is dropped
    a clip without a label (a tone) is no line: it is mixed in, cuts nothing and is cut by nothing but a hush
"""

from __future__ import annotations

import bisect
from typing import NamedTuple

import numpy as np

from coach.audio.clip import Clip, Samples
from coach.audio.loudness import gain_of
from coach.language.delivery import Priority

FADE = 0.02
"""Seconds in which a line that is cut falls silent."""

_DUCKED = gain_of(-18)
_DUCK_DOWN, _DUCK_UP = 0.025, 0.150
_DIPPED = gain_of(-12)
_KNEE = 0.85  # from here on peaks are bent, so that sums of clips approach full scale and never reach it


class Finished(NamedTuple):
    """A line that has ended. Dropped before a sound of it was heard: `start` equals `end`, and `cut` is true."""

    label: str
    start: int
    end: int
    priority: Priority
    cut: bool


class Mixer:
    """All positions are samples of the loudspeaker since the first block."""

    def __init__(self, rate: int, block: int) -> None:
        self.rate = rate
        self.block = block
        self.position = 0
        """The first sample of the block that `next` will return."""
        self._waiting: list[_Voice] = []
        self._sounding: list[_Voice] = []
        self._finished: list[Finished] = []
        self._duck = _Envelope(1.0)
        self._volume = _Envelope(1.0)
        self._silence = np.zeros(block, np.float32)
        self._silence.flags.writeable = False

    def play(self, clip: Clip, at: int, priority: Priority, label: str | None = None, gain: float = 1.0) -> None:
        """Have the clip's first sample sound at `at`; at once, where that has passed."""
        if clip.rate != self.rate:
            raise ValueError(f"a clip of {clip.rate} samples a second for a mixer of {self.rate}")
        voice = _Voice(clip.samples, max(at, self.position), priority, label, gain)
        bisect.insort(self._waiting, voice, key=lambda v: v.start)

    def hush(self, at: int) -> None:
        """Fade out what sounds at `at`, and forget what was placed before this call and has not begun by then."""
        at = max(at, self.position)
        self._begin(at)
        for voice in self._waiting:
            self._drop(voice)
        self._waiting.clear()
        for voice in self._sounding:
            voice.cut(at, self._samples(FADE))

    def duck(self, on: bool) -> None:
        """From the next block on: everything 18 dB lower, so that the athlete can be heard; or back."""
        if on:
            self._duck.to(self.position, _DUCKED, self._samples(_DUCK_DOWN))
        else:
            self._duck.to(self.position, 1.0, self._samples(_DUCK_UP))

    def volume(self, level: float) -> None:
        """How loud everything is from the next block on: a factor on the samples, 0 to 1."""
        self._volume.to(self.position, min(1.0, max(0.0, level)), self._samples(FADE))

    def next(self) -> Samples:
        """The next block. Do not write into it."""
        start, end = self.position, self.position + self.block
        self._begin(end)
        mixed = self._mixed(start, end) if self._sounding else self._silence
        self.position = end
        self._end(end)
        return mixed

    @property
    def sounding(self) -> bool:
        """Whether anything is heard, or placed to be heard later."""
        return bool(self._sounding or self._waiting)

    @property
    def line(self) -> str | None:
        """The line being said in the last block, the latest where there are two; None where there is none."""
        return next((voice.label for voice in reversed(self._sounding) if voice.label is not None), None)

    def finished(self) -> list[Finished]:
        """The lines that have ended since the last call."""
        finished, self._finished = self._finished, []
        return finished

    def _begin(self, until: int) -> None:
        """Let every clip that starts before `until` start, in order, and make the others give way."""
        while self._waiting and self._waiting[0].start < until:
            voice = self._waiting.pop(0)
            if voice.label is None or self._gives_way(voice):
                self._sounding.append(voice)

    def _gives_way(self, newcomer: _Voice) -> bool:
        """Make what sounds give way to the newcomer; False, and it is dropped, where it has to give way itself."""
        at, fade = newcomer.start, self._samples(FADE)
        rivals = [v for v in self._sounding if v.label is not None and v.start <= at < v.end]
        higher = [v for v in rivals if v.priority > newcomer.priority]
        if higher and newcomer.priority != Priority.COUNT:
            self._drop(newcomer)
            return False
        for rival in rivals:
            if rival in higher:
                rival.envelope.to(at, _DIPPED, fade)
                rival.envelope.then(newcomer.end, 1.0, self._samples(_DUCK_UP))
            else:
                rival.cut(at, fade)
        return True

    def _mixed(self, start: int, end: int) -> Samples:
        mixed = np.zeros(end - start, np.float32)
        for voice in self._sounding:
            first, last = max(start, voice.start), min(end, voice.end)
            if first < last:
                piece = voice.samples[first - voice.start : last - voice.start]
                mixed[first - start : last - start] += piece * (voice.gain * voice.envelope.over(first, last))
        mixed *= self._duck.over(start, end) * self._volume.over(start, end)
        return _limited(mixed)

    def _end(self, now: int) -> None:
        for voice in self._sounding:
            if voice.end <= now and voice.label is not None:
                self._finished.append(Finished(voice.label, voice.start, voice.end, voice.priority, voice.was_cut))
        self._sounding = [voice for voice in self._sounding if voice.end > now]

    def _drop(self, voice: _Voice) -> None:
        if voice.label is not None:
            self._finished.append(Finished(voice.label, voice.start, voice.start, voice.priority, True))

    def _samples(self, seconds: float) -> int:
        return round(seconds * self.rate)


class _Voice:
    """One clip in the mix, from `start` up to `end`."""

    def __init__(self, samples: Samples, start: int, priority: Priority, label: str | None, gain: float) -> None:
        self.samples = samples
        self.start = start
        self.end = start + len(samples)
        self.priority = priority
        self.label = label
        self.gain = np.float32(gain)
        self.envelope = _Envelope(1.0)
        self.was_cut = False

    def cut(self, at: int, fade: int) -> None:
        fade = fade if at > self.start else 0
        if at + fade < self.end:
            self.envelope.to(at, 0.0, fade)
            self.end = at + fade
            self.was_cut = True


class _Envelope:
    """A gain over time, made of straight lines."""

    def __init__(self, gain: float) -> None:
        self._at: list[int] = [0]
        self._gain: list[float] = [gain]

    def to(self, at: int, gain: float, length: int) -> None:
        """Reach `gain` `length` samples after `at`; whatever was planned for later is off."""
        now = float(np.interp(at, self._at, self._gain))
        keep = bisect.bisect_left(self._at, at)
        self._at[keep:] = [at, at + length]
        self._gain[keep:] = [now, gain]

    def then(self, at: int, gain: float, length: int) -> None:
        """Once the lines so far are through: hold until `at`, then reach `gain`."""
        at = max(at, self._at[-1])
        self._at += [at, at + length]
        self._gain += [self._gain[-1], gain]

    def over(self, start: int, end: int) -> Samples | np.float32:
        """The gain at each sample, or the one gain there is; never ask for an earlier sample afterwards."""
        if start >= self._at[-1]:
            self._at, self._gain = self._at[-1:], self._gain[-1:]
            return np.float32(self._gain[0])
        return np.interp(np.arange(start, end), self._at, self._gain).astype(np.float32)


def _limited(samples: Samples) -> Samples:
    over = np.abs(samples) > _KNEE
    if over.any():
        room = 1 - _KNEE
        bent = _KNEE + room * np.tanh((np.abs(samples[over]) - _KNEE) / room)
        samples[over] = np.copysign(bent, samples[over]).astype(np.float32)
    return samples
