"""What one model makes of the material: everything that report.py counts."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from common import HERE, RATE
from conditions import Material, Spoken
from decoding import UNKNOWN, Delay, Stopwatch, Word, decode, delay, load
from human import CARRIERS, DIGITS


class Outcome(NamedTuple):
    said: Spoken
    heard: list[Word]


@dataclass
class Figures:
    """What one model made of the material, in the material's order."""

    name: str
    load: float
    """Seconds."""
    size: float
    """MB on disk."""
    commands: dict[str, list[Outcome]] = field(default_factory=dict)
    talk: list[Outcome] = field(default_factory=list)
    noise: list[Outcome] = field(default_factory=list)
    digits: list[Outcome] = field(default_factory=list)
    orders: list[Outcome] = field(default_factory=list)
    orders_as_talk: list[Outcome] = field(default_factory=list)
    """Some of the orders against the grammar of commands."""
    people: dict[str, list[Outcome]] = field(default_factory=dict)
    """By kind; digits and numbers under a grammar of digits, all else under that of commands."""
    recording: tuple[str, str] | None = None
    """Under a grammar of digits, and without one."""
    delays: list[Delay] = field(default_factory=list)
    rate: float = 0.0
    """CPU seconds a second of audio, under the grammar of commands."""
    free_rate: float = 0.0
    memory: list[float] = field(default_factory=list)
    """Peaks in MB, as footprint.py prints them."""


def loaded(path: Path) -> tuple[Any, float]:
    """A model, and the seconds that loading it took, at best."""
    best, model = float("inf"), None
    for _ in range(3):
        began = time.perf_counter()
        model = load(path)
        best = min(best, time.perf_counter() - began)
    return model, best


def memory(path: Path, m: Material) -> list[float]:
    """The peaks of a process that decodes a minute of commands."""
    minute = np.concatenate([x.audio for x in m.commands["clean"][:60]])[: 60 * RATE]
    with tempfile.NamedTemporaryFile(suffix=".raw") as file:
        file.write(minute.tobytes())
        file.flush()
        cmd = [sys.executable, str(HERE / "footprint.py"), str(path), file.name, json.dumps([*m.phrases, UNKNOWN])]
        out = subprocess.run(cmd, capture_output=True, text=True, check=True).stdout
    return [float(x) for x in out.split()]


def recorded(model: Any, m: Material) -> tuple[str, str] | None:
    if m.recording is None:
        return None
    digits, free = (decode(model, grammar, m.recording) for grammar in ([*DIGITS, "oh"], None))
    return " ".join(w.word for w in digits), " ".join(w.word for w in free)


def measured(path: Path, m: Material) -> Figures:
    """The figures of the model in the folder `path`."""
    model, seconds = loaded(path)
    size = sum(p.stat().st_size for p in path.rglob("*") if p.is_file()) / 1e6
    f = Figures(path.name, seconds, size)

    def heard(rows: Sequence[Spoken], grammar: Sequence[str] | None, watch: Stopwatch | None = None) -> list[Outcome]:
        watch = watch or Stopwatch()
        return [Outcome(x, watch.decode(model, grammar, x.audio)) for x in rows]

    watch, free = Stopwatch(), Stopwatch()
    for name, rows in m.commands.items():
        f.commands[name] = heard(rows, m.phrases, watch if name == "clean" else None)
        print(f"  {name}: done", file=sys.stderr, flush=True)
    heard(m.commands["clean"][:40], None, free)
    f.rate, f.free_rate = watch.rate, free.rate
    f.talk, f.noise = heard(m.talk, m.phrases), heard(m.noise, m.phrases)
    f.digits = heard(m.digits, DIGITS)
    for name, rows in m.people.items():
        f.people[name] = heard(rows, DIGITS if name in ("digits", "numbers") else m.phrases)
    slots = sorted({slot for x in m.orders for slot in x.slots})
    f.orders = heard(m.orders, [*CARRIERS, *slots, "a", "an", "with", "and"])
    f.orders_as_talk = heard(m.orders[::2], m.phrases)
    f.recording = recorded(model, m)
    f.delays = [delay(model, m.phrases, x.audio, x.text, end) for x, end in m.timed]
    f.memory = memory(path, m)
    return f
