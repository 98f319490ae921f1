"""Sound that was lost on its way: flags and counts, together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from coach.audio.clip import EAR_RATE
from coach.audio.duplex import Live
from coach.audio.losses import FLAGGED, Losses
from coach.audio.pairing import Pairing
from coach.audio.streams import Loudspeaker, Microphone
from tests.audio.test_waking import Threads

BLOCK = np.zeros(320, np.float32)


@pytest.fixture
def system() -> Threads:
    return Threads()


@pytest.fixture
def live(system: Threads) -> Iterator[Live]:
    device = Live(system, {Loudspeaker.part: "", Microphone.part: ""})
    yield device
    device.close()


def test_a_flag_is_a_gap_and_what_the_counts_show_after_it_is_certain() -> None:
    losses = Losses()
    assert losses.look(1.00, flags=0, lost=0) == (False, 0.0)
    assert losses.look(1.02, flags=1, lost=0) == (True, 0.0)
    assert losses.look(1.04, flags=1, lost=0) == (False, 0.0)
    assert losses.look(2.64, flags=1, lost=EAR_RATE // 2) == (True, 0.5)


def test_what_the_counts_show_without_a_flag_is_a_gap_but_not_certain() -> None:
    assert Losses().look(1.0, flags=0, lost=EAR_RATE) == (True, 0.0)


def test_a_system_that_flags_all_the_time_is_a_gap_once() -> None:
    losses = Losses()
    looks = [losses.look(block * 0.02, flags=block, lost=0)[0] for block in range(1, 3_000)]
    assert looks[0]
    assert not any(looks[1:])
    later = 60 + FLAGGED
    assert losses.look(later, flags=3_000, lost=0)[0], "after a time without one the next counts"


def test_what_was_lost_is_counted_anew_where_both_sides_are_aligned_anew() -> None:
    losses = Losses()
    losses.look(1.0, flags=1, lost=EAR_RATE)
    losses.begin(flags=4)
    assert losses.look(1.02, flags=4, lost=0) == (False, 0.0)


def even(pairing: Pairing, takes: int = 200) -> None:
    for _ in range(takes):
        pairing.played(BLOCK)
        pairing.heard(BLOCK)
        pairing.take()


@pytest.mark.parametrize("blocks", [5, 40])
@pytest.mark.parametrize("side", ["heard", "played"])
def test_what_one_side_lost_is_known_to_a_block(blocks: int, side: str) -> None:
    pairing = Pairing()
    even(pairing)
    for _ in range(blocks):  # of the other side alone
        getattr(pairing, "played" if side == "heard" else "heard")(BLOCK)
        pairing.take()
    even(pairing)
    assert abs(pairing.lost - blocks * len(BLOCK)) <= len(BLOCK)


def test_a_side_that_runs_ahead_for_a_while_has_lost_no_more_than_that() -> None:
    pairing = Pairing()
    even(pairing)
    for ahead, behind in (("played", "heard"), ("played", "heard")):
        for side in (ahead, behind):
            for _ in range(50):
                getattr(pairing, side)(BLOCK)
            pairing.take()
    even(pairing)
    assert pairing.lost <= 50 * len(BLOCK)


def test_clocks_that_drift_lose_nothing() -> None:
    pairing = Pairing()
    for take in range(12_000):
        pairing.played(BLOCK)
        pairing.heard(BLOCK[: 319 if take % 16 == 0 else 320])  # 200 millionths slow
        pairing.take()
    assert pairing.played_left_out > 0
    assert pairing.lost == 0


@pytest.mark.parametrize("part", ["loudspeaker", "microphone"])
def test_a_callback_that_portaudio_flags_is_a_gap(live: Live, system: Threads, part: str) -> None:
    system.devices[Microphone.part].brings = np.float32(0.1)

    def exchange(blocks: int) -> int:
        return sum(live.exchange(np.zeros(live.block, np.float32)).gap for _ in range(blocks))

    exchange(50)
    system.devices[part].flags = "input overflow"
    assert exchange(50) >= 1
    system.devices[part].flags = None


def test_what_a_loop_that_stood_still_for_long_did_not_hear_is_told(live: Live, system: Threads) -> None:
    system.devices[Microphone.part].brings = np.float32(0.1)
    for _ in range(20):
        live.exchange(np.zeros(live.block, np.float32))
    microphone = live._microphone
    assert microphone is not None
    while not microphone.heard.lost:
        microphone.moved.wait(0.1)
        microphone.moved.clear()
    heard = [live.exchange(np.zeros(live.block, np.float32)) for _ in range(20)]
    assert any(each.gap for each in heard)
    assert sum(each.lost for each in heard) >= 4.0
