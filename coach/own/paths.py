"""Where things are: what came with the coach, and what belongs to the athlete."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).parents[1]
_CHECKOUT = _PACKAGE.parent


def _shipped(name: str) -> Path:
    """A folder that travels in the wheel, or stands beside the package in a checkout."""
    packed = _PACKAGE / "data" / name
    return packed if packed.is_dir() else _CHECKOUT / name


def routines() -> Path:
    """The routines that came with the coach."""
    return _shipped("routines")


def models() -> Path:
    """The speech models that came with the coach."""
    return _shipped("models")


def config() -> Path:
    """What the athlete writes."""
    return _own("COACH_CONFIG_DIR", platformdirs.user_config_path("coach"))


def settings_file() -> Path:
    """The athlete's settings."""
    return config() / "settings.yaml"


def own_phrases() -> Path:
    """What the athlete says for a command, beside the language's phrases."""
    return config() / "phrases.yaml"


def own_routines() -> Path:
    """Routines and exercises that the athlete wrote; looked at before the shipped ones."""
    return config() / "routines"


def data() -> Path:
    """The journal, and downloaded models and voices."""
    return _own("COACH_DATA_DIR", platformdirs.user_data_path("coach"))


def journal() -> Path:
    """What was done."""
    return data() / "journal.sqlite"


def own_voice() -> Path:
    """What was learned of the athlete's voice."""
    return data() / "voice.npz"


def voices() -> Path:
    """Neural voices, downloaded or put there by the athlete."""
    return data() / "voices"


def cache() -> Path:
    """Synthesised clips; may be deleted at any time."""
    return _own("COACH_CACHE_DIR", platformdirs.user_cache_path("coach"))


def _own(variable: str, usual: Path) -> Path:
    return Path(os.environ[variable]) if os.environ.get(variable) else usual


def keep_private() -> None:
    """Close the athlete's folders to others, where an earlier coach or another program left them open. A folder that a
    variable names may be shared on purpose, and stays as it is.
    """
    for variable, folder in (("CONFIG", config()), ("DATA", data()), ("CACHE", cache())):
        if not os.environ.get(f"COACH_{variable}_DIR"):
            with contextlib.suppress(OSError):
                mode = folder.stat().st_mode
                if mode & 0o077:
                    folder.chmod(mode & 0o700)
