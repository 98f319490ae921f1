"""Step 8: measure finished models side by side, on the same audio, with the unmodified vosk package.

    python measure.py WORK MODEL [MODEL ...] [--noise kitchen-noise.flac] [--test-wav test.wav]
                      [--quick] [--out table.md] [--calibration calibration.yaml]

Prints a Markdown table with a column for each model. The audio is drawn before the first model
is asked, with fixed seeds, from WORK/tts/test.pkl and WORK/human_test.pkl; each model decodes
as its own conf/model.conf says. --noise is a recording of a kitchen, --test-wav the one in
vosk-api's python/example. About five minutes a model; --quick takes one.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from calibration import calibrate, calibration_text
from conditions import QUICK, Sizes, draw
from decoding import load
from figures import measured
from report import table


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work", type=Path)
    ap.add_argument("models", type=Path, nargs="+", metavar="MODEL")
    ap.add_argument("--noise", type=Path, help="a recording of a kitchen, WAV or FLAC")
    ap.add_argument("--test-wav", type=Path, help="a recording of somebody who reads digits")
    ap.add_argument("--quick", action="store_true", help="a tenth of the audio")
    ap.add_argument("--out", type=Path, help="write the table here as well")
    ap.add_argument("--calibration", type=Path, help="write here what the last model's scores mean")
    args = ap.parse_args()
    if not args.noise:
        print("Without --noise the conditions in a kitchen are left out.", file=sys.stderr)
    m = draw(args.work, args.noise, args.test_wav, QUICK if args.quick else Sizes())
    figures = []
    for path in args.models:
        print(path.name, file=sys.stderr, flush=True)
        figures.append(measured(path, m))
    text = table(m, figures)
    print(text)
    if args.out:
        args.out.write_text(text, encoding="utf-8")
    if args.calibration:
        found = calibrate(load(args.models[-1]), m, figures[-1], 30 if args.quick else 100)
        args.calibration.write_text(calibration_text(args.models[-1].name, found), encoding="utf-8")


if __name__ == "__main__":
    main()
