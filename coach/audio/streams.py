"""PortAudio streams that only move samples to and from ring buffers. What opens them is handed in by device.py."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

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
