from pathlib import Path

import pytest

from coach.routine.library import Library

DATA = Path(__file__).parent / "data"


@pytest.fixture
def library() -> Library:
    return Library([DATA])
