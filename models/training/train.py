"""Step 5: train the network.

    python train.py WORK OUT.pt [--steps 14000] [--init CHECKPOINT-OR-MODEL]

The first steps are cross-entropy on the bootstrap set with its exact phone times, the rest
LF-MMI on everything. The learning rate rises for a while and then falls along a cosine;
noise grows to its full share over the first fifth. With --init, a checkpoint or a model's
folder, training goes on from there, with all of the noise and without the bootstrap. The
checkpoint holds an exponential moving average of the weights.
"""

from __future__ import annotations

import argparse
import copy
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from augment import Noise, augment
from common import PHONE_ID, SEED, load_json, load_pickle, rng
from feats import log_mel, mfcc_matrix
from lfmmi import SIL, PhoneModel, Targets, lfmmi, phone_bigram, score
from net import Net
from restore import restore
from torch import Tensor
from torch.nn import functional as F
from torch.utils.data import DataLoader, IterableDataset

Item = dict[str, Any]
Lexicon = dict[str, list[list[str]]]
SPN = PHONE_ID["SPN"]
HIDE = {"general": 0.5, "human_coffee": 0.45, "human_prompt": 0.35, "word": 0.85, "near": 0.75}
"""The share of words shown to the network as SPN, by kind of utterance: what "[unk]" is to stand for."""
HARD = 0.6
"""The share of utterances in loud noise."""


def phones_of(
    text: str, lexicon: Lexicon, r: random.Random | None = None, hide: float = 0.0
) -> tuple[list[int], list[bool]]:
    """Text -> (phone ids, which may be left out): an optional SIL at both ends and between words.

    With a random generator given, one of a word's pronunciations is now and then drawn at
    random (else the first is used), and a share `hide` of the words becomes SPN.
    """
    ids, optional = [SIL], [True]
    for w in text.replace(",", " ").split():
        if w == "<spn>" or (r and hide and r.random() < hide):
            pron = [SPN]
        else:
            prons = lexicon[w]
            pron = [PHONE_ID[p] for p in (r.choice(prons) if r and r.random() < 0.3 else prons[0])]
        ids += [*pron, SIL]
        optional += [False] * len(pron) + [True]
    return (ids, optional) if len(ids) > 1 else (ids, [False])


def load_items(work: Path, lexicon: Lexicon, r: random.Random) -> list[Item]:
    """All utterances whose words are known and fit their length, and stretches of nothing and of other people."""
    items = [x for p in sorted((work / "feats").glob("*_c*.pkl")) for x in load_pickle(p)]
    spoken = len(items)
    for kind, text, share in (("silence", "", 0.1), ("others", "<spn>", 0.01)):
        for i in range(int(spoken * share)):
            quiet = log_mel(np.zeros(400 + 160 * r.randint(60, 300), np.float32), seed=i)
            items.append({"mel": quiet.astype(np.float16), "text": text, "kind": kind})
    ok = []
    for it in items:
        words = it["text"].replace(",", " ").split()
        if all(w in lexicon or w == "<spn>" for w in words):
            n = sum(1 if w == "<spn>" else len(lexicon[w][0]) for w in words)
            if len(it["mel"]) // 3 >= n + 4:
                ok.append(it)
    return ok


