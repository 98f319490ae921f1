"""The memory that recognising speech takes, in a process that does nothing else.

    python footprint.py MODEL SAMPLES GRAMMAR

SAMPLES holds raw 16-bit samples at 16 kHz, GRAMMAR is a JSON list. Prints the peak in MB before
the model, with it, after the samples under the grammar, and after them without one.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from vosk import KaldiRecognizer, Model, SetLogLevel


def peak() -> float:
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    SetLogLevel(-1)
    peaks = [peak()]
    model = Model(sys.argv[1])
    peaks.append(peak())
    raw = Path(sys.argv[2]).read_bytes()
    for more in ([sys.argv[3]], []):
        rec = KaldiRecognizer(model, 16000, *more)
        for i in range(0, len(raw), 3200):
            rec.AcceptWaveform(raw[i : i + 3200])
        rec.FinalResult()
        peaks.append(peak())
    print(*peaks)


if __name__ == "__main__":
    main()
