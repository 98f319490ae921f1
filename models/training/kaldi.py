"""Kaldi's binary form: what libvosk expects of a stream, a transition model and nnet3's components."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from phones import phone_table


class Writer:
    """Collects a file in `out`."""

    def __init__(self) -> None:
        self.out = bytearray(b"\0B")

    def tokens(self, *names: str) -> None:
        for name in names:
            self.out += name.encode() + b" "

    def ints(self, *values: int) -> None:
        for value in values:
            self.out += b"\x04" + struct.pack("<i", value)

    def float(self, value: float) -> None:
        self.out += b"\x04" + struct.pack("<f", value)

    def int_list(self, values: Sequence[int]) -> None:
        self.ints(len(values))
        self.out += np.asarray(values, "<i4").tobytes()

    def vector(self, values: ArrayLike) -> None:
        v = np.asarray(values, "<f4")
        self.tokens("FV")
        self.ints(len(v))
        self.out += v.tobytes()

    def matrix(self, values: ArrayLike) -> None:
        """The one-byte compressed form. Each column has its own scale, through its least value, quartiles and
        greatest value: half of the 256 steps lie between the quartiles (Kaldi's matrix/compressed-matrix.cc)."""
        m = np.asarray(values, np.float64)
        low, span = float(m.min()), float(max(m.max() - m.min(), 1e-8))
        marks = np.quantile(m, (0, 0.25, 0.75, 1), axis=0, method="nearest")
        headers = np.round((marks - low) / span * 65535).astype(np.int64)
        headers = np.clip(headers, np.arange(4)[:, None], 65532 + np.arange(4)[:, None])
        for k in range(1, 4):  # no stretch without width
            headers[k] = np.maximum(headers[k], headers[k - 1] + 1)
        levels = one_byte_levels(low, span, headers.T)
        middles = (levels[:, 1:] + levels[:, :-1]) / 2
        steps = [np.searchsorted(middles[c], m[:, c]) for c in range(m.shape[1])]
        self.tokens("CM")
        self.out += struct.pack("<ffii", low, span, *m.shape)
        self.out += headers.T.astype("<u2").tobytes() + np.array(steps, np.uint8).tobytes()


def one_byte_levels(low: float, span: float, headers: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
    """What the 256 steps stand for in each column, from the columns' headers (columns, 4): (columns, 256)."""
    marks = low + span / 65535 * headers.astype(np.float64)
    at = np.concatenate([np.arange(65) / 64, 1 + np.arange(1, 129) / 128, 2 + np.arange(1, 64) / 63])
    return np.array([np.interp(at, np.arange(4), row) for row in marks])


def transition_model(w: Writer) -> None:
    """Every phone is one state with an entry pdf and a self-loop pdf, and leaves it half of the time."""
    table, _ = phone_table()
    phones = sorted(table)
    w.tokens("<TransitionModel>", "<Topology>")
    w.int_list(phones)
    w.int_list([-1] + [0] * len(phones))  # phone -> topology entry
    w.ints(-1)  # marks the format with separate self-loop pdfs
    w.ints(1)  # one entry: an emitting state and the final one
    w.ints(2)
    w.ints(0, 1, 2)  # forward pdf-class, self-loop pdf-class, two transitions
    for target in (0, 1):
        w.ints(target)
        w.float(0.5)
    w.ints(-1, -1, 0)
    w.tokens("</Topology>", "<Tuples>")
    w.ints(len(phones))
    for p in phones:
        sound = table[p].sound
        w.ints(p, 0, 2 * sound, 2 * sound + 1)
    w.tokens("</Tuples>", "<LogProbs>")
    w.vector([0.0] + [np.log(0.5)] * (2 * len(phones)))
    w.tokens("</LogProbs>", "</TransitionModel>")


def affine(w: Writer, name: str, weight: ArrayLike, bias: ArrayLike) -> None:
    """weight (out, in), bias (out,)."""
    w.tokens("<ComponentName>", name, "<AffineComponent>", "<LearningRate>")
    w.float(0.001)
    w.tokens("<LinearParams>")
    w.matrix(weight)
    w.tokens("<BiasParams>")
    w.vector(bias)
    w.tokens("</AffineComponent>")


def relu(w: Writer, name: str, dim: int) -> None:
    w.tokens("<ComponentName>", name, "<RectifiedLinearComponent>", "<Dim>")
    w.ints(dim)
    w.tokens("<ValueAvg>")
    w.vector([])
    w.tokens("<DerivAvg>")
    w.vector([])
    w.tokens("<Count>")
    w.float(0.0)
    w.tokens("</RectifiedLinearComponent>")


def no_op(w: Writer, name: str, dim: int) -> None:
    """A component whose node adds up its inputs and does nothing more."""
    w.tokens("<ComponentName>", name, "<NoOpComponent>", "<Dim>")
    w.ints(dim)
    w.tokens("<BackpropScale>")
    w.float(1.0)
    w.tokens("</NoOpComponent>")


def read_matrix(model: bytes, at: int) -> tuple[NDArray[np.float32], int]:
    """The matrix in one-byte or two-byte form whose token begins at `at`, and where it ends."""
    kind, at = model[at : at + 3], model.index(b" ", at) + 1
    low, span, rows, columns = struct.unpack_from("<ffii", model, at)
    at += 16
    if kind == b"CM2":
        steps = np.frombuffer(model, "<u2", rows * columns, at).astype(np.float64)
        return (low + steps * span / 65535).astype(np.float32).reshape(rows, columns), at + 2 * rows * columns
    headers = np.frombuffer(model, "<u2", 4 * columns, at).reshape(columns, 4)
    at += 8 * columns
    rows_of = np.frombuffer(model, np.uint8, rows * columns, at).reshape(columns, rows)
    weight = np.take_along_axis(one_byte_levels(low, span, headers), rows_of.astype(np.int64), axis=1)
    return weight.T.astype(np.float32), at + rows * columns


def read_affines(model: bytes) -> dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """The weight (out, in) and bias (out,) of every affine component of a model that this recipe wrote, by name."""
    found = {}
    start = model.find(b"<NumComponents>")
    while (at := model.find(b" <AffineComponent> ", start)) >= 0:
        name = model[:at].rpartition(b" ")[2].decode()
        weight, at = read_matrix(model, model.index(b"<LinearParams> ", at) + len(b"<LinearParams> "))
        at = model.index(b"FV ", at) + 3
        start = at + 5 + 4 * len(weight)
        found[name] = weight, np.frombuffer(model, "<f4", len(weight), at + 5).copy()
    return found