def batches(lengths: list[int], frames: int, r: random.Random) -> list[list[int]]:
    """Indices in batches of like length, `frames` input frames in each at most."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] * r.uniform(0.93, 1.07))
    out: list[list[int]] = []
    current: list[int] = []
    longest = 0
    for i in order:
        if current and (len(current) + 1) * max(longest, lengths[i]) > frames:
            out.append(current)
            current, longest = [], 0
        current.append(i)
        longest = max(longest, lengths[i])
    out.append(current)
    r.shuffle(out)
    return out


def stacked(mels: list[Any]) -> tuple[Tensor, Any]:
    """-> features (B, T, 40), the last frame repeated to a common length; output lengths (B,)."""
    lengths = np.array([len(m) // 3 for m in mels])
    x = np.zeros((len(mels), int(lengths.max()) * 3, 40), np.float32)
    for i, m in enumerate(mels):
        k = min(len(m), x.shape[1])
        x[i, :k] = m[:k]
        x[i, k:] = m[k - 1]
    return torch.from_numpy(x), lengths


def targets(sequences: list[tuple[list[int], list[bool]]]) -> Targets:
    size = max(len(s[0]) for s in sequences)
    phones, optional = np.full((len(sequences), size), SIL), np.zeros((len(sequences), size), bool)
    for i, (p, o) in enumerate(sequences):
        phones[i, : len(p)], optional[i, : len(p)] = p, o
    return Targets(phones, optional, np.array([len(s[0]) for s in sequences]))


class Stream(IterableDataset[Any]):
    """Batches without end, made in a process of its own. Each is features, lengths, and Targets or pdfs (B, T)."""

    def __init__(self, items: list[Item], boot: list[Item], boot_steps: int, steps: int, frames: int,
                 lexicon: Lexicon, noise: Noise, key: object):  # fmt: skip
        """Without a bootstrap set the noise has its full share from the beginning."""
        self.items, self.boot, self.boot_steps, self.steps = items, boot, boot_steps if boot else 0, steps
        self.frames, self.lexicon, self.noise, self.r = frames, lexicon, noise, rng("stream", key)

    def __iter__(self) -> Iterator[Any]:
        r, queues = self.r, {True: [], False: []}  # type: ignore[var-annotated]
        for step in range(1, self.steps + 1):
            booting = step <= self.boot_steps
            source, queue = self.boot if booting else self.items, queues[booting]
            if not queue:
                queue.extend(batches([len(x["mel"]) for x in source], self.frames, r))
            part = [source[i] for i in queue.pop()]
            hard = HARD * (min(1.0, step / (0.2 * self.steps)) if self.boot else 1.0)
            x, lengths = stacked([augment(p["mel"], p["kind"], self.noise, r, hard) for p in part])
            if booting:
                pdfs = np.full((len(part), int(lengths.max())), -1)
                for i, p in enumerate(part):
                    pdfs[i, : len(p["target"])] = p["target"]
                yield x, lengths, torch.from_numpy(pdfs)
            else:
                yield x, lengths, targets([phones_of(p["text"], self.lexicon, r, HIDE.get(p["kind"], 0)) for p in part])


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
    for kind in ("command", "number", "general", "human_digit", "human_coffee"):
        some = [i for i, x in enumerate(items) if x["kind"] == kind]
        chosen = set(r.sample(some, min(80, len(some) // 10)))
        rows = [items[i] for i in chosen]
        items[:] = [x for i, x in enumerate(items) if i not in chosen]
        if rows:
            for name, hard in ((kind, 0.0), (kind + " in noise", 1.0)):
                x, lengths = stacked([augment(row["mel"], kind, noise, r, hard) for row in rows])
                sets[name] = x, lengths, targets([phones_of(row["text"], lexicon) for row in rows])
    return sets


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--steps", type=int, default=14000)
    ap.add_argument("--init", type=Path, help="a checkpoint or a model's folder to go on from")
    ap.add_argument("--boot-steps", type=int, default=300, help="first steps: cross-entropy on boot.py's phone times")
    ap.add_argument("--rate", type=float, default=2e-3, help="the highest learning rate")
    ap.add_argument("--batch-frames", type=int, default=10000)
    ap.add_argument("--dim", type=int, default=512)
    ap.add_argument("--bottleneck", type=int, default=256)
    ap.add_argument("--drop", type=float, default=0.05)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--watch-every", type=int, default=500)
    args = ap.parse_args()
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
    net = Net(args.dim, args.bottleneck)
    if args.init and args.init.is_file():
        net.load_state_dict(torch.load(args.init, map_location="cpu")["net"])
    else:
        some = [augment(x["mel"], x["kind"], noise, r) for x in r.sample(items, min(300, len(items)))]
        m = torch.from_numpy(np.concatenate(some)) @ mfcc
        net.mean.copy_(m.mean(0))
        net.std.copy_(m.std(0))
        if args.init:
            restore(net, args.init, stacked(some)[0] @ mfcc)
    average = copy.deepcopy(net)
    matrices = [p for p in net.parameters() if p.dim() > 1]
    rest = [p for p in net.parameters() if p.dim() == 1]
    groups = [{"params": matrices, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0.0}]
    opt = torch.optim.AdamW(groups, lr=args.rate, betas=(0.9, 0.98))
    boot = load_pickle(args.work / "feats/boot.pkl") if args.boot_steps and not args.init else []
    stream = Stream(items, boot, args.boot_steps, args.steps, args.batch_frames, lexicon, noise, args.steps)
    began, total, seen = time.time(), 0.0, 0
    net.train()
    loader = DataLoader(stream, batch_size=None, num_workers=1, prefetch_factor=6)
    for step, (x, lengths, wanted) in enumerate(loader, 1):
        f = step / args.steps
        fall = 0.5 * (1 + math.cos(math.pi * max(0, (f - 0.05) / 0.95)))
        rate = args.rate * min(f / 0.05, 1.0) * (0.01 + 0.99 * fall)
        for group in opt.param_groups:
            group["lr"] = rate
        out = net(x @ mfcc, args.drop)
        if isinstance(wanted, Tensor):
            loss = F.cross_entropy(out.transpose(1, 2), wanted, ignore_index=-1)
        else:
            loss = lfmmi(out, np.asarray(lengths), Targets(*map(np.asarray, wanted)), model)
        opt.zero_grad()
        (loss + 2e-4 * (out**2).mean()).backward()
        size = torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        if torch.isfinite(size):
            opt.step()
        keep = min(0.998, 1 - 20 / (step + 20))
        with torch.no_grad():
            for a, b in zip(average.state_dict().values(), net.state_dict().values(), strict=True):
                if a.dtype.is_floating_point:
                    a.lerp_(b, 1 - keep)
                else:
                    a.copy_(b)
        total, seen = total + loss.item(), seen + 1
        if step % 50 == 0:
            pace = (time.time() - began) / step
            print(f"{step} loss {total / seen:.4f} norm {size:.2f} rate {rate:.2e} {pace:.3f} s/step", flush=True)
            total = seen = 0
        if step % args.watch_every == 0 or step == args.steps:
            print("   ", evaluate(average, sets, model, mfcc), flush=True)
            torch.save({"net": average.state_dict(), "config": average.config, "step": step}, args.out)


if __name__ == "__main__":
    main()
