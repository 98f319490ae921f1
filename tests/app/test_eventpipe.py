"""Events for another program: through a named pipe or a socket of the athlete's own, and never waited for."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from coach.app import eventlog
from coach.app.eventpipe import EventPipe
from coach.errors import CoachError
from coach.session.events import Paused


def test_a_named_pipe_gets_events_while_somebody_reads(tmp_path: Path) -> None:
    pipe = tmp_path / "events"
    os.mkfifo(pipe)
    with eventlog.writing(pipe) as write:
        write(Paused(at=1.0))  # nobody reads yet
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        write(Paused(at=2.0))
        assert json.loads(os.read(reader, 4096)) == {"at": 2.0, "event": "paused"}
        os.close(reader)
        write(Paused(at=3.0))
        write(Paused(at=4.0))  # and nobody any more


def test_a_reader_that_stands_still_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "events"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with eventlog.writing(pipe) as write:
        for n in range(10_000):
            write(Paused(at=float(n)))
    lines = os.read(reader, 1 << 20).decode().splitlines()
    assert [json.loads(line)["at"] for line in lines] == [float(n) for n in range(len(lines))], "whole lines, in order"
    os.close(reader)


def test_a_socket_gets_events_from_when_somebody_listens(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        with eventlog.writing(path) as write:
            write(Paused(at=1.0))
            server.listen()
            write(Paused(at=2.0))
            with server.accept()[0] as client:
                assert json.loads(client.recv(4096)) == {"at": 2.0, "event": "paused"}
            write(Paused(at=3.0))
            write(Paused(at=4.0))


def test_a_pipe_of_somebody_elses_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "events"
    os.mkfifo(pipe)
    monkeypatch.setattr(os, "geteuid", lambda: pipe.stat().st_uid + 1)
    with pytest.raises(CoachError, match="belongs to somebody else"):
        EventPipe(pipe)
