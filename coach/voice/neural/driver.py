"""A driver of pyttsx3 for neural voices: pyttsx3.init(DRIVER) once `register` has been called.

It writes files, as the coach wants it, and does not play; whatever it is asked is done when the call returns.
"""

from __future__ import annotations

import sys
import wave
from collections.abc import Iterator
from typing import Any

import numpy as np

from coach.errors import NotFound
from coach.voice.neural.installed import NeuralVoice, find, installed
from coach.voice.neural.network import Network, runtime
from coach.voice.neural.phonemes import Phonemes

DRIVER = "coach_neural"
USUAL = 175
"""Words a minute at which these voices speak by themselves: as many as eSpeak's take the same time for."""
SLOWEST, FASTEST = 0.5, 2.0
"""How many times as fast as by itself a voice stays clear."""


def register() -> None:
    """Let pyttsx3 find this driver: it looks for one of its own only in its own package."""
    sys.modules[f"pyttsx3.drivers.{DRIVER}"] = sys.modules[__name__]


def buildDriver(proxy: Any) -> Driver:
    """As pyttsx3 calls it. Raises PartMissing without onnxruntime, NotFound without a voice."""
    return Driver(proxy)


class Driver:
    """The voices that are installed, spoken by onnxruntime."""

    def __init__(self, proxy: Any) -> None:
        runtime()
        voices = installed()
        if not voices:
            raise NotFound("No neural voice is installed.", "`coach voices` tells which can be.")
        self._proxy = proxy
        self._phonemes = Phonemes()
        self._network: Network | None = None
        self._has: dict[str, Any] = {"voices": voices, "voice": voices[0].id, "rate": USUAL, "volume": 1.0}

    def destroy(self) -> None:
        """As pyttsx3 calls it."""
        self._phonemes.close()

    def getProperty(self, name: str) -> Any:
        """`voices`, `voice` (an id), `rate` in words a minute, `volume` from 0 to 1."""
        return self._has[name]

    def setProperty(self, name: str, value: Any) -> None:
        """See getProperty; what is no voice's id changes nothing."""
        if name == "voice":
            self._has["voice"] = self._called(str(value)).id
        elif name == "rate":
            self._has["rate"] = int(value)
        elif name == "volume":
            self._has["volume"] = min(1.0, max(0.0, float(value)))
        else:
            raise KeyError(name)

    def say(self, text: str) -> None:
        """It does not play: who wants a voice to be heard plays the file."""
        raise NotImplementedError("save_to_file writes what can be played")

    def save_to_file(self, text: str, filename: str) -> None:
        """Write the text, spoken, to a WAV file."""
        self._proxy.setBusy(True)
        completed = False
        try:
            network = self._loaded()
            speed = min(FASTEST, max(SLOWEST, self._has["rate"] / USUAL))
            samples = network.spoken(self._phonemes.of(text, network.language), speed)
            with wave.open(filename, "wb") as file:
                file.setparams((1, 2, network.rate, 0, "NONE", ""))
                loud = np.clip(samples * self._has["volume"], -1, 1) * 32767
                file.writeframes(np.round(loud).astype("<i2").tobytes())
            completed = True
        finally:
            self._proxy.notify("finished-utterance", completed=completed)
            self._proxy.setBusy(False)

    def stop(self) -> None:
        """There is nothing to stop: see above."""

    def startLoop(self) -> None:
        """Do all that was asked for."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:
        """There is no loop that would go on."""

    def iterate(self) -> Iterator[None]:
        """As pyttsx3 calls it from somebody's own loop."""
        self._proxy.setBusy(False)
        yield

    def _called(self, name: str) -> NeuralVoice:
        voice = find(name)
        if voice is None:
            raise NotFound(f'There is no voice "{name}".')
        return voice

    def _loaded(self) -> Network:
        """The network of the voice that was chosen; voices that share one do not load it again."""
        voice, last = self._called(self._has["voice"]), self._network
        if last is None or last.voice != voice:
            same = last is not None and last.voice.network == voice.network
            self._network = None  # never two of them in memory
            self._network = Network(voice, last.session if last is not None and same else None)
        assert self._network is not None
        return self._network
