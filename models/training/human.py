"""Step 3: the human recordings: transcripts, and the split into training and test speakers.

    python human.py WORK --speech DIR [--prompts DIR] [--jobs 2]

The first DIR holds FLAC files: digits/<digit>_<speaker>_<n>.flac (Free Spoken Digit Dataset) and
orders/*.flac with orders-labels.json (Picovoice's speech-to-intent benchmark). WAV files of
the same names do as well.

The orders' labels are slots ("size": "twelve ounce"), not sentences, so each recording's
sentence is picked by pocketsphinx from a grammar that allows only its own slot words. They
name no speakers either: recordings are grouped by long-term spectrum and whole groups go
to one side, which keeps most (not provably all) speakers on one side.

The second, Asterisk's English prompts with their texts, a woman's voice, 25 minutes (Debian's package
asterisk-core-sounds-en-g722), is learned from as a whole. Words that the lexicon lacks are shown as
speech that is no word.

Writes WORK/human_train.pkl and WORK/human_test.pkl.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections.abc import Container
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from common import FSDD_TEST, FSDD_TRAIN, RATE, load_json, rng, save_pickle
from feats import log_mel
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.signal import resample_poly
from text import number

Pcm = NDArray[np.int16]
Utterance = dict[str, Any]

CARRIERS = [
    "can i get", "can i have", "may i have", "i'd like", "i want", "give me", "make me", "get me", "brew", "brew me",
    "i would like", "could i get", "could i have", "please make me",
]  # fmt: skip
PROMPTS = Path("/usr/share/asterisk/sounds/en_US_f_Allison")
PROMPT_TEXTS = Path("/usr/share/doc/asterisk-core-sounds-en/core-sounds-en.txt.gz")
DIGITS = "zero one two three four five six seven eight nine".split()


def read(path: Path) -> Pcm:
    """A recording at the model's rate."""
    x, rate = soundfile.read(path, dtype="int16")
    if rate != RATE:
        x = np.clip(resample_poly(x.astype(np.float32), RATE // rate, 1), -32768, 32767).astype(np.int16)
    return np.asarray(x)


def recordings(folder: Path, pattern: str) -> list[Path]:
    return sorted(p for p in folder.glob(pattern) if p.suffix in (".flac", ".wav"))


def digits(root: Path) -> tuple[list[Utterance], list[Utterance]]:
    """Single digits, and strings of several put together; three speakers to learn from, three to test with."""
    train: list[Utterance] = []
    test: list[Utterance] = []
    r = rng("digits")
    for speaker in FSDD_TRAIN + FSDD_TEST:
        clips = [(DIGITS[int(p.name[0])], read(p), p.name) for p in recordings(root, f"*_{speaker}_*")]
        row = {"voice": f"fsdd:{speaker}", "kind": "human_digit"}
        if speaker in FSDD_TEST:
            test += [{"audio": x, "text": w, "name": n, **row} for w, x, n in clips]
            continue
        train += [{"audio": x, "text": w, **row} for w, x, _ in clips]
        for _ in range(300):
            some = r.choices(clips, k=r.randint(2, 6))
            parts = [p for _, x, _ in some for p in (x, np.zeros(int(r.uniform(0.0, 0.45) * RATE), np.int16))]
            train.append({"audio": np.concatenate(parts), "text": " ".join(w for w, _, _ in some), **row})
    return train, test


def transcript(audio: Pcm, slots: dict[str, str]) -> tuple[str, list[str]]:
    """The sentence that holds all of an order's slots ("" where not every slot was found), and the slots' words."""
    from pocketsphinx import Config, Decoder, get_model_path

    pre = [slots[k].strip() for k in ("size", "numberOfShots", "roast") if k in slots]
    noun = slots["coffeeDrink"].strip()
    post = [slots[k].strip() for k in ("milkAmount", "sugarAmount") if k in slots]
    before = " ".join(f"[{' | '.join(pre)}]" for _ in pre)
    after = f"[with ({' | '.join(post)}) [[and | with] ({' | '.join(post)})]]" if post else ""
    grammar = (
        f"#JSGF V1.0; grammar g; public <s> = [{' | '.join(CARRIERS)}] [a | an | the] {before} {noun} {after} [please];"
    )
    model, words = get_model_path("en-us/en-us"), get_model_path("en-us/cmudict-en-us.dict")
    d = Decoder(Config(hmm=model, dict=words, lm=None, loglevel="FATAL", beam=1e-60, wbeam=1e-40))
    d.add_jsgf_string("g", grammar)
    d.activate_search("g")
    d.start_utt()
    d.process_raw(audio.tobytes(), full_utt=True)
    d.end_utt()
    heard = d.hyp().hypstr if d.hyp() else ""
    want = " ".join([*pre, noun, *post]).split()
    return (heard if sorted(w for w in heard.split() if w in want) == sorted(want) else ""), want


def prompts(folder: Path, texts: Path, lexicon: Container[str]) -> list[Utterance]:
    """Asterisk's, as their list of texts names them; tones, letters and silences are left out."""
    import av

    rows: list[Utterance] = []
    with gzip.open(texts, "rt", encoding="utf-8") as f:
        listed = [line.split(":", 1) for line in f if ":" in line and not line.startswith(";")]
    for name, said in listed:
        path = folder / f"{name}.g722"
        words = [w for part in re.findall(r"[0-9]+|[a-z']+", said.lower()) for w in spoken(part)]
        if "[" in said or not words or not path.exists() or name.split("/")[0] in ("letters", "silence"):
            continue
        with av.open(str(path), format="g722") as sound:
            audio = np.concatenate([frame.to_ndarray()[0] for frame in sound.decode(audio=0)])
        text = " ".join(w if w in lexicon else "<spn>" for w in words)
        rows.append({"audio": audio, "text": text, "voice": "asterisk:allison", "kind": "human_prompt", "name": name})
    return rows


def spoken(word: str) -> list[str]:
    """A word of a prompt's text as words of the lexicon; a figure as its number."""
    return number(int(word)).split() if word.isdigit() and int(word) <= 100 else [word]


def grouped(rows: list[Utterance]) -> NDArray[Any]:
    """A group for each recording, by the shape of its speech's and its silence's spectrum."""
    profile = []
    for row in rows:
        m = log_mel(row["audio"])
        e = m.mean(1)
        loud, soft = m[e > np.percentile(e, 60)], m[e < np.percentile(e, 15)]
        profile.append(np.concatenate([loud.mean(0) - loud.mean(), soft.mean(0) * 0.5]))
    return np.asarray(fcluster(linkage(np.array(profile), "ward"), 60, "maxclust"))


def order(job: tuple[Path, dict[str, str]]) -> Utterance:
    """One recording with what is known of it; takes about a second."""
    path, slots = job
    audio = read(path)
    text, want = transcript(audio, slots)
    row = {"audio": audio, "text": text, "slots": slots, "slot_words": want}
    return row | {"voice": "coffee", "kind": "human_coffee", "name": path.stem}


def orders(root: Path, jobs: int) -> tuple[list[Utterance], list[Utterance]]:
    """Coffee orders; half of the groups to learn from."""
    labels = load_json(root / "orders-labels.json")
    found = {name: recordings(root / "orders", Path(name).stem + ".*") for name in sorted(labels)}
    with ProcessPoolExecutor(jobs) as pool:
        rows = list(pool.map(order, [(paths[0], labels[name]["slots"]) for name, paths in found.items() if paths]))
    print(len(rows), "coffee recordings;", sum(not row["text"] for row in rows), "without a sure transcript")
    groups = grouped(rows)
    ids = sorted(set(groups))
    rng("coffee").shuffle(ids)
    side, n = {}, 0
    for gid in ids:
        side[gid] = "train" if n < len(rows) / 2 else "test"
        n += int((groups == gid).sum())
    train = [row for row, gid in zip(rows, groups, strict=True) if side[gid] == "train" and row["text"]]
    test = [row for row, gid in zip(rows, groups, strict=True) if side[gid] == "test"]
    return train, test


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work", type=Path)
    ap.add_argument("--speech", type=Path, required=True)
    ap.add_argument("--prompts", type=Path, default=PROMPTS, help="Asterisk's, in English; left out where they are not")
    ap.add_argument("--jobs", type=int, default=2)
    args = ap.parse_args()
    allison: list[Utterance] = []
    if args.prompts.is_dir():
        allison = prompts(args.prompts, PROMPT_TEXTS, load_json(args.work / "lexicon.json"))
    digits_train, digits_test = digits(args.speech / "digits")
    orders_train, orders_test = orders(args.speech, args.jobs)
    save_pickle(args.work / "human_train.pkl", digits_train + orders_train + allison)
    save_pickle(args.work / "human_test.pkl", digits_test + orders_test)
    print("train:", len(digits_train), "digits,", len(orders_train), "orders,", len(allison), "prompts;", end=" ")
    print("test:", len(digits_test), "digits,", len(orders_test), "orders")


if __name__ == "__main__":
    main()
