"""A shipped model's network, ready to be trained further.

The model's folder holds affine maps with the batch-norm folded in. Here each of them is taken apart again, into weights
of the size that training starts with and the batch-norm that gives the same sums over some sample of speech.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import torch
from kaldi import read_affines
from net import INPUT_CONTEXT, Block, Net
from numpy.typing import NDArray
from torch import Tensor, nn

Affine = tuple[NDArray[np.float32], NDArray[np.float32]]


def unspliced(matrix: NDArray[np.float32], taps: int) -> Tensor:
    """A matrix over frames appended in time order -> a convolution's weight (out, in, taps)."""
    return torch.from_numpy(matrix.reshape(len(matrix), taps, -1)).permute(0, 2, 1).contiguous()


def unfold(net: Net, sample: Tensor, conv: nn.Conv1d, bn: nn.BatchNorm1d, affine: Affine) -> None:
    """Put a weight and a bias into a layer and the batch-norm after it. All layers before must be whole."""
    weight, bias = unspliced(affine[0], conv.weight.shape[2]), torch.from_numpy(affine[1])
    wider = conv.weight.shape[1] - weight.shape[1]
    weight = torch.cat([weight, weight.new_zeros(len(weight), wider, weight.shape[2])], 1)
    size = weight.pow(2).mean((1, 2)).sqrt() * math.sqrt(weight[0].numel())
    conv.weight.copy_(weight / size[:, None, None])
    seen: list[Tensor] = []

    def note(_: Any, inputs: tuple[Tensor]) -> None:
        seen.append(inputs[0])

    hook = bn.register_forward_pre_hook(note)
    net(sample)
    hook.remove()
    assert bn.running_mean is not None
    assert bn.running_var is not None
    bn.running_mean.copy_(seen[0].mean(0))
    bn.running_var.copy_(seen[0].var(0))
    bn.weight.copy_(size * torch.sqrt(bn.running_var + bn.eps))
    bn.bias.copy_(bias + size * bn.running_mean)


def restore(net: Net, model: Path, sample: Tensor) -> None:
    """Fill the network from MODEL/am/final.mdl; `sample` is MFCCs (batch, frames, 40) as training sees them.

    A network with wider bottlenecks computes the same: what is new in them weighs nothing yet in what comes after.

    The input's mean and deviation must be set before. Raises KeyError or RuntimeError when the shapes are others.
    """
    affines = read_affines((model / "am/final.mdl").read_bytes())
    taps = INPUT_CONTEXT[1] - INPUT_CONTEXT[0] + 1
    net.eval()
    with torch.no_grad():
        weight, bias = affines["in.affine"]
        bias = bias + weight @ np.tile(net.mean.numpy(), taps)
        unfold(net, sample, net.input, net.input_bn, (weight * np.tile(net.std.numpy(), taps), bias))
        for i, block in enumerate(net.blocks):
            assert isinstance(block, Block)
            down = unspliced(affines[f"b{i}.linear"][0], 2)
            block.down.weight[: len(down)] = down
            unfold(net, sample, block.up, block.bn, affines[f"b{i}.affine"])
        weight, bias = affines["out.affine"]
        net.out.weight.copy_(torch.from_numpy(weight)[:, :, None])
        assert net.out.bias is not None
        net.out.bias.copy_(torch.from_numpy(bias))
    net.train()
