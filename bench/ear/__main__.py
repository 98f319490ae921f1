"""The ear beside what people would otherwise write, on the same audio: python -m bench.ear [--quick] [--final]

With --people DIR: on people whom nothing here was trained on.

Scenes are made from fixed seeds. The voices are those that thresholds were chosen on, or with --final those kept aside.
Commands are compared by meaning; numbers never count, for none was asked for.
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path

from bench.ear import report, strangers, systems
from bench.ear.catalogue import build, catalogue
from bench.ear.people import digits, orders
from bench.ear.scenes import Scene
from bench.ear.score import Score, score
from bench.ear.voices import DEVELOPMENT, FINAL

SYSTEMS = {
    "plain Vosk": systems.plain,
    "PocketSphinx": systems.sphinx,
    "model alone": systems.alone,
    "ours": systems.ours,
}


def measure(
    name: str, names: list[str], voices: tuple[str, ...], seed: int, size: float, model: Path
) -> dict[str, tuple[str, Score]]:
    """Every system's score in one scene, with the line of the table it counts for."""
    scene = build(name, voices, seed, size)
    return scores(scene, names, model)


def scores(scene: Scene, names: list[str], model: Path) -> dict[str, tuple[str, Score]]:
    asked = [name for name in names if _worth(scene, name)]
    return {system: (scene.group, score(scene, SYSTEMS[system](scene, model))) for system in asked}


def _worth(scene: Scene, system: str) -> bool:
    """PocketSphinx takes ten times as long as the others: of hours of talk it gets the first ten minutes.

    The model alone has nothing to do where nobody gives a command.
    """
    if system == "model alone":
        return bool(scene.spoken)
    return system != "PocketSphinx" or bool(scene.spoken) or not scene.name[-1].isdigit() or scene.name.endswith("0")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.ear", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything, without PocketSphinx")
    parser.add_argument("--size", type=float, default=1.0, help="share of the full bench")
    parser.add_argument("--final", action="store_true", help="the voices that nothing was chosen on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="scenes whose names begin so")
    parser.add_argument("--systems", default="", help="plain, Pocket, model, ours: those whose names begin so")
    parser.add_argument("--model", type=Path, default=systems.MODEL, help="a folder of a Vosk model")
    parser.add_argument("--misses", action="store_true", help="list the commands that ours missed")
    parser.add_argument("--plot", type=Path, help="draw the table into this file")
    parser.add_argument("--speech", type=Path, help="a folder of people's recordings, digits/ and orders/")
    parser.add_argument("--people", type=Path, help="a folder of people's recordings: see bench/ear/strangers.py")
    parser.add_argument("--keep", type=Path, help="with --people: a file of answers, to go on from")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    if asked.people:
        print(strangers.measure(asked.people, asked.size, asked.keep))
        return
    size = 0.1 if asked.quick else asked.size
    wanted = asked.systems.split(",") if asked.systems else ["plain", "model", "ours"] if asked.quick else [""]
    names = [name for name in SYSTEMS if any(name.startswith(start) for start in wanted)]
    if not names:
        parser.error(f'no system\'s name begins with "{asked.systems}"; there are: {", ".join(SYSTEMS)}')
    scenes = list(catalogue(size))
    chosen = [name for name in scenes if name.startswith(asked.only)]
    if not chosen:
        parser.error(f'no scene\'s name begins with "{asked.only}"; there are: {"; ".join(scenes)}')
    voices = FINAL if asked.final else DEVELOPMENT
    began = time.monotonic()
    totals: dict[str, dict[str, Score]] = {}
    work = partial(measure, names=names, voices=voices, seed=asked.seed, size=size, model=asked.model)
    with ProcessPoolExecutor(asked.jobs) as pool:
        half = "final" if asked.final else "development"
        people = [make(asked.speech, half) for make in (orders, digits)] if asked.speech else []
        for scored in chain(pool.map(work, chosen), pool.map(partial(scores, names=names, model=asked.model), people)):
            for system, (group, points) in scored.items():
                line = totals.setdefault(group, {})
                line[system] = line.get(system, Score()) + points
    print(report.table(totals, names))
    if asked.misses:
        print("\n".join(f"{group}: {miss}" for group, line in totals.items() for miss in line["ours"].misses))
    if asked.plot:
        report.plot(totals, names, asked.plot)
    print(f"\nVoices: {', '.join(voices)}; seed {asked.seed}; {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    main()
