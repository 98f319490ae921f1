"""Optional: choose the costs of "[unk]" in the graph, by training voices only.

    python tune.py WORK CHECKPOINT --settings=-2.5,6,3 --settings=-2.5,5,6

Speaks commands, phrases of one's own (two ordinary words each, in the grammar beside the commands) and
talk that is in no grammar, with training voices, and prints for each setting of graph.py's costs
how many commands and own phrases were understood, the commands once more among four people who talk
and in other noise, and how much of the talk was taken for either.
The lower the first two the more talk is turned away, and own phrases before commands: training heard
every command many times, and hid other words behind [unk].
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from common import HERE, load_json, load_yaml, rng
from conditions import Pcm, babble, padded, to_int16, with_noise

# Before graph: libvosk, loaded after pywrapfst, waits for ever, for both bring an OpenFst.
from decoding import decode, least_confidence, load, phrase_of
from export import export, load_net
from graph import Costs, write_graphs
from noises import QUIET, noise
from synth import FLITE_PITCH, espeak, flite, variants

CONFIDENCES = (0.7, 0.9, 0.99)
FREQUENT = 1500
"""Own phrases are made of so many of the most frequent words."""


class Row(NamedTuple):
    kind: str
    """command, babble or noise (a command in it), own or other"""
    text: str
    audio: Pcm


def own_phrases(frequency: dict[str, float], commands: Sequence[str], count: int, r: random.Random) -> list[str]:
    """Two frequent words each, none of them a command's."""
    taken = {w for c in commands for w in c.split()}
    words = [w for w in sorted(frequency, key=lambda w: -frequency[w]) if len(w) > 2 and w not in taken]
    return [" ".join(r.sample(words[:FREQUENT], 2)) for _ in range(count)]


def spoken(rows: Sequence[tuple[str, str]], r: random.Random) -> list[Row]:
    """Each (kind, text), by a training voice at random."""
    g, voices, out = np.random.default_rng(3), variants(), []
    for kind, text in rows:
        if r.random() < 0.5:
            audio = espeak(text, r.choice(["en-us", "en-gb"]), r.choice(voices), r.randint(130, 200), 50)
        else:
            audio = flite(text, r.choice(list(FLITE_PITCH)), r.uniform(0.85, 1.2))
        out.append(Row(kind, text, to_int16(padded(audio, g, floor=30.0))))
    return out


def material(work: Path) -> tuple[list[str], list[Row]]:
    """The grammar's phrases, and everything to be heard."""
    r = rng("tune")
    commands: list[str] = load_yaml(HERE / "test-phrases.yaml")["commands"]
    own = own_phrases(load_json(work / "wordfreq.json"), commands, 60, r)
    phrases = [*commands, *own]
    used = {w for p in phrases for w in p.split()}
    words = sorted(w for w in load_json(work / "lexicon.json") if w not in used)
    texts = load_json(work / "train_text.json")
    talk = [t["text"] for t in texts if t["kind"] == "general" and len(t["text"].split()) < 7]
    talk = r.sample(talk, min(60, len(talk))) + r.sample(words, min(90, len(words)))
    rows = [("command", t) for t in commands * 2] + [("own", t) for t in own] + [("other", t) for t in talk]
    heard = spoken(rows, r)
    others = babble([row.audio for row in heard if row.kind == "other"], 40, r)
    noises = [noise(i, [], r)[0] for i in range(len(QUIET))]
    for row in [row for row in heard if row.kind == "command"]:
        sound = row.audio.astype(np.float64)
        heard.append(Row("babble", row.text, to_int16(with_noise(sound, others, 10, r))))
        heard.append(Row("noise", row.text, to_int16(with_noise(sound, r.choice(noises), 6, r))))
    return phrases, heard


def line(model: Any, phrases: Sequence[str], rows: Sequence[Row]) -> str:
    """What one setting makes of it all."""
    found = [(row, decode(model, phrases, row.audio)) for row in rows]

    def share(kind: str, right: bool, at_least: float = 0.0) -> float:
        """Of the rows of a kind: those heard as what they are, or as another phrase."""
        hits = []
        for row, words in found:
            if row.kind == kind:
                heard = phrase_of(words, phrases)
                hits.append((heard == row.text) == right and heard is not None and least_confidence(words) >= at_least)
        return sum(hits) / max(len(hits), 1)

    parts = [
        f"commands {share('command', True):.3f} right, {share('command', False):.3f} another",
        f"in babble {share('babble', True):.3f} right, {share('babble', False):.3f} another",
        f"in noise {share('noise', True):.3f} right, {share('noise', False):.3f} another",
        f"own phrases {share('own', True):.3f} right, {share('own', False):.3f} another",
        f"talk {share('other', False):.3f} accepted",
    ]
    surer = [f"{share('command', True, c):.3f}/{share('other', False, c):.3f} at {c}" for c in CONFIDENCES]
    return "; ".join(parts) + " (commands/talk by least confidence: " + ", ".join(surer) + ")"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work", type=Path)
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("--settings", action="append", required=True, help="a cost of SPN, of other words, of switching")
    args = ap.parse_args()
    phrases, rows = material(args.work)
    with tempfile.TemporaryDirectory() as d:
        export(load_net(args.checkpoint), Path(d))
        for setting in args.settings:
            write_graphs(args.work, Path(d), Costs(*map(float, setting.split(","))))
            print(f"{setting}:", line(load(Path(d)), phrases, rows), flush=True)


if __name__ == "__main__":
    main()
