"""A network that speaks: sounds in, samples out. The only module that imports onnxruntime."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from coach.audio.clip import Samples
from coach.errors import CoachError, PartMissing
from coach.voice.neural.installed import NeuralVoice

MISSING = PartMissing(
    "The chosen voice needs onnxruntime, which is not installed.", "To install it: pip install 'workout-coach[neural]'"
)
_KOKORO_RATE = 24_000
_KOKORO_STYLE = 256
"""Numbers a style has for each length of text."""
_FOR_KOKORO = {"ʲ": "j", "r": "ɹ", "x": "k", "ɬ": "l", "nˈaɪnti": "nˈaɪndi"}
"""What eSpeak writes otherwise than it was written when Kokoro learned English (from kokoro-js)."""


def runtime() -> Any:
    """The module onnxruntime. Raises PartMissing."""
    try:
        import onnxruntime
    except ImportError as missing:
        raise MISSING from missing
    return onnxruntime


class Network:
    """One voice's network, loaded. Raises CoachError where it cannot be."""

    def __init__(self, voice: NeuralVoice, session: Any = None) -> None:
        """`session`: the network as another voice has loaded it, where both speak with the same one."""
        self.voice = voice
        try:
            self.session = session or _session(voice.network)
            if voice.form == "kokoro":
                symbols = json.loads((voice.network.parent / "symbols.json").read_text(encoding="utf-8"))
                self._symbols: dict[str, Any] = symbols.get("vocab", symbols)
                self._styles = np.fromfile(voice.beside, np.float32).reshape(-1, 1, _KOKORO_STYLE)
                self.rate, self.language = _KOKORO_RATE, voice.languages[0]
            else:
                self._about = json.loads(voice.beside.read_text(encoding="utf-8"))
                self._symbols = self._about["phoneme_id_map"]
                self.rate, self.language = int(self._about["audio"]["sample_rate"]), self._about["espeak"]["voice"]
        except CoachError:
            raise
        except Exception as trouble:  # of an own kind for each way in which a network can be none
            raise CoachError(f"The voice {voice.id} cannot be loaded: its files are damaged.") from trouble

    def spoken(self, sounds: str, speed: float) -> Samples:
        """The sounds spoken, `speed` times as fast as the voice does by itself."""
        given = self._kokoro(sounds, speed) if self.voice.form == "kokoro" else self._piper(sounds, speed)
        return np.asarray(self.session.run(None, given)[0], np.float32).ravel()

    def _kokoro(self, sounds: str, speed: float) -> dict[str, Any]:
        for written, learned in _FOR_KOKORO.items():
            sounds = sounds.replace(written, learned)
        # Longer than any line; what is beyond the longest text that there is a style for is left out.
        numbers = [self._symbols[sound] for sound in sounds if sound in self._symbols][: len(self._styles)]
        return {
            "tokens": np.array([[0, *numbers, 0]], np.int64),
            "style": self._styles[max(0, len(numbers) - 1)],
            "speed": np.array([speed], np.float32),
        }

    def _piper(self, sounds: str, speed: float) -> dict[str, Any]:
        pad = self._symbols["_"]
        numbers = [*self._symbols["^"], *pad]
        for sound in sounds:
            if sound in self._symbols:
                numbers += [*self._symbols[sound], *pad]
        numbers += self._symbols["$"]
        manner = self._about.get("inference", {})
        length = manner.get("length_scale", 1) / speed
        given: dict[str, Any] = {
            "input": np.array([numbers], np.int64),
            "input_lengths": np.array([len(numbers)], np.int64),
            "scales": np.array([manner.get("noise_scale", 0.667), length, manner.get("noise_w", 0.8)], np.float32),
        }
        if self._about.get("num_speakers", 1) > 1:
            given["sid"] = np.array([0], np.int64)
        return given


def _session(file: Path) -> Any:
    runs = runtime()
    chosen = runs.SessionOptions()
    # In the thread that asks, which comes after the loop and the ear; a second one would take the core they need.
    chosen.intra_op_num_threads = chosen.inter_op_num_threads = 1
    chosen.enable_cpu_mem_arena = False  # it keeps what the longest line needed
    chosen.log_severity_level = 4
    return runs.InferenceSession(str(file), chosen, providers=["CPUExecutionProvider"])
