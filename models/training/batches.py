"""What the network is shown: utterances in batches of like length, and the phones that they are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from augment import Noise, augment
from common import PHONE_ID, load_pickle, rng
from feats import log_mel
from lfmmi import SIL, Targets
from torch import Tensor
from torch.utils.data import IterableDataset

Item = dict[str, Any]
Lexicon = dict[str, list[list[str]]]
SPN = PHONE_ID["SPN"]
HIDE = {
    "general": 0.5, "human_coffee": 0.45, "human_prompt": 0.5, "word": 0.85, "near": 0.75,
    "human_word": 0.8, "human_part": 0.4,
}  # fmt: skip
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
                 lexicon: Lexicon, noise: Noise, first: int = 1):  # fmt: skip
        """Without a bootstrap set the noise has its full share from the beginning. `first`: the step to begin with."""
        self.items, self.boot, self.boot_steps, self.steps = items, boot, boot_steps if boot else 0, steps
        self.frames, self.lexicon, self.noise, self.first = frames, lexicon, noise, first
        self.r = rng("stream", steps) if first == 1 else rng("stream", steps, first)

    def __iter__(self) -> Iterator[Any]:
        r, queues = self.r, {True: [], False: []}  # type: ignore[var-annotated]
        for step in range(self.first, self.steps + 1):
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
