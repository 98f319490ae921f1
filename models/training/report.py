"""Figures as Markdown: one row a figure, one column a model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

import numpy as np
from conditions import Material
from decoding import UNKNOWN, least_confidence, phrase_of
from figures import Figures, Outcome
from text import distance

THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)


def share(hits: Iterable[bool]) -> float:
    """Of the true ones."""
    all_of_them = list(hits)
    return sum(all_of_them) / max(len(all_of_them), 1)


def percent(x: float) -> str:
    return f"{100 * x:.1f} %"


def obeyed(rows: Sequence[Outcome], phrases: Collection[str]) -> str:
    found = [(phrase_of(o.heard, phrases), o.said.text) for o in rows]
    right, other = share(p == t for p, t in found), share(p not in (None, t) for p, t in found)
    return f"{percent(right)} right, {percent(other)} another"


def taken(rows: Sequence[Outcome], phrases: Collection[str], loose: bool = True) -> str:
    """The share in which a command was heard."""
    return percent(share(phrase_of(o.heard, phrases, loose) is not None for o in rows))


def known(o: Outcome) -> list[str]:
    return [w.word for w in o.heard if w.word != UNKNOWN]


def digits(rows: Sequence[Outcome]) -> str:
    by = defaultdict(list)
    for o in rows:
        by[o.said.voice.split(":")[-1]].append(known(o) == [o.said.text])
    each = ", ".join(f"{voice} {percent(share(hits))}" for voice, hits in sorted(by.items()))
    return f"{percent(share(hit for hits in by.values() for hit in hits))} ({each})"


def orders(rows: Sequence[Outcome]) -> str:
    found = [[f" {slot} " in f" {' '.join(known(o))} " for slot in o.said.slots] for o in rows]
    pairs = [(o.said.text.split(), known(o)) for o in rows if o.said.text]
    errors = sum(distance(said, heard) for said, heard in pairs) / max(sum(len(said) for said, _ in pairs), 1)
    slots, whole = share(hit for hits in found for hit in hits), share(all(hits) for hits in found)
    return f"{percent(slots)} of slots, {percent(whole)} of orders whole, word error rate {percent(errors)}"


def numbers(rows: Sequence[Outcome], _: Collection[str]) -> str:
    """Of digits in a row: how many are right."""
    pairs = [(o.said.text.split(), known(o)) for o in rows]
    errors = sum(min(distance(said, heard), len(said)) for said, heard in pairs)
    return f"{percent(1 - errors / max(sum(len(said) for said, _ in pairs), 1))} of digits"


PEOPLE: dict[str, tuple[str, Callable[[Sequence[Outcome], Collection[str]], str]]] = {
    "commands": ("people who were never heard: stop, yes, no", obeyed),
    "words": ("their single words that are no command, taken for one", taken),
    "digits": ("their digits, ten digits + [unk]", numbers),
    "numbers": ("people's numbers of ten digits, many with strong accents, ten digits + [unk]", numbers),
    "wake words": ("people's wake words taken for a command", taken),
    "sentences": ("sentences that a person reads aloud, taken for a command", taken),
    "neural": ("commands by neural voices", obeyed),
}
"""The rows that stand first: labels, and what their cells say."""


def spread(seconds: Iterable[float | None]) -> str:
    ms = [s * 1000 for s in seconds if s is not None]
    if not ms:
        return "never"
    return f"median {np.median(ms):.0f} ms, 90th percentile {np.percentile(ms, 90):.0f} ms"


def rows_of(m: Material, models: Sequence[Figures]) -> list[list[str]]:
    """The table's rows, each a label and a cell for every model."""
    out: list[list[str]] = []

    def row(label: str, cell: Callable[[Figures], str]) -> None:
        out.append([label, *(cell(f) for f in models)])

    grammar = f"{len(m.phrases)} commands + [unk]"
    for name, (label, cell) in PEOPLE.items():
        if name in m.people:
            cells = [cell(f.people[name], m.phrases) for f in models]
            out.append([f"{label} (n={len(m.people[name])})", *cells])
    for name, said in m.commands.items():
        out.append([f"{grammar}, {name} (n={len(said)})", *(obeyed(f.commands[name], m.phrases) for f in models)])
    for label, single in (("sentences", False), ("words", True)):
        n = sum((" " not in x.text) == single for x in m.talk)
        rows = [[o for o in f.talk if (" " not in o.said.text) == single] for f in models]
        cells = [f"{taken(r, m.phrases)}, {taken(r, m.phrases, loose=False)} outright" for r in rows]
        out.append([f"{label} outside the grammar taken for a command, [unk] dropped or not (n={n})", *cells])
    row(f"4 s of noise taken for a command (n={len(m.noise)})", lambda f: taken(f.noise, m.phrases))
    if m.digits:
        row(f"people's digits, ten digits + [unk] (n={len(m.digits)})", lambda f: digits(f.digits))
    if m.orders:
        row(f"people's coffee orders, grammar of carriers and slots (n={len(m.orders)})", lambda f: orders(f.orders))
        n = len(models[0].orders_as_talk)
        row(f"coffee orders taken for a command (n={n})", lambda f: taken(f.orders_as_talk, m.phrases))
    if m.recording is not None:
        row("the test recording, grammar of digits", lambda f: f"`{f.recording[0]}`" if f.recording else "")
        row("the same, no grammar", lambda f: f"`{f.recording[1]}`" if f.recording else "")
    row("end of speech to stable partial result (blocks of 50 ms)", lambda f: spread(d.partial for d in f.delays))
    row("end of speech to final result (endpoint)", lambda f: spread(d.final for d in f.delays))
    row("CPU time a second of audio", lambda f: f"{f.rate:.3f} with the grammar, {f.free_rate:.3f} without")
    row("load time; size on disk", lambda f: f"{f.load:.2f} s; {f.size:.1f} MB")
    row("peak memory: bare, loaded, a minute by grammar, a minute free", lambda f: memory(f.memory))
    return out


def memory(peaks: Sequence[float]) -> str:
    return ", ".join(f"{p:.0f}" for p in peaks) + " MB"


def thresholds(m: Material, f: Figures) -> list[str]:
    """For each least confidence: commands right, taken for another, and talk accepted."""
    clean = [(phrase_of(o.heard, m.phrases), o.said.text, least_confidence(o.heard)) for o in f.commands["clean"]]
    talk = [least_confidence(o.heard) if phrase_of(o.heard, m.phrases) else -1.0 for o in f.talk]
    out = []
    for t in THRESHOLDS:
        right = share(p == text and c >= t for p, text, c in clean)
        other = share(p not in (None, text) and c >= t for p, text, c in clean)
        out.append(f"{percent(right)}, {percent(other)}, {percent(share(c >= t for c in talk))}")
    return out


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def table(m: Material, models: Sequence[Figures]) -> str:
    """Everything, as a page of Markdown."""
    names = [f.name for f in models]
    by_confidence = [
        [str(t), *cells] for t, *cells in zip(THRESHOLDS, *(thresholds(m, f) for f in models), strict=True)
    ]
    return (
        "Voices that no training has heard; synthesised where the row does not say people.\n\n"
        + markdown(["what", *names], rows_of(m, models))
        + "\nAt a threshold for the least word confidence: clean commands right, taken for another command, and"
        + " utterances outside the grammar accepted.\n\n"
        + markdown(["threshold", *names], by_confidence)
    )
