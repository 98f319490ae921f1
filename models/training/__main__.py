"""The whole recipe: from the project's own phrases to a finished, measured model.

    python models/training WORK OUT [--speech DIR] [--steps 14000] [--jobs 2] [--test-wav test.wav] [--from STEP]

WORK is a folder for everything in between (some 2 GB), OUT becomes the model. DIR holds people's
recordings as human.py and people.py describe them; without it the model learns from synthesised voices alone.
Should a step fail, --from goes on with it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from needs import missing

STEPS = ("text", "synth", "human", "people", "feats", "boot", "train", "export", "graph", "measure")


def commands(args: argparse.Namespace) -> dict[str, list[object]]:
    """What each step is called with."""
    work, out, jobs = args.work, args.out, ["--jobs", args.jobs]
    network = work / "network.pt"
    table = ["--out", work / "figures.md", "--calibration", work / "calibration.yaml"]
    if args.speech and (args.speech / "kitchen-noise.flac").exists():
        table += ["--noise", args.speech / "kitchen-noise.flac"]
    if args.test_wav:
        table += ["--test-wav", args.test_wav]
    return {
        "text": [work],
        "synth": [work, *jobs],
        "human": [work, "--speech", args.speech, *jobs],
        "people": [work, "--speech", args.speech],
        "feats": [work, *jobs],
        "boot": [work, *jobs],
        "train": [work, network, "--steps", args.steps, "--threads", args.jobs],
        "export": [network, out],
        "graph": [work, out],
        "measure": [work, out, *table],
    }


def main() -> None:
    ap = argparse.ArgumentParser(
        prog="python models/training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("work", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--speech", type=Path, help="people's recordings")
    ap.add_argument("--steps", type=int, default=14000, help="of training")
    ap.add_argument("--jobs", type=int, default=2, help="processes, and threads in training")
    ap.add_argument("--test-wav", type=Path, help="vosk-api's python/example/test.wav, for the table")
    ap.add_argument("--from", choices=STEPS, default=STEPS[0], dest="first", help="leave out the steps before this one")
    args = ap.parse_args()
    if problem := missing():
        sys.exit(problem)
    if args.speech and not args.speech.is_dir():
        sys.exit(f"There is no folder {args.speech}.")
    calls, here = commands(args), Path(__file__).parent
    steps = STEPS[STEPS.index(args.first) :]
    if len(steps) < len(STEPS):
        print("Left out, as asked:", ", ".join(STEPS[: -len(steps)]), flush=True)
    for step in steps:
        if step in ("human", "people") and not args.speech:
            print(
                f"{step}: left out, as there is no --speech; the model learns from synthesised voices alone.",
                flush=True,
            )
            continue
        print(f"{step}:", flush=True)
        cmd = [sys.executable, str(here / f"{step}.py"), *map(str, calls[step])]
        # Waiting threads would take the time of those that work.
        if subprocess.run(cmd, env={**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}).returncode:
            sys.exit(f"The step {step} failed; why stands above. To go on from there, add --from {step}.")
    print("The model is in", args.out)


if __name__ == "__main__":
    main()
