"""Step 5b, where it is asked for: a network between two, their weights averaged.

    python average.py WORK CHECKPOINT MODEL OUT.pt [--share 0.5]

`share` is the checkpoint's; the rest is the finished model's that its training went on from. The statistics of the
batch-norms are taken anew, over utterances of WORK as training sees them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from augment import Noise, augment
from batches import Item, stacked
from common import load_pickle, rng
from export import load_net
from feats import mfcc_matrix
from net import Net
from restore import restore
from torch import Tensor, nn

FRAMES = 300
"""Of each utterance's beginning; more would take minutes."""
ROUNDS, UTTERANCES = 12, 60


def between(new: Net, old: Net, share: float) -> Net:
    """`new` with every weight moved towards `old`'s. The statistics of the batch-norms are those of neither."""
    weights, others = new.state_dict(), old.state_dict()
    for name, weight in weights.items():
        if weight.dtype.is_floating_point:
            weights[name] = share * weight + (1 - share) * others[name]
    new.load_state_dict(weights)
    return new


def renew(net: Net, batches: list[Tensor]) -> None:
    """Take the statistics of the batch-norms from MFCCs (batch, frames, 40)."""
    for layer in net.modules():
        if isinstance(layer, nn.BatchNorm1d):
            layer.reset_running_stats()
            layer.momentum = None  # the plain mean of all batches
    net.train()
    with torch.no_grad():
        for batch in batches:
            net(batch)
    net.eval()


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work", type=Path)
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("model", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--share", type=float, default=0.5)
    args = ap.parse_args()
    r = rng("average")
    noise, mfcc = Noise(load_pickle(args.work / "feats/noise.pkl")), torch.from_numpy(mfcc_matrix())
    paths = sorted((args.work / "feats").glob("*_c1.pkl"))
    items: list[Item] = [x for path in paths for x in load_pickle(path)]

    def drawn(count: int) -> Tensor:
        some = r.sample(items, min(count, len(items)))
        return stacked([augment(x["mel"], x["kind"], noise, r)[:FRAMES] for x in some])[0] @ mfcc

    new = load_net(args.checkpoint)
    old = Net(**new.config)
    old.mean.copy_(new.mean)
    old.std.copy_(new.std)
    restore(old, args.model, drawn(100))
    net = between(new, old, args.share)
    renew(net, [drawn(UTTERANCES) for _ in range(ROUNDS)])
    torch.save({"net": net.state_dict(), "config": net.config}, args.out)
    print("wrote", args.out)


if __name__ == "__main__":
    main()
