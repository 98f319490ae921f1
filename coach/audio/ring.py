"""Samples on their way between PortAudio's thread and the loop's."""

from __future__ import annotations

import numpy as np

from coach.audio.clip import Samples


class Ring:
    """One thread puts, one other takes; neither waits for the other and neither allocates while putting.

    Each side moves only its own counter, after the samples are in their place.
    """

    def __init__(self, capacity: int) -> None:
        self._samples = np.zeros(capacity, np.float32)
        self.put_so_far = 0
        self.taken_so_far = 0
        self.lost = 0
        """Samples that found no room."""

    def __len__(self) -> int:
        return self.put_so_far - self.taken_so_far

    def put(self, samples: Samples) -> None:
        """Append samples; those that find no room are lost."""
        capacity = len(self._samples)
        n = min(len(samples), capacity - len(self))
        at = self.put_so_far % capacity
        first = min(n, capacity - at)
        self._samples[at : at + first] = samples[:first]
        self._samples[: n - first] = samples[first:n]
        self.lost += len(samples) - n
        self.put_so_far += n

    def take_into(self, room: Samples) -> int:
        """Fill `room` from its start as far as there are samples; return how many there were."""
        capacity = len(self._samples)
        n = min(len(room), len(self))
        at = self.taken_so_far % capacity
        first = min(n, capacity - at)
        room[:first] = self._samples[at : at + first]
        room[first:n] = self._samples[: n - first]
        self.taken_so_far += n
        return n

    def take(self) -> Samples:
        """Everything that is there."""
        samples = np.empty(len(self), np.float32)
        self.take_into(samples)
        return samples
