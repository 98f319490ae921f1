"""eSpeak NG, which pyttsx3 speaks with on Linux: the system's or, where there is none, the wheel's."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coach.errors import PartMissing

INSTALL = {
    "linux": "Install the package espeak-ng:  sudo apt install espeak-ng",
    "darwin": "Install it again:  pip install --force-reinstall pyttsx3 pyobjc",
}.get(sys.platform, "Install it again:  pip install --force-reinstall pyttsx3")


_usual_hook = sys.unraisablehook


def catch_in_callbacks(failed: Callable[[Exception], None]) -> None:
    """What is raised in a function that C calls is printed by Python, with its traceback, and forgotten. Give what
    pyttsx3 raises in its own, as where the temporary folder is full, to `failed` instead.
    """

    def hook(what: Any) -> None:
        if str(getattr(what.object, "__module__", "")).startswith("pyttsx3."):
            failed(what.exc_value)
        else:
            _usual_hook(what)

    sys.unraisablehook = hook


def load_espeak(folder: Path) -> ctypes.CDLL:
    """Make sure that pyttsx3 will find eSpeak: the system's or, where there is none, the wheel's.

    `folder`: one that lasts as long as the engine, with a short path.
    """
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return _load_from_wheel(folder)


def _load_from_wheel(folder: Path) -> ctypes.CDLL:
    # Once a library of this name is loaded for all to see, the loader gives it to pyttsx3, which asks by name.
    try:
        import espeakng_loader

        data = folder / "espeak-ng-data"  # eSpeak ends the process over a path longer than 160 characters
        data.unlink(missing_ok=True)
        data.symlink_to(espeakng_loader.get_data_path(), target_is_directory=True)
        os.environ["ESPEAK_DATA_PATH"] = str(data)
        return ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
    except (ImportError, OSError, RuntimeError) as trouble:
        raise PartMissing("The coach has no voice: eSpeak NG is not installed.", hint=INSTALL) from trouble
