"""Google's speech embedding, out of two ONNX files, as coach/ear/embedding.py computes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray


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


def _weights(path: Path) -> dict[str, NDArray[Any]]:
    return {it.name: onnx.numpy_helper.to_array(it) for it in onnx.load(path).graph.initializer}
