"""Step 4: waveform augmentation and Kaldi-compatible log-mel features.

    python feats.py WORK [--copies 3] [--human-copies 8] [--people-copies 12] [--talk-copies 4] [--jobs 2]

Every training utterance is turned into `copies` differently perturbed versions (playback
speed, VTLN-like frequency warp, room reverberation, gain, leading and trailing silence),
stored as log-mel frames; MFCCs are a linear map of those (see `mfcc_matrix`), applied in
training after the cheap per-batch augmentation (noise, equaliser, masks).

Writes WORK/feats/train_<n>.pkl (lists of {"mel": float16 (T, 40), "text", "kind"})
and WORK/feats/noise.pkl (lists of {"mel": float16 (T, 40) at unit level, "talk": whether people talk in it}).
"""

from __future__ import annotations

import argparse
import random
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from common import RATE, load_pickle, rng, save_pickle
from noises import Samples, noise, room
from numpy.typing import ArrayLike, NDArray
from scipy.signal import butter, fftconvolve, lfilter, resample_poly

Matrix = NDArray[np.float32]

FRAME, SHIFT, FFT, MELS = 400, 160, 512, 40
WARPS = [0.86, 0.90, 0.94, 0.97, 1.0, 1.0, 1.03, 1.07, 1.11, 1.16]


def mel(f: ArrayLike) -> NDArray[np.float64]:
    """Hertz to mel."""
    return np.asarray(1127.0 * np.log1p(np.asarray(f) / 700.0))


def inv_mel(m: ArrayLike) -> NDArray[np.float64]:
    """Mel to hertz."""
    return np.asarray(700.0 * (np.exp(np.asarray(m) / 1127.0) - 1.0))


