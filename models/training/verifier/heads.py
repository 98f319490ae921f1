"""The heads: what is trained, how, and how it is stored for coach/ear/verifier.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from clips import OTHER
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional as F

VECTORS, SIZE = 16, 96
HIDDEN, LOOKS = 192, 4
EPOCHS, BATCH, RATE = 20, 128, 2e-3
BLUR = 4.0
"""How far a whole utterance's vectors are moved at random, each of 96 numbers: microphones do so, and more of what
synthesised voices teach reaches people (see README.md)."""
SHARES = {"people": 6.0, "silence": 6.0, "digits": 2.0, "wake": 2.0, "orders": 2.0}
"""How much more often than the rest a kind is shown."""
Vectors = NDArray[np.float16]


class Head(nn.Module):
    """Two convolutions over the vectors, four looks at what comes out, and a phrase."""

    def __init__(self, phrases: int) -> None:
        super().__init__()
        self.level = nn.BatchNorm1d(SIZE)
        self.first, self.first_level = nn.Conv1d(SIZE, HIDDEN, 3, padding=1), nn.BatchNorm1d(HIDDEN)
        self.second, self.second_level = nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1), nn.BatchNorm1d(HIDDEN)
        self.attention = nn.Conv1d(HIDDEN, LOOKS, 1)
        self.place = nn.Parameter(torch.zeros(LOOKS, VECTORS))
        self.forget = nn.Dropout(0.3)
        self.phrase = nn.Linear(HIDDEN * LOOKS, phrases)

    def features(self, vectors: torch.Tensor) -> torch.Tensor:
        """What the four looks see."""
        x = F.relu(self.first_level(self.first(self.level(vectors.transpose(1, 2)))))
        x = F.relu(self.second_level(self.second(self.forget(x))))
        looks = torch.softmax(self.attention(x) + self.place, 2)
        return torch.einsum("bht,bct->bhc", looks, x).flatten(1)

    def forward(self, vectors: torch.Tensor) -> torch.Tensor:
        scores: torch.Tensor = self.phrase(self.forget(self.features(vectors)))
        return scores


def train(vectors: Vectors, labels: Sequence[int], kinds: Sequence[str], phrases: int, seed: int = 0) -> Head:
    """`vectors` are (clips, moments, SIZE), more moments than VECTORS: each time other ones are seen."""
    torch.manual_seed(seed)
    r = np.random.default_rng(seed)
    often = Counter(labels)
    weights = [SHARES.get(kind, 1.0) / often[label] ** 0.5 for label, kind in zip(labels, kinds, strict=True)]
    chances = np.cumsum(weights) / np.sum(weights)
    targets, head = torch.tensor(labels), Head(phrases)
    steps = EPOCHS * len(labels) // BATCH
    optimiser = torch.optim.AdamW(head.parameters(), RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, steps + 1)
    head.train()
    for step in range(steps):
        batch = np.minimum(np.searchsorted(chances, r.random(BATCH)), len(labels) - 1)
        first = r.integers(1, vectors.shape[1] - VECTORS + 1, BATCH)
        seen = torch.from_numpy(vectors[batch[:, None], first[:, None] + np.arange(VECTORS)]).float()
        seen += torch.randn(BATCH, 1, SIZE) * BLUR
        loss = F.cross_entropy(head(seen), targets[batch], label_smoothing=0.05)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        if step % 200 == 0:
            print(f"step {step} of {steps}: {loss.item():.2f}", flush=True)
    return head.eval()


def usual(head: Head, vectors: Vectors, kinds: Sequence[str]) -> NDArray[np.float64]:
    """The mean of what the looks see in people's words: own_voice.py compares what differs from it."""
    people = [n for n, kind in enumerate(kinds) if kind == "people"]
    with torch.no_grad():
        seen = head.features(torch.from_numpy(vectors[people, -VECTORS:]).float())
    return seen.mean(0).numpy().astype(np.float64)


def store(
    path: Path,
    head: Head,
    phrases: Sequence[str],
    taught: set[str],
    embedding: dict[str, Any],
    usual: NDArray[np.float64],
) -> None:
    """One file with everything that coach/ear/verifier.py reads, two bytes a weight."""

    def numbers(tensor: torch.Tensor) -> NDArray[np.float64]:
        return tensor.detach().numpy().astype(np.float64)

    def level(norm: nn.BatchNorm1d) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        assert norm.running_mean is not None
        assert norm.running_var is not None
        scale = numbers(norm.weight) / np.sqrt(numbers(norm.running_var) + norm.eps)
        return scale, numbers(norm.bias) - numbers(norm.running_mean) * scale

    arrays: dict[str, NDArray[Any]] = {"usual": usual}
    arrays["scale"], arrays["shift"] = level(head.level)
    for name, layer, norm in (
        ("first", head.first, head.first_level),
        ("second", head.second, head.second_level),
    ):
        scale, shift = level(norm)
        arrays[name] = (numbers(layer.weight) * scale[:, None, None]).transpose(2, 1, 0)
        assert layer.bias is not None
        arrays[f"{name}_bias"] = numbers(layer.bias) * scale + shift
    assert head.attention.bias is not None
    arrays["attention"] = numbers(head.attention.weight)[:, :, 0].T
    arrays["place"] = (numbers(head.place) + numbers(head.attention.bias)[:, None]).T
    arrays["phrase"], arrays["phrase_bias"] = numbers(head.phrase.weight).T, numbers(head.phrase.bias)
    small = {name: array.astype(np.float16) for name, array in arrays.items()}
    words = {"phrases": np.array(phrases), "taught": np.array(sorted(taught - {OTHER}))}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **words, **small, **embedding)  # type: ignore[arg-type]
