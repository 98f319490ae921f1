"""Text to sound with pyttsx3, which is used as a synthesiser only: it writes files, the mixer plays them.

pyttsx3 is fragile in threads and at its start (the reasons stand beside the code), so one thread owns its engine,
every file is checked, and an engine that stops answering is left behind and replaced.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from coach.audio.clip import Clip
from coach.document import leftovers
from coach.errors import CoachError, PartMissing
from coach.voice.espeak import INSTALL, catch_in_callbacks, load_espeak
from coach.voice.neural import driver as neural
from coach.voice.neural.installed import find
from coach.voice.spoken import read, trimmed
from coach.voice.voices import SystemVoice, find_voice, no_variant

_ATTEMPTS = 4
_PREFIX = "coach-"
_REPLACEMENTS = 2
_NEURAL_PATIENCE = 600.0
"""Nothing waits for it, and one that works beside busy programs is only slow."""
_BEHIND = 5
"""The niceness of a neural voice's thread: it works for seconds at a time, and the loop and the ear come first."""

_engines: list[Any] = []
"""Every engine there was: one that is collected takes eSpeak's callback away from its successor."""

_WARM_UP = "Warming up, so that the first thing that matters is whole and sounds as it should."


def driver() -> str:
    """The pyttsx3 driver of this system, known without importing pyttsx3."""
    return {"darwin": "nsss", "win32": "sapi5"}.get(sys.platform, "espeak")


@dataclass(frozen=True)
class Manner:
    """How a text is spoken. Each voice takes what it can: pitch is eSpeak's alone."""

    voice: str
    """A voice's id, name, or language; eSpeak's may end in +variant: "en-gb+f3". Empty for the system's own."""
    words_a_minute: int
    pitch: int = 50


@dataclass(order=True)
class _Job:
    urgency: int
    number: int
    text: str = field(compare=False)
    manner: Manner = field(compare=False)
    result: Future[Clip] = field(compare=False, default_factory=Future)


class Synthesizer:
    """The one owner of a speech engine, on a thread of its own. A process has one a driver: `shared()`.

    eSpeak keeps its state per process and two threads in it hang, so a second voice is a second Manner, not a second
    Synthesizer.
    """

    NOW, AHEAD = 0, 1
    _numbers: ClassVar[itertools.count[int]] = itertools.count()

    def __init__(self, patience: float = 10.0, engine: str = "") -> None:
        """`patience`: seconds until an engine counts as hung; 0.1 s more for each character of the text. `engine`: the
        pyttsx3 driver; empty for the system's.
        """
        self.driver = engine or driver()
        self.pitched = self.driver == "espeak"
        self._patience = patience
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._lock = threading.Lock()
        self._worker: _Worker | None = None

    def clip(self, text: str, manner: Manner, urgency: int = NOW) -> Clip:
        """`text` spoken, trimmed of silence, at the engine's own rate and loudness. Blocks until it is made.

        Raises NotFound for a voice that does not exist, PartMissing where there is no engine, CoachError when the
        engine does not answer or keeps giving unusable files.
        """
        if not any(character.isalnum() for character in text):
            return Clip(np.zeros(0, np.float32), 22_050)
        for _ in range(_REPLACEMENTS + 1):
            job = _Job(urgency, next(self._numbers), text, manner)
            self._jobs.put(job)
            with contextlib.suppress(_EngineHung):  # another one is tried
                return self._result(job)
        raise CoachError("The speech synthesiser has stopped answering.", hint="Restart the coach.")

    def voices(self) -> list[SystemVoice]:
        """The voices of this system. Raises PartMissing where there is no engine."""
        self.clip("ready", Manner("", 175))
        with self._lock:
            return list(self._worker.voices) if self._worker else []

    def _result(self, job: _Job) -> Clip:
        while True:
            worker = self._working()
            with contextlib.suppress(FutureTimeout):
                job.result.exception(timeout=0.25)
                return job.result.result()
            if worker.hung():
                worker.leave_behind()
            if not threading.main_thread().is_alive():
                raise CoachError("The coach is closing.")

    def _working(self) -> _Worker:
        with self._lock:
            if self._worker is None or self._worker.left_behind:
                self._worker = _Worker(self._jobs, self._patience, self.driver)
                self._worker.start()
                # A thread that the interpreter's end finds inside a C library may take the process down with it.
                atexit.register(self._worker.end)
            return self._worker


