"""Step 5: train the network.

    python train.py WORK OUT.pt [--steps 14000] [--init CHECKPOINT-OR-MODEL] [--resume]

The first steps are cross-entropy on the bootstrap set with its exact phone times, the rest
LF-MMI on everything. The learning rate rises for a while and then falls along a cosine;
noise grows to its full share over the first fifth. With --init, a checkpoint or a model's
folder, training goes on from there, with all of the noise and without the bootstrap. The
checkpoint holds an exponential moving average of the weights, and what --resume needs to go on
with a training that was cut off.
"""

from __future__ import annotations

import argparse
import copy
import math
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from augment import Noise, augment
from batches import HIDE, Item, Lexicon, Stream, load_items, phones_of, stacked, targets
from common import SEED, load_json, load_pickle, rng
from feats import mfcc_matrix
from lfmmi import PhoneModel, Targets, lfmmi, phone_bigram, score
from net import Net
from restore import restore
from torch import Tensor
from torch.nn import functional as F
from torch.utils.data import DataLoader


def phone_model(items: list[Item], lexicon: Lexicon, r: random.Random) -> PhoneModel:
    """The denominator's bigram, counted on a sample of the sentences with some of the optional SILs."""
    sequences = []
    for it in r.sample(items, min(20000, len(items))):
        ids, optional = phones_of(it["text"], lexicon, r, HIDE.get(it["kind"], 0))
        ends = (0, len(ids) - 1)
        sequences.append([p for i, p in enumerate(ids) if not optional[i] or i in ends or r.random() < 0.25])
    return phone_bigram(sequences)


def evaluate(net: Net, sets: dict[str, Any], model: PhoneModel, mfcc: Tensor) -> dict[str, float]:
    """Mean LF-MMI log-posterior a frame of each set (higher, nearer 0, is better)."""
    net.eval()
    result = {}
    for name, (x, lengths, wanted) in sets.items():
        with torch.no_grad():
            out = net(x @ mfcc)
        result[name] = round(float(np.nansum(score(out.numpy(), lengths, wanted, model)[0]) / lengths.sum()), 4)
    net.train()
    return result


def watch_sets(items: list[Item], noise: Noise, lexicon: Lexicon, r: random.Random) -> dict[str, Any]:
    """Takes some utterances out of the training set, to watch progress on; of training voices."""
    sets = {}
    for kind in ("command", "number", "general", "human_digit", "human_coffee", "human_command", "human_word"):
        some = [i for i, x in enumerate(items) if x["kind"] == kind]
        chosen = set(r.sample(some, min(80, len(some) // 10)))
        rows = [items[i] for i in chosen]
        items[:] = [x for i, x in enumerate(items) if i not in chosen]
        if rows:
            for name, hard in ((kind, 0.0), (kind + " in noise", 1.0)):
                x, lengths = stacked([augment(row["mel"], kind, noise, r, hard) for row in rows])
                sets[name] = x, lengths, targets([phones_of(row["text"], lexicon) for row in rows])
    return sets


def fresh(args: argparse.Namespace, items: list[Item], noise: Noise, mfcc: Tensor, r: random.Random) -> Net:
    """The network before its first step."""
    net = Net(args.dim, args.bottleneck)
    if args.init and args.init.is_file():
        net.load_state_dict(torch.load(args.init, map_location="cpu")["net"])
        return net
    some = [augment(x["mel"], x["kind"], noise, r) for x in r.sample(items, min(300, len(items)))]
    m = torch.from_numpy(np.concatenate(some)) @ mfcc
    net.mean.copy_(m.mean(0))
    net.std.copy_(m.std(0))
    if args.init:
        restore(net, args.init, stacked([x[:300] for x in some[:100]])[0] @ mfcc)  # more would take minutes
    return net


class Course:
    """A training on its way: the network, the average of its weights, and how far it has come."""

    def __init__(self, net: Net, rate: float):
        self.net, self.average, self.rate = net, copy.deepcopy(net), rate
        matrices = [p for p in net.parameters() if p.dim() > 1]
        rest = [p for p in net.parameters() if p.dim() == 1]
        groups = [{"params": matrices, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0.0}]
        self.opt = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98))
        self.step, self.share = 0, 0.0

    def take(self, loss: Tensor, share: float) -> tuple[float, float]:
        """One step down the loss, `share` of the way through. Returns the rate and the gradient's size."""
        self.step, self.share = self.step + 1, share
        fall = 0.5 * (1 + math.cos(math.pi * max(0, (share - 0.05) / 0.95)))
        rate = self.rate * min(share / 0.05, 1.0) * (0.01 + 0.99 * fall)
        for group in self.opt.param_groups:
            group["lr"] = rate
        self.opt.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        size = torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        if torch.isfinite(size):
            self.opt.step()
        keep = min(0.998, 1 - 20 / (self.step + 20))
        with torch.no_grad():
            for a, b in zip(self.average.state_dict().values(), self.net.state_dict().values(), strict=True):
                if a.dtype.is_floating_point:
                    a.lerp_(b, 1 - keep)
                else:
                    a.copy_(b)
        return rate, float(size)

    def save(self, path: Path) -> None:
        """The average, as export.py reads it, and what it takes to go on from here."""
        state = {"net": self.average.state_dict(), "config": self.average.config, "step": self.step}
        state |= {"share": self.share, "now": self.net.state_dict(), "opt": self.opt.state_dict()}
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)  # never half of one where the last one was

    def resume(self, path: Path) -> None:
        state = torch.load(path, map_location="cpu")
        self.average.load_state_dict(state["net"])
        self.net.load_state_dict(state["now"])
        self.opt.load_state_dict(state["opt"])
        self.step, self.share = state["step"], state["share"]


