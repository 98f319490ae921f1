"""Devices that stop, and come back, on a sound system of threads."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from coach.audio.duplex import Live
from coach.audio.routing import Led
from coach.audio.streams import Loudspeaker, Microphone
from coach.errors import DeviceLost
from tests.audio.test_waking import Threads


@pytest.fixture
def system() -> Threads:
    return Threads()


@pytest.fixture
def live(system: Threads) -> Iterator[Live]:
    device = Live(system, {Loudspeaker.part: "", Microphone.part: ""})
    yield device
    device.close()


def exchange(live: Live, blocks: int) -> None:
    for _ in range(blocks):
        live.exchange(np.zeros(live.block, np.float32))


def back(live: Live) -> None:
    """Go on without the device until it is back."""
    for _ in range(3_000):
        if live.again() is live:
            return
        live.exchange(np.zeros(live.block, np.float32))
    raise AssertionError("it did not come back")


@pytest.mark.parametrize("part", ["loudspeaker", "microphone"])
def test_a_device_that_stops_is_told_once_gone_on_without_and_taken_again(
    live: Live, system: Threads, part: str
) -> None:
    system.devices[Microphone.part].brings = np.float32(0.1)
    exchange(live, 20)
    system.unplugged.add(part)
    system.devices[part].close()  # no callback comes any more, and nobody says so
    with pytest.raises(DeviceLost, match=f"The {part} has gone"):
        exchange(live, 4_000)
    assert live.stand_in() is live
    exchange(live, 3)
    before = system.devices[part]
    system.unplugged.clear()
    back(live)
    assert system.devices[part] is not before
    exchange(live, 3)


def test_without_a_microphone_nothing_is_heard(system: Threads) -> None:
    live = Live(system, {Loudspeaker.part: ""})
    heard = live.exchange(np.zeros(live.block, np.float32))
    assert not live.hears
    assert not len(heard.mic)
    assert live.again() is live
    live.close()


def test_without_a_loudspeaker_a_timer_paces_the_blocks(system: Threads) -> None:
    live = Live(system, {Microphone.part: ""})
    system.devices[Microphone.part].brings = np.float32(0.1)
    exchange(live, 5)
    assert live.hears
    assert live.missed == 0
    live.close()


def test_a_microphone_that_brings_nothing_but_silence_is_lost_once_the_coach_has_spoken(
    live: Live, system: Threads
) -> None:
    def speak() -> None:
        for n in range(1_500):
            live.exchange(0.3 * np.sin(np.arange(n * live.block, (n + 1) * live.block) / 5).astype(np.float32))

    with pytest.raises(DeviceLost, match="nothing but silence"):
        speak()


def test_a_microphone_that_hangs_at_a_value_is_lost_until_it_brings_something_new(live: Live, system: Threads) -> None:
    system.devices[Microphone.part].brings = np.float32(0.1)
    with pytest.raises(DeviceLost, match="again and again"):
        exchange(live, 1_500)
    live.exchange(np.zeros(live.block, np.float32))
    assert not live.hears
    system.brings = np.float32(0.1)
    for _ in range(200):
        assert live.again() is None
        live.exchange(np.zeros(live.block, np.float32))
    system.devices[Microphone.part].hiss = 0.1
    back(live)
    assert live.hears


@pytest.mark.parametrize("told", [True, False])
def test_a_loudspeaker_whose_stream_is_dead_is_opened_again_within_the_block(
    live: Live, system: Threads, told: bool
) -> None:
    """On a busy machine PortAudio ends streams whose device is well, or they hang: that is no lost loudspeaker."""
    exchange(live, 20)
    before = system.devices[Loudspeaker.part]
    before.end() if told else before.close()
    exchange(live, 4)
    live.exchange(np.zeros(live.block, np.float32))
    assert system.devices[Loudspeaker.part] is not before
    assert live.missed > 0, "how long it took is told"
    exchange(live, 20)


def test_what_was_missed_goes_on_to_count_when_a_device_is_back(live: Live, system: Threads) -> None:
    system.devices[Microphone.part].brings = np.float32(0.1)
    exchange(live, 20)
    system.devices[Loudspeaker.part].end()
    exchange(live, 2)
    missed = live.missed
    system.devices[Microphone.part].close()
    with pytest.raises(DeviceLost):
        exchange(live, 4_000)
    back(live)
    exchange(live, 3)
    assert live.missed >= missed > 0


def test_a_microphone_that_became_the_loudspeakers_own_sound_is_lost_until_it_is_one_again(
    live: Live, system: Threads
) -> None:
    system.devices[Microphone.part].brings = np.float32(0.1)
    exchange(live, 20)
    system.is_led = Led(hears_itself=True)
    with pytest.raises(DeviceLost, match="the coach's own sound"):
        exchange(live, 1_000)
    exchange(live, 100)
    assert live.again() is None
    system.is_led = Led()
    back(live)
    assert live.hears


def test_a_loudspeaker_in_whose_place_the_server_plays_to_nobody_is_lost_until_there_is_one(
    live: Live, system: Threads
) -> None:
    system.devices[Microphone.part].hiss = 0.1
    exchange(live, 20)
    system.is_led = Led(plays_to_nobody=True)
    system.unplugged.add(Loudspeaker.part)
    with pytest.raises(DeviceLost, match="goes nowhere") as lost:
        exchange(live, 1_000)
    assert lost.value.device == Loudspeaker.part
    assert live.again() is None
    exchange(live, 100)
    assert live.hears
    system.is_led = Led()
    system.unplugged.clear()
    back(live)
    exchange(live, 300)
