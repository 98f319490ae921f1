"""Step 6: write a trained network as a Kaldi nnet3 model that libvosk reads.

    python export.py CHECKPOINT MODEL

Writes MODEL/am/final.mdl (a transition model and a simple nnet3 network in Kaldi's binary
form, weight matrices in one byte a weight) and MODEL/conf/*. Batch-norm is folded
into the affine layers and the input normalisation into the first.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import kaldi
import numpy as np
import torch
from net import INPUT_CONTEXT, Block, Net
from numpy.typing import NDArray
from torch import Tensor, nn

MFCC_CONF = """--sample-frequency=16000
--use-energy=false
--num-mel-bins=40
--num-ceps=40
--low-freq=20
--high-freq=7600
--allow-downsample=true
"""
MODEL_CONF = """--min-active=200
--max-active=3000
--beam=12.0
--lattice-beam=3.0
--acoustic-scale=1.0
--frame-subsampling-factor=3
--frames-per-chunk=9
--endpoint.silence-phones=1:2:3:4:5:6:7:8:9:10
--endpoint.rule2.min-trailing-silence=0.4
--endpoint.rule3.min-trailing-silence=0.6
--endpoint.rule4.min-trailing-silence=1.0
"""


def fold(linear: Tensor, bn: nn.BatchNorm1d) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Batch-norm after a bias-free linear map (out, in) -> weight and bias of one affine map."""
    assert bn.running_var is not None
    assert bn.running_mean is not None
    s = bn.weight / torch.sqrt(bn.running_var + bn.eps)
    return (linear * s[:, None]).numpy(), (bn.bias - bn.running_mean * s).numpy()


def spliced(conv: Tensor) -> Tensor:
    """A convolution's weight (out, in, taps) -> a matrix over frames appended in time order."""
    return conv.permute(0, 2, 1).reshape(conv.shape[0], -1)


def offset(node: str, frames: int) -> str:
    return f"Offset({node}, {frames})" if frames else node


class Graph:
    """nnet3's description of a network: lines that say which node reads which, and the components they name."""

    def __init__(self) -> None:
        self.lines = ["input-node name=input dim=40"]
        self.parts: list[Callable[[kaldi.Writer], None]] = []

    def node(self, name: str, reads: str) -> str:
        self.lines.append(f"component-node name={name} component={name} input={reads}")
        return name

    def affine(self, name: str, reads: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        self.parts.append(lambda w: kaldi.affine(w, name, weight, bias))
        return self.node(name, reads)

    def relu(self, name: str, reads: str, dim: int) -> str:
        self.parts.append(lambda w: kaldi.relu(w, name, dim))
        return self.node(name, reads)

    def total(self, name: str, reads: str, dim: int) -> str:
        self.parts.append(lambda w: kaldi.no_op(w, name, dim))
        return self.node(name, reads)

    def write(self, w: kaldi.Writer) -> None:
        w.tokens("<Nnet3>")
        w.out += ("\n" + "\n".join(self.lines) + "\n\n").encode()
        w.tokens("<NumComponents>")
        w.ints(len(self.parts))
        for part in self.parts:
            part(w)
        w.tokens("</Nnet3>", "<LeftContext>")
        w.ints(0)  # the reader works these two out afresh
        w.tokens("<RightContext>")
        w.ints(0)
        w.tokens("<Priors>")
        w.vector([])


def add_input(g: Graph, net: Net) -> str:
    """The first layer. Training normalises its input as (x - mean) / std; that is folded in."""
    first, last = INPUT_CONTEXT
    weight, bias = fold(spliced(net.input.weight), net.input_bn)
    mean, std = net.mean.numpy(), net.std.numpy()
    taps = last - first + 1
    bias = bias - weight @ np.tile(mean / std, taps)
    weight = weight / np.tile(std, taps)[None, :]
    frames = ", ".join(offset("input", k) for k in range(first, last + 1))
    return g.relu("in.relu", g.affine("in.affine", f"Append({frames})", weight, bias), len(bias))


def add_block(g: Graph, name: str, before: str, block: Block) -> str:
    left, right = 3 * block.left, 3 * block.right  # in input frames
    down = spliced(block.down.weight).numpy()
    linear = g.affine(
        f"{name}.linear", f"Append({offset(before, -left)}, {before})", down, np.zeros(len(down), np.float32)
    )
    weight, bias = fold(spliced(block.up.weight), block.bn)
    reads = f"Append({linear}, {offset(linear, right)})" if right else linear
    relu = g.relu(f"{name}.relu", g.affine(f"{name}.affine", reads, weight, bias), len(bias))
    return g.total(f"{name}.sum", f"Sum(Scale({block.bypass}, {before}), {relu})", len(bias))


def described(net: Net) -> Graph:
    g = Graph()
    node = add_input(g, net)
    for i, block in enumerate(net.blocks):
        assert isinstance(block, Block)
        node = add_block(g, f"b{i}", node, block)
    weight, bias = net.output_layer()
    out = g.affine("out.affine", node, weight.numpy(), bias.numpy())
    g.lines.append(f"output-node name=output input={out} objective=linear")
    return g


def export(net: Net, model: Path) -> None:
    """Write the acoustic half of a model's folder."""
    w = kaldi.Writer()
    with torch.no_grad():
        kaldi.transition_model(w)
        described(net.cpu().float().eval()).write(w)
    (model / "am").mkdir(parents=True, exist_ok=True)
    (model / "conf").mkdir(exist_ok=True)
    (model / "am/final.mdl").write_bytes(bytes(w.out))
    (model / "conf/mfcc.conf").write_text(MFCC_CONF)
    (model / "conf/model.conf").write_text(MODEL_CONF)


def load_net(checkpoint: Path) -> Net:
    """The network that train.py saved."""
    saved = torch.load(checkpoint, map_location="cpu")
    net = Net(**saved["config"])
    net.load_state_dict(saved["net"])
    return net


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("model", type=Path)
    args = ap.parse_args()
    export(load_net(args.checkpoint), args.model)
    print("wrote", args.model)


if __name__ == "__main__":
    main()
