"""The first run, joined to the microphone, the voice and the settings."""

from __future__ import annotations

from pathlib import Path

from coach.app.manner import keep, keep_manner
from coach.app.stage import Stage, hold
from coach.audio.soundcheck import Probe
from coach.dialogue.firstrun import FirstRun
from coach.document.files import replace_file
from coach.errors import CoachError
from coach.own import paths

SOFT = 12.0
"""dB by which a voice stands over the noise at least to be heard well ..."""
NOISY = -45.0
"""... and the noise, in dBFS, above which it is the noise's fault."""
DROWNED = 12.0
"""dB by which the coach may come back louder than the athlete: what the ear takes out."""


def met() -> bool:
    """Whether the first run has been gone through, or left, before."""
    return _mark().exists()


def first_run(stage: Stage) -> None:
    """Go through it, and keep what came of it."""
    studio, probe = stage.studio, Probe()
    dialogue = FirstRun(
        studio.language,
        stage.seconds,
        lambda: verdict(probe),
        manner=studio.manner,
        tuned=stage.tune,
        hears=stage.duplex.hears,
        speaks=stage.duplex.speaks,
        greeting=stage.notices.taken(),
    )
    hold(stage, dialogue, probe)
    keep_manner(studio, dialogue.manner, stage.notices)
    chosen: dict[str, str] = {}
    if dialogue.has:
        chosen["equipment"] = ", ".join(dialogue.has)
    if dialogue.strength:
        chosen["strength"] = dialogue.strength
    if keep(studio, chosen, stage.notices) and dialogue.settled:
        try:
            replace_file(_mark(), b"", make_folder=True)
        except CoachError as error:
            stage.notices.tell(error)


def verdict(probe: Probe) -> str:
    """What is to be said of the sound: good, soft, noisy or echo."""
    found = probe.result()
    if found is None or found.voice is None:
        return "soft"
    if found.echo is not None and found.echo - found.voice > DROWNED:
        return "echo"
    if found.voice - found.noise < SOFT:
        return "noisy" if found.noise > NOISY else "soft"
    return "good"


def _mark() -> Path:
    return paths.data() / ".met"
