"""Speech as vectors: Google's speech embedding, a small convolutional network that learned from many people's words.

Computed by NumPy alone, over all of the sound at once: neighbouring windows share what they have in common. That takes
7 ms of one core for 2 s of sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from coach.audio.clip import Samples
from coach.ear.products import Array, Product

_WINDOW, _HOP = 400, 160
"""Samples in a frame, and from one to the next."""
_BINS = 512
"""Of the transform: the frame, and silence."""
_RANGE = 80.0
"""dB under the loudest band below which all is alike."""
SLOPE, FLOOR = np.float32(0.2), np.float32(-0.4)
"""Of the network's rectifier: max(x, slope * x, floor)."""
POOLS = {2: (2, 2), 6: (1, 2), 10: (2, 2), 14: (1, 2), 18: (2, 2)}
"""After these layers the greatest of so many moments and bands is kept."""


class Embedding:
    """A vector every 80 ms, each of 775 ms of sound. `filters` are the bands of the mel scale, `kernels` and `biases`
    those of the layers: a kernel has the shape (moments, bands, channels in, channels out)."""

    def __init__(self, filters: Array, kernels: Sequence[Array], biases: Sequence[Array]) -> None:
        self._filters = filters
        self.layers = list(zip(kernels, biases, strict=True))
        """A kernel and its biases each."""
        self._taper = np.hanning(_WINDOW + 1)[:_WINDOW]

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[np.floating]]) -> Embedding:
        """Out of a verifier's file: `filters`, `kernel0`, `bias0` and so on."""
        numbers = range(sum(name.startswith("kernel") for name in arrays))
        kernels, biases = ([arrays[f"{part}{n}"].astype(np.float32) for n in numbers] for part in ("kernel", "bias"))
        return cls(arrays["filters"].astype(np.float32), kernels, biases)

    def __call__(self, sound: Samples, product: Product = np.matmul) -> Array:
        """The vectors, one a row, of a sound at EAR_RATE that lasts 0.8 s or longer."""
        x = self.bands(sound, product)[:, :, None]
        last = len(self.layers) - 1
        for number, (kernel, bias) in enumerate(self.layers):
            x = _convolve(x, kernel, product) + bias
            if number < last:
                x = np.maximum(np.maximum(x, SLOPE * x), FLOOR)
            if number in POOLS:
                x = _pool(x, *POOLS[number])
        return x[:, 0]

    def bands(self, sound: Samples, product: Product = np.matmul) -> Array:
        """The sound's power in bands of the mel scale, one row every 10 ms, as the network was trained to see it."""
        margin = (_BINS - _WINDOW) // 2
        frames = np.lib.stride_tricks.sliding_window_view(sound[margin : len(sound) - margin], _WINDOW)[::_HOP]
        power = np.abs(np.fft.rfft(frames * self._taper * 32767.0, _BINS)) ** 2
        decibels = 10 * np.log10(np.maximum(product(power, self._filters), 1e-10))
        bands: Array = (np.maximum(decibels, decibels.max() - _RANGE) / 10 + 2).astype(np.float32)
        return bands


def _convolve(x: Array, kernel: Array, product: Product) -> Array:
    """Over moments as far as they reach, over bands with silence at both edges."""
    moments, bands = kernel.shape[:2]
    if bands > 1:
        x = np.pad(x, ((0, 0), (bands // 2, bands // 2), (0, 0)))
    out_moments, out_bands = x.shape[0] - moments + 1, x.shape[1] - bands + 1
    total = np.zeros((out_moments, out_bands, kernel.shape[3]), np.float32)
    for i in range(moments):
        for j in range(bands):
            total += product(x[i : i + out_moments, j : j + out_bands], kernel[i, j])
    return total


def _pool(x: Array, moments: int, bands: int) -> Array:
    m, b = x.shape[0] // moments, x.shape[1] // bands
    pooled: Array = x[: m * moments, : b * bands].reshape(m, moments, b, bands, -1).max(axis=(1, 3))
    return pooled
