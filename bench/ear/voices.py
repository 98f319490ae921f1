"""Speech for the bench: voices that the built-in model was not trained on, cached as they are made.

Needs the programs espeak-ng, flite and festival (Debian: espeak-ng flite festival festvox-kdlpc16k).
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soxr

from bench.ear.rooms import RATE, Sound

DEVELOPMENT = ("espeak:f4", "espeak:m6", "espeak:Annie", "festival:ked")
"""What thresholds were chosen on."""
FINAL = ("flite:rms", "espeak:steph2", "espeak:Andy")
"""What was looked at last."""
COACH = "espeak:"


def speak(text: str, voice: str, speed: float = 1.0, cache: Path | None = None) -> Sound:
    """`text` at RATE, silence around it trimmed, its loudest tenth at about a fifth of full scale."""
    cache = cache or Path(tempfile.gettempdir()) / "coach-bench-voices"
    cache.mkdir(parents=True, exist_ok=True)
    key = cache / (hashlib.sha256(f"{text}|{voice}|{speed:.3f}".encode()).hexdigest()[:24] + ".npy")
    if not key.exists():
        with tempfile.NamedTemporaryFile(dir=cache, suffix=".tmp", delete=False) as beside:
            np.save(beside, _trimmed(_synthesise(text, voice, speed)))
        Path(beside.name).rename(key)
    sound: Sound = np.load(key)
    return sound


def _synthesise(text: str, voice: str, speed: float) -> Sound:
    engine, name = voice.split(":")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.wav"
        if engine == "espeak":
            variant = f"en-us+{name}" if name else "en-us"
            _run("espeak-ng", "-v", variant, "-s", str(round(170 * speed)), "-w", str(out), text)
        elif engine == "flite":
            _run("flite", "-voice", name, "--setf", f"duration_stretch={1 / speed:.3f}", "-t", text, "-o", str(out))
        else:
            script = Path(folder) / "say.scm"
            script.write_text(
                f"(voice_{name}_diphone)\n(Parameter.set 'Duration_Stretch {1 / speed:.3f})\n"
                f'(utt.save.wave (utt.synth (Utterance Text "{text}")) "{out}" \'riff)\n'
            )
            _run("festival", "-b", str(script))
        data = out.read_bytes()
    rate = int.from_bytes(data[24:28], "little")
    start = data.index(b"data") + 8
    sound = np.frombuffer(data[start : start + (len(data) - start) // 2 * 2], "<i2").astype(np.float32) / 32768
    return soxr.resample(sound, rate, RATE).astype(np.float32)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _trimmed(sound: Sound) -> Sound:
    loud = np.flatnonzero(np.abs(sound) > 0.02 * np.abs(sound).max())
    sound = sound[max(loud[0] - 160, 0) : loud[-1] + 320]
    return (sound * (0.2 / np.quantile(np.abs(sound), 0.95))).astype(np.float32)
