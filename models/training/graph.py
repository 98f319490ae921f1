"""Step 7: build the decoding graphs that libvosk composes at run time.

    python graph.py WORK MODEL [--spn-cost -2.5] [--other-cost 6] [--switch-cost 3]

HCLr.fst maps transition-ids to words. It holds phone prefix trees of the lexicon whose word
label sits on each word's last phone; every tree node carries the self-loop of the phone
that leads into it (1-state "chain" HMMs), and all word ends of a tree share one exit per
final phone, from which an optional SIL leads back to the roots. Because nothing is
determinized no disambiguation symbols are needed.

"[unk]" is what lets a grammar turn away speech outside it, and stands for two things:
the phone SPN, which train.py teaches to stand for any word (it hides a share of the words
of general sentences behind it); and, at a cost, every word of the lexicon, for what was
plainly another word. They have a tree of their own, because people pause before and after
a command: to go from the one tree to the other without a SIL costs as well.

Gr.fst is a back-off bigram over words, used when no run-time grammar is given. The file
type olabel_lookahead and the word renumbering it needs come from OpenFst's own fstconvert
(Debian: libfst-tools).

Reads WORK/lexicon.json, wordfreq.json and train_text.json.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from ctypes.util import find_library
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pywrapfst as fst
from common import load_json
from phones import forward_tid, loop_tid, phone_table

HALF = -math.log(0.5)
UNIGRAM_SHARE = 0.5
"""How much of a word's probability comes from the training sentences; the rest from its frequency in the language."""


class Costs(NamedTuple):
    """Negative log probabilities. The lower the first two, the more speech is turned away, and commands with it."""

    spn: float = -2.5
    """Of any speech at all: the phone SPN."""
    other: float = 6.0
    """Of one of the lexicon's words. What fits a command nearly as well is still the command."""
    switch: float = 3.0
    """Of going from "[unk]" to another word, or back, without a pause."""


class Builder:
    """A small FST under construction."""

    def __init__(self) -> None:
        self.states = 0
        self.arcs: list[tuple[int, int, int, float, int]] = []
        self.finals: dict[int, float] = {}

    def state(self, looping: int | None = None) -> int:
        """A new state, with the self-loop of the phone `looping`."""
        s = self.states
        self.states += 1
        if looping:
            self.arc(s, loop_tid(looping), 0, HALF, s)
        return s

    def arc(self, source: int, ilabel: int, olabel: int, cost: float, target: int) -> None:
        self.arcs.append((source, ilabel, olabel, cost, target))

    def build(self, start: int) -> Any:
        f = fst.VectorFst()
        f.add_states(self.states)
        f.set_start(start)
        for source, ilabel, olabel, cost, target in self.arcs:
            f.add_arc(source, fst.Arc(ilabel, olabel, fst.Weight("tropical", cost), target))
        for state, cost in self.finals.items():
            f.set_final(state, fst.Weight("tropical", cost))
        return f


def build_hcl(lexicon: dict[str, list[list[str]]], word_ids: dict[str, int], costs: Costs) -> Any:
    """The graph from transition-ids to words."""
    _, ids = phone_table()
    b = Builder()
    start, words, others = b.state(), b.state(), b.state()
    sil, sil_in = b.state(ids["SIL", ""]), forward_tid(ids["SIL", ""])
    b.arc(start, sil_in, 0, HALF + HALF, sil)
    for root in (words, others):
        b.arc(start, 0, 0, HALF, root)
        b.arc(sil, 0, 0, 0.0, root)
        b.finals[root] = 0.0

    def tree(root: int, other: int, entries: Iterable[tuple[tuple[str, ...], int]], cost: float) -> None:
        """Of (pronunciation, word id); `other` is the other tree's root.

        The cost lies on the way in, so that a word that is not over does not seem likelier than it will be.
        """
        ends: dict[int, int] = {}
        nodes: dict[tuple[int, ...], int] = {(): root}

        def end_of(phone: int) -> int:
            """The shared state after a word's last phone."""
            if phone not in ends:
                s = ends[phone] = b.state(phone)
                b.arc(s, 0, 0, HALF, root)
                b.arc(s, 0, 0, HALF + costs.switch, other)
                b.arc(s, sil_in, 0, HALF + HALF, sil)
            return ends[phone]

        for pron, word in entries:
            prefix: tuple[int, ...] = ()
            for i, name in enumerate(pron[:-1]):
                phone = ids[name, "B" if i == 0 else "I"]
                longer = (*prefix, phone)
                if longer not in nodes:
                    nodes[longer] = b.state(phone)
                    b.arc(nodes[prefix], forward_tid(phone), 0, HALF + (0 if prefix else cost), nodes[longer])
                prefix = longer
            last = ids[pron[-1], "E" if prefix else "S"]
            b.arc(nodes[prefix], forward_tid(last), word, HALF + (0 if prefix else cost), end_of(last))

    spoken = [(tuple(pron), word_ids[word]) for word in sorted(lexicon) for pron in lexicon[word]]
    unknown = word_ids["[unk]"]
    tree(words, others, spoken, 0.0)
    tree(others, words, [(pron, unknown) for pron in dict.fromkeys(pron for pron, _ in spoken)], costs.other)
    tree(others, words, [(("SPN",), unknown)], costs.spn)
    return b.build(start)


