"""A neural voice small enough for a test: a network that hums, a tenth of a second for each sound it is given."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SYMBOLS = {symbol: number for number, symbol in enumerate(" .,!?abdefhijklmnoprstuvwzæðŋɐɑɔəɚɛɜɡɪɹɾʃʊʌʒˈˌːθᵻ", 1)}
A_SOUND = 0.1
"""Seconds of a sound at the voice's own speed."""


def kokoro_form(folder: Path, *names: str) -> Path:
    """A network of Kokoro's form with a style for each name."""
    (folder / "styles").mkdir(parents=True)
    (folder / "model.onnx").write_bytes(humming("tokens", 24_000, speed=True))
    (folder / "symbols.json").write_text(json.dumps({"vocab": SYMBOLS}))
    for name in names:
        np.zeros((510, 1, 256), np.float32).tofile(folder / "styles" / f"{name}.bin")
    return folder


def piper_form(folder: Path, name: str) -> None:
    """A network of Piper's form, with its description."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.onnx").write_bytes(humming("input", 22_050, speed=False))
    about = {
        "audio": {"sample_rate": 22_050},
        "espeak": {"voice": "en-us"},
        "phoneme_id_map": {symbol: [number] for symbol, number in (SYMBOLS | {"_": 90, "^": 91, "$": 92}).items()},
    }
    (folder / f"{name}.onnx.json").write_text(json.dumps(about))


def humming(sounds: str, rate: int, *, speed: bool) -> bytes:
    """The network as a file: so many sounds in, so many samples of a tone out."""
    given: dict[str, tuple[int, list[int | None]]] = {
        sounds: (TensorProto.INT64, [1, None]),
        **({"style": (TensorProto.FLOAT, [1, 256]), "speed": (TensorProto.FLOAT, [1])} if speed else {}),
        **({} if speed else {"input_lengths": (TensorProto.INT64, [1]), "scales": (TensorProto.FLOAT, [3])}),
    }
    constants: dict[str, Any] = {
        "one": np.array(1, np.int64),
        "zero": np.array(0, np.int64),
        "first": np.array([1], np.int64),
        "a_sound": np.array([A_SOUND * rate], np.float32),
        "turn": np.array(2 * math.pi * 200 / rate, np.float32),
        "loud": np.array(0.5, np.float32),
        "flat": np.array([-1], np.int64),
    }
    nodes = [
        helper.make_node("Shape", [sounds], ["shape"]),
        helper.make_node("Gather", ["shape", "first"], ["count"]),
        helper.make_node("Cast", ["count"], ["counted"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["counted", "a_sound"], ["usual"]),
        # Piper's second scale is how long, Kokoro's speed how fast.
        *(
            [helper.make_node("Div", ["usual", "speed"], ["long"])]
            if speed
            else [
                helper.make_node("Gather", ["scales", "first"], ["slow"]),
                helper.make_node("Mul", ["usual", "slow"], ["long"]),
            ]
        ),
        helper.make_node("Cast", ["long"], ["length"], to=TensorProto.INT64),
        helper.make_node("Squeeze", ["length"], ["samples"]),
        helper.make_node("Range", ["zero", "samples", "one"], ["places"]),
        helper.make_node("Cast", ["places"], ["at"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["at", "turn"], ["turned"]),
        helper.make_node("Sin", ["turned"], ["tone"]),
        helper.make_node("Mul", ["tone", "loud"], ["louder"]),
        helper.make_node("Reshape", ["louder", "flat"], ["audio"]),
    ]
    graph = helper.make_graph(
        nodes,
        "hum",
        [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in given.items()],
        [helper.make_tensor_value_info("audio", TensorProto.FLOAT, [None])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    return model.SerializeToString()
