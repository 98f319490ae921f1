"""Speech for the bench: voices that the built-in model was not trained on, cached as they are made.

eSpeak's come from its wheel; the others need the programs (Debian: flite festival festvox-kdlpc16k).
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np
import soxr

from bench.ear import espeak
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
        if engine == "espeak":
            raw = Path(folder) / "out.npy"
            espeak.synthesise(text, f"en-us+{name}" if name else "en-us", round(170 * speed), raw)
            return np.asarray(soxr.resample(np.load(raw), 22_050, RATE))
        out = Path(folder) / "out.wav"
        if engine == "flite":
            _run("flite", "-voice", name, "--setf", f"duration_stretch={1 / speed:.3f}", "-t", text, "-o", str(out))
        else:
            script = Path(folder) / "say.scm"
            script.write_text(
                f"(voice_{name}_diphone)\n(Parameter.set 'Duration_Stretch {1 / speed:.3f})\n"
                f'(utt.save.wave (utt.synth (Utterance Text "{text}")) "{out}" \'riff)\n'
            )
            _run("festival", "-b", str(script))
        with wave.open(str(out)) as file:
            sound = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
            return np.asarray(soxr.resample(sound, file.getframerate(), RATE))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _trimmed(sound: Sound) -> Sound:
    loud = np.flatnonzero(np.abs(sound) > 0.02 * np.abs(sound).max())
    sound = sound[max(loud[0] - 160, 0) : loud[-1] + 320]
    return np.asarray(sound * (0.2 / np.quantile(np.abs(sound), 0.95)), np.float32)
