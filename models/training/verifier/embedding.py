"""Google's speech embedding, out of two ONNX files, as coach/ear/embedding.py computes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from clips import Sound
from heads import Vectors
from numpy.typing import NDArray
from torch.nn import functional as F

from coach.ear.embedding import FLOOR, POOLS, SLOPE, Embedding


def arrays(folder: Path) -> dict[str, NDArray[Any]]:
    """`filters`, `kernel0`, `bias0` and so on, of melspectrogram.onnx and embedding_model.onnx in the folder."""
    mel = _weights(folder / "melspectrogram.onnx")
    found: dict[str, NDArray[Any]] = {"filters": mel["1.melW"].astype(np.float32)}
    model = onnx.load(folder / "embedding_model.onnx")
    weights = _weights(folder / "embedding_model.onnx")
    layers = [node for node in model.graph.node if node.op_type == "Conv"]
    for n, layer in enumerate(layers):
        kernel = weights[layer.input[1]]
        bias = weights[layer.input[2]] if len(layer.input) > 2 else np.zeros(len(kernel))
        found[f"kernel{n}"], found[f"bias{n}"] = (
            kernel.transpose(2, 3, 1, 0).astype(np.float16),
            bias.astype(np.float16),
        )
    return found


class InBatches:
    """The same for many sounds of one length at a time: half the computing of one after the other."""

    def __init__(self, weights: dict[str, NDArray[Any]]) -> None:
        self._one = Embedding.of(weights)
        self._layers = [
            (torch.from_numpy(np.ascontiguousarray(kernel.transpose(3, 2, 0, 1))), torch.from_numpy(bias))
            for kernel, bias in self._one.layers
        ]

    @torch.no_grad()
    def __call__(self, sounds: Sequence[Sound]) -> Vectors:
        """(sounds, moments, 96)."""
        bands = torch.from_numpy(np.stack([self._one.bands(sound) for sound in sounds]))
        x = bands[:, None].contiguous(memory_format=torch.channels_last)
        for n, (kernel, bias) in enumerate(self._layers):
            x = F.conv2d(x, kernel, bias, padding=(0, kernel.shape[3] // 2))
            if n < len(self._layers) - 1:
                x = torch.maximum(x, float(SLOPE) * x).clamp_(min=float(FLOOR))
            if n in POOLS:
                x = F.max_pool2d(x, POOLS[n])
        return np.asarray(x[:, :, :, 0].transpose(1, 2).numpy(), np.float16)


def _weights(path: Path) -> dict[str, NDArray[Any]]:
    return {it.name: onnx.numpy_helper.to_array(it) for it in onnx.load(path).graph.initializer}
