import os
import threading

import pytest

from coach.app.priority import HIGH, high_priority


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def test_a_workout_has_a_high_priority_where_it_may_and_nothing_fails_where_it_may_not() -> None:
    before = niceness()
    with high_priority():
        within = niceness()
        inherited: list[int] = []
        thread = threading.Thread(target=lambda: inherited.append(niceness()))
        thread.start()
        thread.join()
    assert niceness() == before
    assert within == (HIGH if os.geteuid() == 0 and HIGH < before <= 0 else before)
    assert inherited == [within], "PortAudio's threads too"


def test_who_wants_it_nice_gets_it_nice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getpriority", lambda which, who: 5)
    asked: list[int] = []
    monkeypatch.setattr(os, "setpriority", lambda which, who, level: asked.append(level))
    with high_priority():
        pass
    assert asked == [5]
