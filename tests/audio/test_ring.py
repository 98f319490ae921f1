import threading

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.ring import Ring

CAPACITY = 50


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=40))
def test_samples_come_out_in_order_and_only_what_found_no_room_is_lost(steps: list[tuple[int, int]]) -> None:
    ring, number, lost = Ring(CAPACITY), 0, 0
    waiting: list[float] = []
    for put, take in steps:
        samples = np.arange(number, number + put, dtype=np.float32)
        number += put
        room_for = CAPACITY - len(waiting)
        waiting += samples[:room_for].tolist()
        lost += max(0, put - room_for)
        ring.put(samples)
        assert len(ring) == len(waiting)
        out = np.full(take, -1, np.float32)
        n = ring.take_into(out)
        assert n == min(take, len(waiting))
        assert out[:n].tolist() == waiting[:n]
        assert (out[n:] == -1).all()
        del waiting[:n]
    assert ring.lost == lost
    assert ring.take().tolist() == waiting


def test_one_thread_may_put_while_another_takes() -> None:
    ring, total = Ring(1_000), 200_000
    taken: list[np.ndarray] = []

    def take() -> None:
        while sum(map(len, taken)) < total:
            taken.append(ring.take())

    taker = threading.Thread(target=take)
    taker.start()
    sent = 0
    while sent < total:
        n = min(7, total - sent, 1_000 - len(ring))
        ring.put(np.arange(sent, sent + n, dtype=np.float32))
        sent += n
    taker.join(30)
    assert np.array_equal(np.concatenate(taken), np.arange(total, dtype=np.float32))
    assert ring.lost == 0
