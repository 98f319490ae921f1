"""Step 4b: a set with exact phone times, from flite, which can print its segments.

    python boot.py WORK [--count 2600] [--jobs 2]

Writes WORK/feats/boot.pkl: lists of {"mel", "target": pdf of every output frame, "kind"}. The
network's first steps are cross-entropy on these; LF-MMI on everything else takes over
from there. (From a random start LF-MMI without alignments stays for long at "some phone
or silence" on data like this.)
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from common import PHONE_ID, RATE, load_json, rng, save_pickle
from feats import WARPS, log_mel
from synth import FLITE_PITCH, flite_printing

NAMES = {"pau": "SIL", "ax": "AX", "axr": "ER", "ssil": "SIL", "dx": "T", "el": "L", "em": "M", "en": "N", "ix": "IH"}


def segments(printed: str) -> list[tuple[str, float]]:
    """flite's "name:end" list -> [(phone, end in seconds)]."""
    pairs = [w.rsplit(":", 1) for w in printed.split() if ":" in w]
    return [(name, float(end)) for name, end in pairs]


def one_part(job: tuple[int, list[dict[str, str]]]) -> list[dict[str, Any]]:
    part, items = job
    r, out = rng("boot", part), []
    for i, it in enumerate(items):
        voice = r.choice(list(FLITE_PITCH))
        f0, stretch = FLITE_PITCH[voice] * r.uniform(0.85, 1.2), r.uniform(0.75, 1.3)
        audio, printed = flite_printing(it["text"], voice, stretch, f0, "-psdur")
        segs = segments(printed)
        if not segs:
            continue
        lead = int(RATE * r.uniform(0, 0.4))
        x = np.pad(audio.astype(np.float32), (lead, int(RATE * r.uniform(0.1, 0.5))))
        x *= 32767 * 10 ** (-r.uniform(1, 25) / 20) / (np.abs(x).max() + 1)
        m = log_mel(x, r.choice(WARPS), seed=part * 9973 + i)
        target = np.full(len(m) // 3, 2 * PHONE_ID["SIL"] + 1)
        target[0] = 2 * PHONE_ID["SIL"]
        centres = (np.arange(len(target)) * 3 * 160 + 200 - lead) / RATE
        begin = 0.0
        for name, end in segs:
            inside = np.flatnonzero((centres >= begin) & (centres < end))
            p = PHONE_ID[NAMES.get(name, name.upper())]
            if len(inside):
                target[inside] = 2 * p + 1
                target[inside[0]] = 2 * p
            begin = end
        out.append({"mel": m.astype(np.float16), "target": target, "kind": "boot"})
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work", type=Path)
    ap.add_argument("--count", type=int, default=2600)
    ap.add_argument("--jobs", type=int, default=2)
    args = ap.parse_args()
    (args.work / "feats").mkdir(exist_ok=True)
    items = load_json(args.work / "train_text.json")
    items = rng("boot").sample(items, min(args.count, len(items)))
    size = 100
    with ProcessPoolExecutor(args.jobs) as pool:
        parts = pool.map(one_part, [(i // size, items[i : i + size]) for i in range(0, len(items), size)])
        out = [x for part in parts for x in part]
    save_pickle(args.work / "feats/boot.pkl", out)
    print(len(out), "utterances", f"{sum(len(x['mel']) for x in out) / 360000:.2f} h")


if __name__ == "__main__":
    main()
