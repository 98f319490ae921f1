"""Live on a sound system of threads: no PortAudio, and faster than real time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pytest

from coach import errors
from coach.audio.clip import EAR_RATE, Samples
from coach.audio.duplex import Live
from coach.audio.routing import Led
from coach.audio.streams import Loudspeaker, Microphone, Stream

RATE = 16_000


class Device:
    """A stream whose thread calls back for 10 ms of sound every half a millisecond."""

    def __init__(
        self,
        *,
        blocksize: int,
        channels: int,
        callback: Callable[..., None],
        finished_callback: Callable[[], None],
        **_: Any,
    ) -> None:
        self._shape = (blocksize, channels)
        self._callback, self._finished = callback, finished_callback
        self._open = True
        self.played: list[Samples] = []
        self.brings = np.float32(0)
        self.hiss = 0.0
        """How much it changes around that."""
        self.flags: str | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._open = False
        self._thread.join()

    def end(self) -> None:
        """As PortAudio ends a stream by itself."""
        self.close()
        self._finished()

    def _run(self) -> None:
        chance = np.random.default_rng()
        while self._open:
            data = self.brings + np.float32(self.hiss) * chance.standard_normal(self._shape, np.float32)
            self._callback(data, len(data), None, self.flags)
            self.played.append(data[:, 0].copy())
            time.sleep(0.0005)


class Threads:
    """A sound system of such devices."""

    def __init__(self) -> None:
        self.devices: dict[str, Device] = {}
        self.unplugged: set[str] = set()
        self.given_up = False
        self.is_led = Led()
        self.brings = np.float32(0)
        """What a device brings that is opened from now on."""

    def open(
        self, names: dict[errors.Device, str], rate: int | None = None, first: Samples | None = None
    ) -> dict[errors.Device, Any]:
        for part in names:
            if part in self.unplugged:
                raise errors.DeviceTrouble(f"There is no {part}.", device=part)
        streams: dict[errors.Device, Any] = {part: self._opened(part) for part in names}
        if first is not None:
            streams[Loudspeaker.part].queue.put(first)
        return streams

    def close(self, streams: Iterable[Stream]) -> None:
        for stream in streams:
            stream.close()

    def renew(self) -> None: ...

    def give_up(self) -> None:
        self.given_up = True

    def led(self) -> Led:
        return self.is_led

    def _opened(self, part: str) -> Stream:
        def device(**settings: Any) -> Device:
            self.devices[part] = Device(**settings)
            self.devices[part].brings = self.brings
            return self.devices[part]

        return (Loudspeaker if part == Loudspeaker.part else Microphone)(device, 0, [RATE])


@pytest.fixture
def system() -> Threads:
    return Threads()


@pytest.fixture
def live(system: Threads) -> Iterator[Live]:
    device = Live(system, {Loudspeaker.part: "", Microphone.part: ""})
    yield device
    device.close()


def test_a_second_of_near_silence_wakes_a_loudspeaker_before_its_first_sound(live: Live, system: Threads) -> None:
    for _ in range(20):
        live.exchange(np.full(live.block, 0.5, np.float32))
    sound = np.concatenate(system.devices[Loudspeaker.part].played)
    first = int(np.argmax(sound > 0.4))
    before = sound[first - RATE : first]
    assert 0 < np.abs(before).max() < 1e-3
    assert np.count_nonzero(before) > 0.99 * RATE


def test_what_wakes_it_lies_before_the_beginning_of_the_clock(live: Live) -> None:
    heard = [live.exchange(np.full(live.block, 0.5, np.float32)) for _ in range(100)]
    times = [at for block in heard for at in block.at + np.flatnonzero(block.played > 0.4) / EAR_RATE]
    assert times
    assert min(times) == pytest.approx(0, abs=0.021)


def test_another_conversation_begins_at_0_and_the_silence_before_it_is_nothing_missed(live: Live) -> None:
    assert not live.begin(), "nothing is known yet of where the echo comes"
    for _ in range(50):
        live.exchange(np.zeros(live.block, np.float32))
    time.sleep(0.05)  # a second of the loudspeaker's
    assert live.begin()
    heard = [live.exchange(np.full(live.block, 0.5, np.float32)) for _ in range(100)]
    times = [at for block in heard for at in block.at + np.flatnonzero(block.played > 0.4) / EAR_RATE]
    assert min(times) == pytest.approx(0, abs=0.021)
    assert live.missed < live.rate / 2


def test_a_sample_that_is_no_number_is_silence(live: Live, system: Threads) -> None:
    for value in (np.nan, np.inf, 0.25):
        system.devices[Microphone.part].brings = np.float32(value)
        heard = np.concatenate([live.exchange(np.zeros(live.block, np.float32)).mic for _ in range(80)])
        assert np.isfinite(heard).all()
    assert heard.max() == pytest.approx(0.25, abs=0.01)


def test_a_loudspeaker_is_opened_beside_the_microphone_and_given_back(system: Threads) -> None:
    live = Live(system, {Microphone.part: ""})
    try:
        live.exchange(np.zeros(live.block, np.float32))
        assert Loudspeaker.part not in system.devices
        tone = np.full(live.rate // 10, 0.5, np.float32)
        live.open_loudspeaker("", tone)
        live.begin()
        heard = [live.exchange(np.full(live.block, 0.25, np.float32)) for _ in range(20)]
        sound = np.concatenate(system.devices[Loudspeaker.part].played)
        first, word = int(np.argmax(sound > 0.4)), int(np.argmax((sound > 0.2) & (sound < 0.3)))
        assert word - first == len(tone) + live.rate, "the tone at once, then a second of what wakes it"
        assert max(len(block.mic) for block in heard) > 0
        live.close_loudspeaker()
        played = len(system.devices[Loudspeaker.part].played)
        live.exchange(np.zeros(live.block, np.float32))
        assert len(system.devices[Loudspeaker.part].played) == played
        assert live.hears
    finally:
        live.close()
