"""The acoustic network: a small TDNN with factored layers and bypass connections.

Input: 40 MFCCs at 100 frames/s. Output: scores for NUM_PDFS pdfs at 33.3 frames/s. All
layers above the first work at the output rate. Look-ahead is 4 + 3 * 2 = 10 frames (0.1 s);
looking back costs a decoder nothing, so the last layers reach a second back, far enough to
know what the noise is like.
"""

from __future__ import annotations

from typing import Any

import torch
from common import NUM_PDFS
from torch import Tensor, nn
from torch.nn import functional as F

INPUT_CONTEXT = (-4, 4)
BLOCKS = ((1, 1), (1, 0), (1, 1), (2, 0), (2, 0), (3, 0), (3, 0), (3, 0), (3, 0), (6, 0), (9, 0))
"""The (left, right) context of each block, in output frames."""


def two_taps(x: Tensor, weight: Tensor, gap: int) -> Tensor:
    """A two-tap convolution over time, written as matrix products (much faster than Conv1d on CPUs)."""
    if weight.shape[2] == 1:
        return F.linear(x, weight[:, :, 0])
    return F.linear(x[:, :-gap], weight[:, :, 0]) + F.linear(x[:, gap:], weight[:, :, 1])


def norm(bn: nn.BatchNorm1d, x: Tensor) -> Tensor:
    out: Tensor = bn(x.reshape(-1, x.shape[-1])).view(x.shape)
    return out


class Block(nn.Module):
    """relu(bn(up(down(x[t - left], x[t]), ...[t + right]))) + bypass * x"""

    def __init__(self, dim: int, bottleneck: int, left: int, right: int, bypass: float = 0.66):
        super().__init__()
        self.left, self.right, self.bypass = left, right, bypass
        self.down = nn.Conv1d(dim, bottleneck, 2, dilation=left, bias=False)
        self.up = nn.Conv1d(bottleneck, dim, 2 if right else 1, dilation=max(right, 1), bias=False)
        self.bn = nn.BatchNorm1d(dim)

    def forward(self, x: Tensor, drop: float = 0.0) -> Tensor:
        """x (batch, time, dim), shortened by left + right."""
        y = two_taps(two_taps(x, self.down.weight, self.left), self.up.weight, self.right)
        y = F.relu(norm(self.bn, y))
        if drop and self.training:  # one mask for a whole utterance
            y = y * ((torch.rand(y.shape[0], 1, y.shape[2]) > drop).to(y.dtype) / (1 - drop))
        return torch.add(y, x[:, self.left : self.left + y.shape[1]], alpha=self.bypass)


class Net(nn.Module):
    """The whole network; `config` is what a checkpoint needs to build it again."""

    mean: Tensor
    std: Tensor

    def __init__(self, dim: int = 512, bottleneck: int = 256, blocks: tuple[tuple[int, int], ...] = BLOCKS):
        super().__init__()
        self.config: dict[str, Any] = {"dim": dim, "bottleneck": bottleneck, "blocks": blocks}
        self.register_buffer("mean", torch.zeros(40))
        self.register_buffer("std", torch.ones(40))
        self.input = nn.Conv1d(40, dim, INPUT_CONTEXT[1] - INPUT_CONTEXT[0] + 1, stride=3, bias=False)
        self.input_bn = nn.BatchNorm1d(dim)
        self.blocks = nn.ModuleList(Block(dim, bottleneck, left, right) for left, right in blocks)
        self.out = nn.Conv1d(dim, NUM_PDFS, 1)
        nn.init.zeros_(self.out.weight)
        assert self.out.bias is not None
        nn.init.zeros_(self.out.bias)

    def output_layer(self) -> tuple[Tensor, Tensor]:
        """The last layer's weight and bias. SIL's entry pdf shares its self-loop's row: a decoder that is
        restarted in the middle of a silence must be able to enter SIL there."""
        assert self.out.bias is not None
        w, b = self.out.weight[:, :, 0], self.out.bias
        return torch.cat([w[1:2], w[1:]]), torch.cat([b[1:2], b[1:]])

    def forward(self, x: Tensor, drop: float = 0.0) -> Tensor:
        """x: (batch, frames, 40), frames a multiple of 3 -> (batch, frames / 3, pdfs)."""
        x = ((x - self.mean) / self.std).transpose(1, 2)
        contexts = self.config["blocks"]
        left = 3 * sum(before for before, _ in contexts) - INPUT_CONTEXT[0]
        right = 3 * sum(after for _, after in contexts) + INPUT_CONTEXT[1] - 2  # output k sits at input frame 3k
        x = F.pad(x, (left, right), mode="replicate").transpose(1, 2)
        k = INPUT_CONTEXT[1] - INPUT_CONTEXT[0] + 1
        x = x.unfold(1, k, 3)  # (batch, time, 40, k)
        w = self.input.weight  # (dim, 40, k)
        x = F.linear(x.reshape(*x.shape[:2], 40 * k), w.reshape(w.shape[0], -1))
        x = F.relu(norm(self.input_bn, x))
        for block in self.blocks:
            x = block(x, drop)
        return F.linear(x, *self.output_layer())
