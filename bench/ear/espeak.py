"""eSpeak NG from espeakng-loader's wheel, as a program of its own: python -m bench.ear.espeak VOICE SPEED OUT.npy TEXT

The library keeps its state in globals and the coach's own voice may be using it in this process, so it gets another.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

_SYNCHRONOUS, _NO_EXIT = 2, 0x8000
_RATE_PARAMETER, _UTF8 = 1, 1


def synthesise(text: str, voice: str, words_per_minute: int, out: Path) -> None:
    """Write `text`, spoken by an eSpeak voice such as en-us+f4, to `out`: float32 samples at 22,050 Hz."""
    command = [sys.executable, "-m", "bench.ear.espeak", voice, str(words_per_minute), str(out), text]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])


def _main(voice: str, words_per_minute: str, out: str, text: str) -> None:
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, str(espeakng_loader.get_data_path()).encode(), _NO_EXIT)
    assert rate == 22_050, rate
    pieces: list[np.ndarray] = []

    def take(samples: Any, count: int, _: int) -> int:
        if samples and count:
            pieces.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)(take)
    library.espeak_SetSynthCallback(callback)
    assert library.espeak_SetVoiceByName(voice.encode()) == 0, voice
    library.espeak_SetParameter(_RATE_PARAMETER, int(words_per_minute), 0)
    said = text.encode()
    library.espeak_Synth(said, ctypes.c_size_t(len(said) + 1), 0, 1, 0, _UTF8, None, None)
    np.save(out, np.concatenate(pieces).astype(np.float32) / 32768)


if __name__ == "__main__":
    _main(*sys.argv[1:])
