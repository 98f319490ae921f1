"""How eSpeak NG would pronounce a text, in the International Phonetic Alphabet.

eSpeak keeps its state per process, and two threads in it hang: the coach speaks with it, so it is asked in a process of
its own.

    python -m coach.voice.neural.phonemes      # takes ["en-us", ["ready", "one"]] a line, gives ["ɹˈɛdi", "wˈʌn"]
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from coach.errors import CoachError, PartMissing
from coach.voice.espeak import INSTALL, load_espeak

_MARKS = re.compile(r"\s*([;:,.!?—…]+)\s*")
"""What a voice breathes or changes its tone at; eSpeak leaves it out."""
_LANGUAGE_SWITCH = re.compile(r"\([a-z-]+\)")
_IPA, _UTF8, _RETRIEVAL = 0x02, 1, 1  # of speak_lib.h


class Phonemes:
    """eSpeak NG in a process of its own, begun when it is first asked and ended with this one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def of(self, text: str, language: str) -> str:
        """The text's sounds, with its marks. Raises PartMissing where there is no eSpeak NG."""
        pieces = _MARKS.split(text)
        sounds = self._asked(language, [piece.strip() for piece in pieces[::2]])
        marks = [f"{mark} " for mark in pieces[1::2]]
        return "".join(sound + mark for sound, mark in zip(sounds, [*marks, ""], strict=True)).strip()

    def close(self) -> None:
        """End the process, which has nothing to lose."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with contextlib.suppress(OSError, ValueError, subprocess.TimeoutExpired):
                process.communicate(timeout=2)

    def _asked(self, language: str, pieces: list[str]) -> list[str]:
        for _ in range(2):  # a process that has died is begun anew, once
            process = self._process = self._process or _begun()
            assert process.stdin is not None
            assert process.stdout is not None
            with contextlib.suppress(OSError, ValueError):
                process.stdin.write(json.dumps([language, pieces]) + "\n")
                process.stdin.flush()
                sounds: list[str] = json.loads(process.stdout.readline())
                return sounds
            self.close()
        raise PartMissing("eSpeak NG, which tells a neural voice the sounds of words, does not answer.", hint=INSTALL)


def _begun() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "coach.voice.neural.phonemes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


def _serve() -> None:
    with tempfile.TemporaryDirectory(prefix="espeak-") as folder:
        espeak = load_espeak(Path(folder))
        espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p
        if espeak.espeak_Initialize(_RETRIEVAL, 0, None, 0) < 0:
            raise CoachError("eSpeak NG does not start.")
        for line in sys.stdin:
            language, pieces = json.loads(line)
            if espeak.espeak_SetVoiceByName(language.encode()) != 0:
                espeak.espeak_SetVoiceByName(language.split("-")[0].encode())
            print(json.dumps([_sounds(espeak, piece) for piece in pieces]), flush=True)


def _sounds(espeak: ctypes.CDLL, text: str) -> str:
    rest = ctypes.c_char_p(text.encode())
    clauses = []
    while rest.value:
        clauses.append((espeak.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA) or b"").decode())
    return _LANGUAGE_SWITCH.sub("", " ".join(clause.strip() for clause in clauses))


if __name__ == "__main__":
    _serve()
