"""PortAudio streams that only move samples to and from ring buffers. What opens them is handed in by device.py."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import numpy as np

from coach.audio.clip import Samples, without_faults
from coach.audio.ring import Ring
from coach.errors import Device, DeviceTrouble

Open = Callable[..., Any]
"""sounddevice.InputStream or .OutputStream."""

_LATENCY = 0.1
_RING = 4.0
"""Seconds that a ring holds: what the loop may stand still without losing sound."""

AHEAD, AHEAD_MOST = 0.06, 0.16
"""Seconds of sound that wait for the loudspeaker; the loop may be so late. More each time that was too little."""

_FLOWING = 0.2
_PATIENCE = 4.0
"""A fresh sound server lets a stream open, moves one buffer of it, and then nothing for some two seconds. A stream
counts as open once it has moved _FLOWING seconds of sound, and as failed when it has not within _PATIENCE."""


class Stream:
    """What both kinds share. Callbacks come in bursts: samples are counted, never the time of a callback."""

    part: ClassVar[Device]

    def __init__(self, open_stream: Open, number: int, rates: Sequence[int]) -> None:
        """Open device `number` at the first of `rates` that it takes, with one channel or else two; start it.

        Raises the last of PortAudio's errors where it takes none.
        """
        self.frames = 0
        """Samples moved so far."""
        self.troubles = 0
        """Callbacks that PortAudio flagged: sound was lost on its side."""
        self.ended = False
        """PortAudio has given the stream up. One that hangs does not end."""
        self.moved = threading.Event()
        """Set by every callback; the loop clears it."""
        self._stream, self.rate = self._opened(open_stream, number, rates)
        self._prepare()
        self._stream.start()

    def wait_until_flowing(self) -> None:
        """Block until the first callback has come. Raises DeviceTrouble where none does."""
        deadline = time.monotonic() + _PATIENCE
        while self.frames < _FLOWING * self.rate:
            if self.ended or time.monotonic() > deadline:
                raise DeviceTrouble(f"The {self.part} opens, but no sound moves.", device=self.part)
            time.sleep(0.005)

    @property
    def latency(self) -> float:
        """Seconds that PortAudio believes sound takes between the ring and the air."""
        return float(self._stream.latency)

    def close(self) -> None:
        """May block for as long as the sound server hangs, or for ever after it died."""
        self._stream.close()

    def _opened(self, open_stream: Open, number: int, rates: Sequence[int]) -> tuple[Any, int]:
        trouble: Exception | None = None
        for rate in rates:
            for channels in (1, 2):
                try:
                    stream = open_stream(
                        device=number,
                        samplerate=rate,
                        blocksize=rate // 100,
                        channels=channels,
                        dtype="float32",
                        latency=_LATENCY,
                        callback=self._callback,
                        finished_callback=self._finished,
                    )
                except Exception as refused:  # PortAudioError, which is sounddevice's; ValueError for its arguments
                    trouble = refused
                else:
                    return stream, rate
        raise trouble or ValueError("no rates to try")

    def _prepare(self) -> None:
        raise NotImplementedError

    def _callback(self, data: Any, frames: int, _: Any, status: Any) -> None:
        self._move(data)
        self.frames += frames
        self.troubles += bool(status)
        self.moved.set()

    def _move(self, data: Any) -> None:
        raise NotImplementedError

    def _finished(self) -> None:
        self.ended = True
        self.moved.set()


class Loudspeaker(Stream):
    """Plays what is put into `queue`, silence where there is nothing, and keeps what it played in `played`."""

    part: ClassVar[Device] = "loudspeaker"

    def _prepare(self) -> None:
        self.queue = Ring(round(_RING * self.rate))
        self.played = Ring(round(_RING * self.rate))
        self.missed = 0
        """Samples of silence played because the queue was empty."""

    def _move(self, data: Any) -> None:
        sound: Samples = data[:, 0]
        n = self.queue.take_into(sound)
        sound[n:] = 0
        data[:, 1:] = data[:, :1]
        self.missed += len(sound) - n
        self.played.put(sound)

    def close(self) -> None:
        """Play out what is queued here and in PortAudio, by as much silence after it; then stop."""
        until = self.frames + len(self.queue) + round(1.5 * _LATENCY * self.rate)
        deadline = time.monotonic() + AHEAD_MOST + 2 * _LATENCY
        while self.frames < until and not self.ended and time.monotonic() < deadline:
            time.sleep(0.005)
        super().close()


class Microphone(Stream):
    """Keeps what it hears in `heard`."""

    part: ClassVar[Device] = "microphone"

    def _prepare(self) -> None:
        self.heard = Ring(round(_RING * self.rate))

    def _move(self, data: Any) -> None:
        self.heard.put(without_faults(data[:, 0]))


class Stillness:
    """Watches for a microphone whose signal never changes: muted, unplugged behind the server's back, or a dummy.

    Exact silence alone is no proof, for some systems suppress noise and bring it between words; that the coach speaks
    and nothing moves the microphone is. Not where it has brought sound before, but mostly none of the coach's: then a
    gate lets through what is near, and the coach is not.
    """

    _SECONDS, _PLAYED = 10.0, 3.0
    """Seconds without a change, and seconds of coach in them: a first line may be late and soft."""
    _USED_SECONDS, _USED_PLAYED = 5.0, 1.5
    """The same for a microphone that the coach has always moved: four counts of a set."""
    _LATE = 0.3
    """Seconds by which the coach may come late, in a room that is silent but for it."""
    _AUDIBLE = 0.01
    _CARRIED = 0.3
    """Seconds of sound that are more than a click of a switch."""

    def __init__(self) -> None:
        self.last_value: float | None = None
        self._still = 0.0
        self._played = 0.0
        self._carried = 0.0
        """Seconds that were not still, ..."""
        self._moved = self._unmoved = 0.0
        """... and seconds of coach that were not, and that were."""

    def proven(self, heard: Samples, rate: int, played: Samples, seconds: float) -> bool:
        """Whether it is certain by now, after `heard`, while a block of so many seconds was played."""
        moved = False
        if len(heard):
            value = float(heard[0])
            moved = value != self.last_value or bool(np.any(heard != value))
            if not moved:
                self._still += len(heard) / rate
            else:
                if self.last_value is not None:
                    self._carried += len(heard) / rate
                self._unmoved += max(0.0, self._played - self._LATE)
                self._still = self._played = 0.0
                self.last_value = float(heard[-1])
        if np.max(np.abs(played), initial=0.0) > self._AUDIBLE:
            if moved:
                self._moved += seconds
            else:
                self._played += seconds
        return self._silent_for_too_long()

    def _silent_for_too_long(self) -> bool:
        if self._carried < self._CARRIED:
            return self._still > self._SECONDS and self._played > self._PLAYED
        follows = self._moved > 1.0 and self._moved > 3 * self._unmoved
        return follows and self._still > self._USED_SECONDS and self._played > self._USED_PLAYED