@cache
def shared(engine: str = "") -> Synthesizer:
    """The one synthesiser of this process with this driver; by itself the system's."""
    # A neural voice's network is loaded with its first line, and a small machine takes a while for either.
    return Synthesizer(patience=5.0) if not engine else Synthesizer(_NEURAL_PATIENCE, engine)


def speaking(voice: str) -> tuple[Synthesizer, str]:
    """What speaks with the voice of this name, and what that calls it."""
    found = find(voice)
    return (shared(), voice) if found is None else (shared(neural.DRIVER), found.id)


class _EngineHung(Exception):
    pass


class _Worker(threading.Thread):
    def __init__(self, jobs: queue.PriorityQueue[_Job], patience: float, driver: str) -> None:
        super().__init__(name="synthesizer", daemon=True)
        self._driver = driver
        self.left_behind = False
        self._job: _Job | None = None
        self.voices: tuple[SystemVoice, ...] = ()
        self._jobs = jobs
        self._patience = patience
        self._since = 0.0

    def hung(self) -> bool:
        job = self._job
        return job is not None and time.monotonic() - self._since > self._patience + len(job.text) / 10

    def leave_behind(self) -> None:
        """It sits in a call that does not return: forget it, and tell whoever waits for its job."""
        self.left_behind = True
        job = self._job
        if job is not None:
            with contextlib.suppress(InvalidStateError):
                job.result.set_exception(_EngineHung())

    def end(self) -> None:
        """Let it finish the job it has, if it can in a second, and start no other."""
        self.left_behind = True
        self._jobs.put(_Job(-1, 0, "", Manner("", 0)))
        self.join(1)

    def run(self) -> None:
        if self._driver == neural.DRIVER and hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, 0, max(_BEHIND, os.getpriority(os.PRIO_PROCESS, 0)))
        with contextlib.ExitStack() as stack:
            self._work(stack)

    def _work(self, stack: contextlib.ExitStack) -> None:
        engine: _Engine | None = None
        while not self.left_behind:
            self._job, job = None, self._jobs.get()
            if self.left_behind:
                self._jobs.put(job)  # it is for the next worker
                break
            self._since = time.monotonic()
            self._job = job
            with contextlib.suppress(InvalidStateError):  # left behind, and came round after all
                try:
                    engine = engine or _Engine(_folder(stack), self._patience, self._driver)
                    self.voices = engine.voices
                    job.result.set_result(engine.clip(job.text, job.manner))
                except Exception as trouble:
                    job.result.set_exception(trouble)  # it belongs to the one who asked


def _folder(stack: contextlib.ExitStack) -> Path:
    """Where its files go, until the stack is left. Raises PartMissing."""
    try:
        # Not a TemporaryDirectory: at exit that goes before this thread has ended.
        leftovers.clear(Path(tempfile.gettempdir()), _PREFIX)
        folder = Path(tempfile.mkdtemp(prefix=leftovers.named(_PREFIX)))
    except OSError as trouble:
        sentence = f"The speech synthesiser has no temporary folder to write to: {trouble.strerror}."
        raise PartMissing(sentence, hint="Name one that can be written in TMPDIR, or make room there.") from trouble
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder


class _Engine:
    """pyttsx3 on the thread that made it."""

    def __init__(self, folder: Path, patience: float, driver: str) -> None:
        if driver == "espeak":
            load_espeak(folder)
            catch_in_callbacks(self._fail)
        neural.register()
        # pyttsx3.init() hands out one engine a driver for ever; a hung one must be replaceable.
        from pyttsx3.engine import Engine

        try:
            self._engine: Any = Engine(driver)
        except CoachError:
            raise
        except Exception as trouble:
            raise PartMissing(f"The speech synthesiser does not start: {trouble}.", hint=INSTALL) from trouble
        _engines.append(self._engine)
        # It prints a line about every file. A print of the driver's own is silenced, nobody else's stdout is touched.
        vars(sys.modules[f"pyttsx3.drivers.{driver}"])["print"] = lambda *_, **__: None
        self._driver, self._patience = driver, patience
        self._finished = threading.Event()
        self._engine.connect("finished-utterance", lambda name, completed: self._finished.set())
        self._troubles: list[Exception] = []
        self._engine.connect("error", lambda name, exception: self._troubles.append(exception))
        self._folder = folder
        self._files = itertools.count()
        self._manner: Manner | None = None
        self.voices = tuple(
            SystemVoice(voice.id, voice.name or voice.id, tuple(map(str, voice.languages or ())))
            for voice in self._engine.getProperty("voices")
        )
        self._system_voice = self._engine.getProperty("voice")
        if driver == neural.DRIVER:
            self._engine.runAndWait()  # pyttsx3 sets no property before
        else:
            # The first text of a process sometimes comes out empty or in the wrong manner; a short one more often.
            self._spoken(_WARM_UP)

    def _fail(self, trouble: Exception) -> None:
        self._troubles.append(CoachError(f"The speech synthesiser cannot write its sound: {trouble}."))
        self._finished.set()

    def clip(self, text: str, manner: Manner) -> Clip:
        for _ in range(_ATTEMPTS):
            if self._manner == manner or self._set(manner):
                clip = self._spoken(text)
                if clip is not None:
                    return clip
            self._manner = None
        raise CoachError(f"The speech synthesiser could not say {text!r}.")

    def _set(self, manner: Manner) -> bool:
        """Set the manner and read it back: a lost setting raises nothing."""
        voice = find_voice(self.voices, manner.voice) if manner.voice else str(self._system_voice)
        wanted = {"voice": voice, "rate": manner.words_a_minute}
        if self._driver == "espeak":
            wanted["pitch"] = manner.pitch  # after the voice, which resets it
        for name, value in wanted.items():
            self._engine.setProperty(name, value)
            self._settle(name, value)
        if all(self._has(name, value) for name, value in wanted.items()):
            self._manner = manner
            return True
        base, _, variant = voice.partition("+")
        if variant and self._engine.getProperty("voice") == base:
            raise no_variant(base, variant)
        return False

    def _settle(self, name: str, value: object) -> None:
        """Wait for a property to be taken over: eSpeak queues it, and of several queued at once some are lost."""
        deadline = time.monotonic() + 0.1
        while not self._has(name, value) and time.monotonic() < deadline:
            time.sleep(0.0005)

    def _has(self, name: str, value: object) -> bool:
        found = self._engine.getProperty(name)
        return bool(found == value or (name == "voice" and str(found).lower() == str(value).lower()))

    def _spoken(self, text: str) -> Clip | None:
        """What the engine makes of the text; None when the file is not whole."""
        file = self._folder / f"{next(self._files)}.wav"
        self._finished.clear()
        self._troubles.clear()
        try:
            self._engine.save_to_file(text, str(file))
            self._engine.runAndWait()
            # It returns early. And the event comes from inside eSpeak's callback, which still has a little to tidy.
            if not self._finished.wait(self._patience):
                return None
            time.sleep(0.001)
            samples, rate = read(file)
        except (OSError, CoachError, RuntimeError, IndexError, ValueError, subprocess.SubprocessError):
            return None
        finally:
            file.unlink(missing_ok=True)
            if told := [each for each in self._troubles if isinstance(each, CoachError)]:
                raise told[0]  # a driver of ours knows why
        samples = trimmed(samples, rate)
        return Clip(samples, rate) if len(samples) > 0.02 * rate else None