def arguments() -> argparse.Namespace:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--steps", type=int, default=14000)
    ap.add_argument("--init", type=Path, help="a checkpoint or a model's folder to begin with")
    ap.add_argument("--resume", action="store_true", help="go on with OUT.pt, a training that was cut off")
    ap.add_argument("--boot-steps", type=int, default=300, help="first steps: cross-entropy on boot.py's phone times")
    ap.add_argument("--rate", type=float, default=2e-3, help="the highest learning rate")
    ap.add_argument("--batch-frames", type=int, default=10000)
    ap.add_argument("--dim", type=int, default=512)
    ap.add_argument("--bottleneck", type=int, default=256)
    ap.add_argument("--drop", type=float, default=0.05)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--minutes", type=float, help="let the rate fall over so much time, in --steps steps at most")
    ap.add_argument("--watch-every", type=int, default=500, help="steps")
    ap.add_argument("--save-every", type=int, default=100, help="steps; some two minutes on a busy machine")
    return ap.parse_args()


def main() -> None:
    args = arguments()
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    r = rng("train", args.steps)
    lexicon = load_json(args.work / "lexicon.json")
    items = load_items(args.work, lexicon, r)
    print(len(items), "utterances,", f"{sum(len(x['mel']) for x in items) / 360000:.1f} h", flush=True)
    noise = Noise(load_pickle(args.work / "feats/noise.pkl"))
    model = phone_model(items, lexicon, r)
    sets = watch_sets(items, noise, lexicon, r)
    mfcc = torch.from_numpy(mfcc_matrix())
    course = Course(fresh(args, items, noise, mfcc, r), args.rate)
    if args.resume:
        course.resume(args.out)
    boot = load_pickle(args.work / "feats/boot.pkl") if args.boot_steps and not args.init else []
    stream = Stream(items, boot, args.boot_steps, args.steps, args.batch_frames, lexicon, noise, course.step + 1)
    began, before, first, total, seen = time.time(), course.share, course.step, 0.0, 0
    net = course.net
    net.train()
    for x, lengths, wanted in DataLoader(stream, batch_size=None, num_workers=1, prefetch_factor=6):
        out = net(x @ mfcc, args.drop)
        if isinstance(wanted, Tensor):
            loss = F.cross_entropy(out.transpose(1, 2), wanted, ignore_index=-1)
        else:
            loss = lfmmi(out, np.asarray(lengths), Targets(*map(np.asarray, wanted)), model)
        spent = time.time() - began
        share = before + spent / (60 * args.minutes) if args.minutes else (course.step + 1) / args.steps
        rate, size = course.take(loss + 2e-4 * (out**2).mean(), min(share, 1.0))
        over = share >= 1.0 or course.step == args.steps
        total, seen = total + loss.item(), seen + 1
        if course.step % 50 == 0:
            pace = spent / (course.step - first)
            print(
                f"{course.step} loss {total / seen:.4f} norm {size:.2f} rate {rate:.2e} {pace:.3f} s/step", flush=True
            )
            total = seen = 0
        if course.step % args.watch_every == 0 or over:
            print("   ", evaluate(course.average, sets, model, mfcc), flush=True)
        if course.step % args.save_every == 0 or over:
            course.save(args.out)
        if over:
            break


if __name__ == "__main__":
    main()
