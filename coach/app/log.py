"""The log: what the coach worked with and why it obeyed or not, one JSON object a line, for whom it does not hear.

What was said is left out, and so is what was made of it, unless the athlete wants it in.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import IO, Any

from coach import __version__
from coach.audio.clip import Duplex
from coach.document.files import replace_file
from coach.document.unwritten import unwritten
from coach.ear.decide.judge import Utterance
from coach.ear.decision import Decision
from coach.ear.ear import Ear
from coach.ear.recognizer import Transcript
from coach.errors import CoachError
from coach.own import paths
from coach.session import events
from coach.session.events import Event

VARIABLE = "COACH_LOG"
"""The environment variable that names a log where `--log` does not."""
WORDS = ("text", "command", "opinion", "coach_says", "coach_said", "rather", "others")
"""The keys whose values are words; without them nobody can tell what was said."""
EVERY = 60.0
"""Seconds between two lines about the sound, where nothing else happens."""
_KEPT = (events.DeviceLost, events.DeviceBack, events.SoundMissed, events.SoundLost)


class Log:
    """Writes lines to a file; `words`: what was said, too."""

    def __init__(self, file: IO[str] | None, *, words: bool = False) -> None:
        self._file = file
        self._words = words
        self._next_look = 0.0
        self._beginning: dict[str, object] = {}

    def began(self, duplex: Duplex, model: str) -> None:
        """Know what the workout begins with; it is written at the first look."""
        now = round(time.time())
        self._beginning = {"version": __version__, "time": now, "model": model, **_devices(duplex)}

    def look(self, at: float, duplex: Duplex, ear: Ear | None) -> None:
        """How the sound is doing; to be called each block, written once a minute."""
        if self._beginning:
            beginning, self._beginning = self._beginning, {}
            self._write(at, "began", **beginning)
        if at >= self._next_look:
            self._next_look = at + EVERY
            self._write(at, "sound", missed_seconds=round(duplex.missed / duplex.rate, 3), **_hearing(duplex, ear))

    def show(self, event: Event) -> None:
        """Take down what happened to the sound."""
        if isinstance(event, _KEPT):
            record = event.record()
            self._write(record.pop("at"), record.pop("event"), **record)
            self._next_look = event.at

    def stuck(self, at: float, stacks: list[str]) -> None:
        """Take down where the program stands still."""
        self._write(at, "stuck", stacks=stacks)

    def judged(self, decision: Decision) -> None:
        """Take down what was made of an utterance, and every figure it was judged by."""
        figures = _figures(decision.utterance) if decision.utterance is not None else {}
        self._write(
            decision.decided,
            "utterance",
            text=decision.text,
            accepted=decision.accepted,
            reason=decision.reason if self._words else without_words(decision.reason),
            start=decision.start,
            end=decision.end,
            early=decision.early,
            **figures,
        )

    def _write(self, at: float, what: str, **values: object) -> None:
        if self._file is None:
            return
        if not self._words:
            values = {key: value for key, value in values.items() if key not in WORDS}
        line = {"at": at, "what": what, **values}
        try:
            print(json.dumps(line, ensure_ascii=False, default=_rounded), file=self._file, flush=True)
        except OSError as error:
            self._file = None
            raise CoachError(f"The log cannot be written any more: {error.strerror}.") from error


def _rounded(value: object) -> object:
    return float(value) if hasattr(value, "__float__") else str(value)


def without_words(reason: str) -> str:
    """A reason without what it quotes: sounds more like "…"."""
    parts = reason.split('"')
    return '"'.join(part if place % 2 == 0 else "…" for place, part in enumerate(parts))


def _figures(utterance: Utterance) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for field in fields(utterance):
        if field.name == "features":  # they are the athlete's
            continue
        value = getattr(utterance, field.name)
        if isinstance(value, Transcript):
            figures |= {f"{field.name}_score": value.score, f"{field.name}_words": len(value.text.split())}
        elif isinstance(value, str):
            figures |= {field.name: value, f"{field.name}_words": len(value.split())}
        else:
            figures[field.name] = value
    return figures | {"opinion": utterance.opinion.text, "same": utterance.opinion.text == utterance.heard.text}


def _devices(duplex: Duplex) -> dict[str, Any]:
    return {"kind": type(duplex).__name__, "rate": duplex.rate, "block": duplex.block, "hears": duplex.hears}


def _hearing(duplex: Duplex, ear: Ear | None) -> dict[str, Any]:
    counts = getattr(duplex, "counts", {})
    known = {"counts": counts, "latency_seconds": getattr(duplex, "latency", None), **_devices(duplex)}
    if ear is not None:
        known |= {"canceller": ear.echo_detector, "drift_millionths": ear.drift, "echo_known": ear.echo_known}
        known["second_opinion"] = ear.verifier.name if ear.verifier is not None else ""
        known["thresholds"] = asdict(ear.rules.thresholds)
    return known


@contextmanager
def logging(path: Path | None, *, words: bool = False) -> Iterator[Log]:
    """A log in the file at `path`, or in the one that COACH_LOG names; with neither, one that writes nothing."""
    path = path or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if path is None:
        yield Log(None)
        return
    try:
        file = path.open("w", encoding="utf-8", errors="replace")
    except OSError as error:
        raise unwritten(path, error) from None
    with suppress(CoachError):
        replace_file(_where_it_was(), str(path.absolute()), make_folder=True, durable=False)
    try:
        yield Log(file, words=words)
    finally:
        with suppress(OSError):
            file.close()


def last_log() -> Path | None:
    """The log that was written last, where it is still there."""
    with suppress(OSError, ValueError):
        path = Path(_where_it_was().read_text(encoding="utf-8"))
        return path if path.is_file() else None
    return None


def _where_it_was() -> Path:
    return paths.cache() / "last-log"
