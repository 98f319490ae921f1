from __future__ import annotations

import pytest

from coach.own import paths
from coach.routine.library import Library


@pytest.fixture(scope="session")
def library() -> Library:
    """What comes with the coach, without anything that somebody keeps in a folder of their own."""
    return Library([paths.routines()])
