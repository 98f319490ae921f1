"""Brings together what was played and what was heard, sample by sample, at the ear's rate."""

from __future__ import annotations

from collections import deque

import numpy as np

from coach.audio.clip import EAR_RATE, Heard, Samples

SLACK = 0.25
"""Seconds by which one side may run ahead of the other, even for a moment; callbacks come in bursts."""

TOLERATED, MOST = 0.02, 0.05
"""Seconds of lasting surplus of one side above which it is left out: where it is quiet, and anyhow."""

_LOSS = 0.06
"""Seconds of lasting surplus that no drift of clocks brings about before it is put right: sound was lost."""

_TAKES = 80
"""What lasts is told from bursts by medians over the two halves of so many takes, 1.6 s, which have to agree."""

_STEADY = 0.03
"""Seconds by which the two halves may differ."""

_HUSH = 0.1
"""Seconds that have to be quiet before sound is left out."""

_SILENCE = 1e-8
"""Mean square of silence."""

_NOTHING = np.zeros(0, np.float32)


class Pairing:
    """Two queues at EAR_RATE, emptied in step. Neither grows: what one side has too much is left out.

    A clock that runs fast brings its surplus slowly. It is left out where it is quiet, some milliseconds at a time, and
    Heard.leap tells. A surplus that comes suddenly means that the other side lost sound: it is left out at once, which
    brings the echo back to where it was before the loss, and is no leap.
    """

    def __init__(self, start: float = 0.0) -> None:
        """`start`: the time of the first sample, in seconds on the loudspeaker's clock."""
        self._played = _Queue(quiet=0.0)
        self._mic = _Queue(quiet=4.0)
        self._start = start
        self._leads: deque[int] = deque(maxlen=_TAKES)
        """By how many samples the loudspeaker's side was ahead, at each of the last takes."""
        self._usual: int | None = None
        """Their median at the start."""
        self._leap = 0
        self._put_right = self._furthest = self._least = 0
        """By how many samples the loudspeaker's side was put right for losses: in all, at most and at least."""

    @property
    def lost(self) -> int:
        """Samples that one side has lost, at least: what comes too much at first and too little later was not."""
        return self._furthest - self._least

    def set_back(self, seconds: float) -> None:
        """Let the clock show so much less from here on."""
        self._start -= seconds

    @property
    def played_left_out(self) -> int:
        """Samples played that no sound of the microphone stands beside."""
        return self._played.left_out

    @property
    def mic_left_out(self) -> int:
        """Samples that the microphone brought and nothing was played beside."""
        return self._mic.left_out

    def played(self, samples: Samples) -> None:
        """Samples that went to the loudspeaker, in order."""
        self._played.put(samples)

    def heard(self, samples: Samples) -> None:
        """Samples that the microphone brought, in order."""
        self._mic.put(samples)

    def take(self) -> Heard:
        """Everything that both sides have."""
        self._even_out()
        at = self._start + self._played.gone / EAR_RATE
        n = min(len(self._played), len(self._mic))
        leap = 0
        if n:
            leap, self._leap = self._leap, 0
        return Heard(self._mic.take(n), self._played.take(n), at, leap)

    def _even_out(self) -> None:
        lead = len(self._played) - len(self._mic)
        if abs(lead) > SLACK * EAR_RATE:
            self._put_losses_right(lead - (self._usual or 0))
            return
        self._leads.append(lead)
        if len(self._leads) < _TAKES:
            return
        leads = list(self._leads)
        earlier, lasting = _median(leads[: _TAKES // 2]), _median(leads[_TAKES // 2 :])
        if self._usual is None:
            self._usual = lasting
        surplus = lasting - self._usual
        if abs(surplus) <= TOLERATED * EAR_RATE or abs(lasting - earlier) > _STEADY * EAR_RATE:
            return
        side = self._played if surplus > 0 else self._mic
        if abs(surplus) > MOST * EAR_RATE or side.hushed(abs(surplus)):
            if abs(surplus) < _LOSS * EAR_RATE:
                self._leap += self._leave_out(surplus)
            else:
                self._put_losses_right(surplus)

    def _put_losses_right(self, surplus: int) -> None:
        self._put_right += self._leave_out(surplus)
        self._furthest, self._least = max(self._furthest, self._put_right), min(self._least, self._put_right)

    def _leave_out(self, surplus: int) -> int:
        """Of what was played, where it is positive, else of the microphone's; returns how much there was of it."""
        left_out = self._played.leave_out(surplus) if surplus > 0 else -self._mic.leave_out(-surplus)
        self._leads = deque((lead - left_out for lead in self._leads), _TAKES)
        return left_out


class _Queue:
    """Sound of one side that waits for the other's."""

    def __init__(self, quiet: float) -> None:
        """`quiet`: by what factor of energy sound may stand above the quietest of late, to count as quiet too."""
        self.left_out = 0
        self.gone = 0
        """Samples taken or left out so far: the number of the first that waits."""
        self._waiting = _NOTHING
        self._quiet = quiet
        self._energies: deque[float] = deque(maxlen=_TAKES)
        self._hushed_for = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, samples: Samples) -> None:
        self._waiting = np.concatenate((self._waiting, samples))

    def take(self, n: int) -> Samples:
        taken = self._pop(n)
        if n:
            energy = _energy(taken)
            self._energies.append(energy)
            self._hushed_for = self._hushed_for + n if energy <= self._limit() else 0
        return taken

    def hushed(self, n: int) -> bool:
        """Whether it is quiet where the next `n` samples, as far as they are there, would be left out."""
        return self._hushed_for >= _HUSH * EAR_RATE and _energy(self._waiting[:n]) <= self._limit()

    def leave_out(self, n: int) -> int:
        """Drop the next `n` samples as far as they are there; returns how many."""
        left_out = len(self._pop(n))
        self.left_out += left_out
        return left_out

    def _limit(self) -> float:
        return max(_SILENCE, self._quiet * min(self._energies, default=0.0))

    def _pop(self, n: int) -> Samples:
        popped, self._waiting = self._waiting[:n], self._waiting[n:]
        self.gone += len(popped)
        return popped


def _median(values: list[int]) -> int:
    return sorted(values)[len(values) // 2]


def _energy(sound: Samples) -> float:
    """Mean square."""
    return float(np.dot(sound, sound)) / max(1, len(sound))


class Resampler:
    """A stream of blocks brought to another rate, 13 ms late and evenly. Lasting silence costs nothing."""

    _LINGER = 4

    def __init__(self, rate: float, wanted: float) -> None:
        self._rates = rate, wanted
        self._stream = None
        self._silent = 0
        """How many blocks in a row were silent; after a few there is nothing else left in the filter."""
        if rate != wanted:
            import soxr

            # At a variable rate it answers evenly; at a fixed one in bursts, up to 40 ms apart.
            self._stream = soxr.ResampleStream(rate, wanted, 1, vr=True)

    def __call__(self, samples: Samples) -> Samples:
        """What there is of these samples at the other rate by now."""
        if self._stream is None or not len(samples):
            return samples
        self._silent = 0 if samples.any() else self._silent + 1
        length = len(samples) * self._rates[1] / self._rates[0]
        if self._silent > self._LINGER and length.is_integer():
            return np.zeros(int(length), np.float32)
        return np.asarray(self._stream.resample_chunk(np.ascontiguousarray(samples, np.float32)))
