"""Numbers read digit by digit, cut into digits where the built-in speech model hears the digits that were read."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import vosk
from clips import DIGITS, RATE, Clip, Sound

MODEL = Path(__file__).resolve().parents[2] / "vosk-model-tiny-en-coach-0.5"


def digits(speech: Path) -> Iterator[tuple[Clip, Sound]]:
    """Three numbers of four; every fourth, from the first on, is kept for judging."""
    vosk.SetLogLevel(-1)
    model = vosk.Model(str(MODEL))
    table = (speech / "numbers/said.tsv").read_text(encoding="utf-8").splitlines()[1:]
    said = {line.split("\t")[0]: line.split("\t")[1] for line in table}
    for n, path in enumerate(sorted((speech / "numbers").glob("*.flac"))):
        if n % 4 == 0:
            continue
        read = [DIGITS[int(digit)] for digit in said[path.stem] if digit.isdigit()]
        x = Clip("", "", "", path).sound()
        heard = [word for word in _words(model, x) if word[0] in DIGITS]
        blocks = difflib.SequenceMatcher(None, read, [word[0] for word in heard], autojunk=False).get_matching_blocks()
        for block in blocks:
            for label, begin, end in heard[block.b : block.b + block.size]:
                cut = x[max(0, int((begin - 0.02) * RATE)) : int((end + 0.03) * RATE)]
                yield Clip(label, "people", f"number {path.stem}", path), cut


def _words(model: vosk.Model, x: Sound) -> list[tuple[str, float, float]]:
    recognizer = vosk.KaldiRecognizer(model, RATE, json.dumps([*DIGITS, "[unk]"]))
    recognizer.SetWords(True)
    pcm, found = (x * 32767).astype(np.int16).tobytes(), []
    for at in range(0, len(pcm), 8000):
        if recognizer.AcceptWaveform(pcm[at : at + 8000]):
            found += json.loads(recognizer.Result()).get("result", [])
    found += json.loads(recognizer.FinalResult()).get("result", [])
    return [(word["word"], word["start"], word["end"]) for word in found]