@cache
def mel_bank(warp: float = 1.0, low: float = 20.0, high: float = 7600.0) -> Matrix:
    """Kaldi's triangular mel filters, (257, 40); warp != 1 shifts centres along the frequency axis."""
    edges = np.linspace(mel(low), mel(high), MELS + 2)
    if warp != 1.0:  # piecewise-linear warp, as VTLN does it
        f = inv_mel(edges)
        knee = 5000.0
        w = np.where(f < knee, f * warp, knee * warp + (f - knee) * (high - knee * warp) / (high - knee))
        edges = mel(np.clip(w, low, high))
    bins = mel(np.arange(FFT // 2) * RATE / FFT)
    out = np.zeros((FFT // 2 + 1, MELS), np.float32)
    for i in range(MELS):
        left, centre, right = edges[i : i + 3]
        up, down = (bins - left) / (centre - left), (right - bins) / (right - centre)
        inside = (bins > left) & (bins < right)
        out[: FFT // 2, i] = np.where(inside, np.where(bins <= centre, up, down), 0.0)
    return out


@cache
def window() -> Matrix:
    """Povey's window, (400,)."""
    w = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAME) / (FRAME - 1))).astype(np.float32) ** 0.85
    return np.asarray(w)


@cache
def mfcc_matrix() -> Matrix:
    """(40, 40): log-mel row vector @ matrix = Kaldi MFCC with 40 coefficients and lifter 22."""
    n = np.arange(MELS)
    dct = np.sqrt(2.0 / MELS) * np.cos(np.pi / MELS * (n[:, None] + 0.5) * n[None, :])
    dct[:, 0] = np.sqrt(1.0 / MELS)
    lifter = 1.0 + 0.5 * 22 * np.sin(np.pi * n / 22)
    return np.asarray((dct * lifter[None, :]).astype(np.float32))


def log_mel(wave: Samples, warp: float = 1.0, dither: float = 1.0, seed: int = 0) -> Matrix:
    """Kaldi log-mel energies (T, 40) of an int16-scaled waveform, snip-edges framing."""
    n = 1 + (len(wave) - FRAME) // SHIFT
    x = np.lib.stride_tricks.sliding_window_view(wave.astype(np.float32), FRAME)[::SHIFT][:n]
    if dither:
        x = x + np.random.default_rng(seed).standard_normal(x.shape, dtype=np.float32) * dither
    x = x - x.mean(1, keepdims=True)
    x = x - 0.97 * np.concatenate([x[:, :1], x[:, :-1]], 1)
    spec = np.abs(np.fft.rfft(x * window(), FFT)) ** 2
    return np.asarray(np.log(np.maximum(spec.astype(np.float32) @ mel_bank(warp), np.finfo(np.float32).eps)))


def perturb(wave: Samples, r: random.Random, kind: str) -> Samples:
    """One augmented version of an utterance, as float32 on the int16 scale."""
    x = wave.astype(np.float32)
    human = kind.startswith("human")
    if r.random() < 0.7:
        span = 0.12 if human else 0.15
        f = r.uniform(1 - span, 1 + span)
        x = resample_poly(x, 100, max(1, round(100 * f)))
    lead, trail = int(RATE * r.uniform(0.05, 0.7)), int(RATE * r.uniform(0.1, 0.7))
    x = np.concatenate([np.zeros(lead, np.float32), x, np.zeros(trail, np.float32)])
    if r.random() < (0.45 if human else 0.55):
        x = fftconvolve(x, room(r))[: len(x)]
    if r.random() < 0.12:  # telephone or 8 kHz band
        b, a = butter(4, r.uniform(3000, 5000) / (RATE / 2))
        x = lfilter(b, a, x)
    peak = np.abs(x).max() + 1e-3
    return np.asarray((x * (32767 * 10 ** (-r.uniform(1, 32) / 20) / peak)).astype(np.float32))


def train_part(job: tuple[int, int, Path, Path]) -> float:
    """One perturbed copy of a slice of the utterances; what is there already is left. Returns its hours."""
    part, copy, path, out = job
    if out.exists():
        result = load_pickle(out)
    else:
        r, result = rng("feats", part, copy), []
        for i, it in enumerate(load_pickle(path)):
            wave, text, kind = it["audio"], it["text"], it["kind"]
            if kind == "general" and r.random() < 0.06:  # backwards: speech that is no word
                wave, text = wave[::-1], "<spn>"
            warp = r.choice(WARPS if not kind.startswith("human") else WARPS[1:9])
            m = log_mel(perturb(wave, r, kind), warp, seed=part * 100003 + copy * 1009 + i)
            if len(m) < 1100:
                result.append({"mel": m.astype(np.float16), "text": text, "kind": kind})
        save_pickle(out, result)
    return float(sum(len(x["mel"]) for x in result) / 360000)


def noise_part(job: tuple[int, int, list[Samples]]) -> list[dict[str, Any]]:
    """Some noises as log-mel frames of unit power."""
    first, count, voices = job
    r, out = rng("noise", first), []
    for i in range(first, first + count):
        x, talks = noise(i, voices, r)
        m = log_mel(x, dither=0.0)
        out.append({"mel": (m - np.log(np.exp(m).sum(1).mean())).astype(np.float16), "talk": talks})
    return out


def talkers(work: Path) -> list[Samples]:
    """People who talk in the background."""
    paths = [p for p in (work / "human_train.pkl", work / "talk_train.pkl") if p.exists()]
    rows = [x for p in paths for x in load_pickle(p)]
    reading = [x["audio"] for x in rows if x["voice"] == "kathleen"]
    return [x["audio"] for x in rows if x["kind"] == "human_coffee"] + reading[::4]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work", type=Path)
    ap.add_argument("--copies", type=int, default=3, help="perturbed versions of a synthesised utterance")
    ap.add_argument("--human-copies", type=int, default=8, help="of a person's, as human.py has them")
    ap.add_argument("--people-copies", type=int, default=12, help="of many people's words, as people.py has them")
    ap.add_argument("--talk-copies", type=int, default=4, help="of its people's sentences and wake words")
    ap.add_argument("--noises", type=int, default=1000)
    ap.add_argument("--jobs", type=int, default=2)
    args = ap.parse_args()
    feats = args.work / "feats"
    feats.mkdir(exist_ok=True)
    parts = sorted((args.work / "tts").glob("train_*.pkl"))
    by_people = {"human": args.human_copies, "people": args.people_copies, "talk": args.talk_copies}
    jobs = [(i, c, p, feats / f"{p.stem}_c{c}.pkl") for c in range(args.copies) for i, p in enumerate(parts)]
    for part, (name, copies) in enumerate(by_people.items(), 99):
        path = args.work / f"{name}_train.pkl"
        if path.exists():
            jobs += [(part, c, path, feats / f"{path.stem}_c{c}.pkl") for c in range(copies)]
    with ProcessPoolExecutor(args.jobs) as pool:
        print("features of", f"{sum(pool.map(train_part, jobs)):.1f} h", flush=True)
        voices = [x["audio"] for p in parts[:2] for x in load_pickle(p) if x["kind"] == "general"][:600]
        voices += talkers(args.work)
        size = 50
        noises = [(i, min(size, args.noises - i), voices) for i in range(0, args.noises, size)]
        save_pickle(feats / "noise.pkl", [n for part in pool.map(noise_part, noises) for n in part])


if __name__ == "__main__":
    main()