def build_lm(texts: Iterable[str], wordfreq: dict[str, float], word_ids: dict[str, int]) -> Any:
    """Back-off bigram: the texts give the bigrams, the texts and the language's word frequencies the unigrams."""
    unigrams: Counter[str] = Counter()
    bigrams: Counter[tuple[str, str]] = Counter()
    contexts: Counter[str] = Counter()
    for t in texts:
        said = ["<s>", *(w for w in t.replace(",", "").split() if w in word_ids), "</s>"]
        for a, w in pairwise(said):
            unigrams[w] += 1
            bigrams[a, w] += 1
            contexts[a] += 1
    total, frequency = sum(unigrams.values()), {w: math.exp(f) for w, f in wordfreq.items()}
    everything = sum(frequency.values())
    p1 = {
        w: UNIGRAM_SHARE * unigrams[w] / total + (1 - UNIGRAM_SHARE) * frequency.get(w, 0) / everything
        for w in word_ids
        if w in wordfreq
    }
    p1["</s>"] = max(unigrams["</s>"] / total, 0.1)
    kept: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (a, w), count in bigrams.items():
        if count >= 2:
            kept[a][w] = count

    b = Builder()
    backoff = b.state()
    after = {"<s>": b.state()}  # a word -> the state in which it was the last
    for a in kept:
        if a not in after:
            after[a] = b.state()
    z = sum(p1.values())
    for w, p in p1.items():
        if w == "</s>":
            b.finals[backoff] = -math.log(p / z)
        else:
            b.arc(backoff, word_ids[w], word_ids[w], -math.log(p / z), after.get(w, backoff))
    for a, s in after.items():
        left = 1.0
        for w, count in kept[a].items():
            p = 0.7 * count / contexts[a]
            left -= p
            if w == "</s>":
                b.finals[s] = -math.log(p)
            else:
                b.arc(s, word_ids[w], word_ids[w], -math.log(p), after.get(w, backoff))
        b.arc(s, 0, 0, -math.log(max(left, 1e-3)), backoff)
    return b.build(after["<s>"])


def write_lookahead(f: Any, out: Path) -> dict[int, int]:
    """Write an FST as an olabel_lookahead one; return how that renumbered the output labels."""
    f.arcsort("olabel")
    with tempfile.TemporaryDirectory() as d:
        plain, relabel = Path(d, "HCL.fst"), Path(d, "relabel")
        f.write(str(plain))
        # Debian's fstconvert knows the type only once this library of its own package is loaded.
        env = {**os.environ, "LD_PRELOAD": find_library("fstlookahead") or ""}
        cmd = ["fstconvert", "--fst_type=olabel_lookahead", f"--save_relabel_opairs={relabel}", str(plain), str(out)]
        subprocess.run(cmd, check=True, env=env)
        pairs = [line.split() for line in relabel.read_text().splitlines()]
    return {int(old): int(new) for old, new in pairs}


def write_graphs(work: Path, model: Path, costs: Costs) -> tuple[int, int]:
    """The folder `graph` of a model. Returns how many words it knows and how many states HCLr.fst has."""
    lexicon, text = load_json(work / "lexicon.json"), load_json(work / "train_text.json")
    graph = model / "graph"
    (graph / "phones").mkdir(parents=True, exist_ok=True)
    word_ids = {w: i for i, w in enumerate(["<eps>", *sorted(lexicon), "[unk]"])}
    hcl = build_hcl(lexicon, word_ids, costs)
    relabel = write_lookahead(hcl, graph / "HCLr.fst")
    new_ids = {w: relabel.get(i, i) for w, i in word_ids.items()}
    assert len(set(new_ids.values())) == len(new_ids), "relabelling collided"
    top = max(new_ids.values())
    lines = [f"{w} {i}" for w, i in sorted(new_ids.items(), key=lambda pair: pair[1])]
    lines += [f"#0 {top + 1}", f"<s> {top + 2}", f"</s> {top + 3}"]
    (graph / "words.txt").write_text("\n".join(lines) + "\n")

    texts = [t["text"] for t in text if t["kind"] in ("command", "number")]
    g = build_lm(texts, load_json(work / "wordfreq.json"), new_ids)
    g.arcsort("ilabel")
    fst.convert(g, "const").write(str(graph / "Gr.fst"))

    table, _ = phone_table()
    boundaries = "".join(f"{i} {phone.kind}\n" for i, phone in table.items())
    (graph / "phones/word_boundary.int").write_text(boundaries)
    # No disambiguation symbols occur in this graph; the loader wants a list that is not empty all the same.
    (graph / "disambig_tid.int").write_text(f"{2 * len(table) + 1}\n")
    return len(lexicon), hcl.num_states()


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work", type=Path)
    ap.add_argument("model", type=Path)
    costs = Costs()
    ap.add_argument("--spn-cost", type=float, default=costs.spn, help="of taking any speech for [unk]")
    ap.add_argument("--other-cost", type=float, default=costs.other, help="of taking a word of the lexicon for [unk]")
    ap.add_argument("--switch-cost", type=float, default=costs.switch, help="between [unk] and words without a pause")
    args = ap.parse_args()
    costs = Costs(args.spn_cost, args.other_cost, args.switch_cost)
    words, states = write_graphs(args.work, args.model, costs)
    print(words, "words;", states, "states")


if __name__ == "__main__":
    main()
