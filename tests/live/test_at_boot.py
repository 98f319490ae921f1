"""The unit in a real systemd instance of a user's own, with a sound server: started, killed, started again, removed.

The instance gets a /run of its own, where systemd looks whether the machine was booted with it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SYSTEMD = "/lib/systemd/systemd"
NEEDED = ("unshare", "dbus-daemon", "pulseaudio", "systemctl", SYSTEMD)

_ROOM = """
mount -t tmpfs own /run && mkdir -p /run/systemd/system /run/user/0/pulse && chmod 700 /run/user/0 || exit 9
dbus-daemon --session --address=$DBUS_SESSION_BUS_ADDRESS --nofork --nopidfile 2>/dev/null & bus=$!
pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no -L "module-null-sink sink_name=speaker" \
    -L "module-native-protocol-unix auth-anonymous=1 socket=/run/user/0/pulse/native" 2>/dev/null & sound=$!
SYSTEMD --user --log-target=null & manager=$!
trap 'kill $manager $sound $bus; wait' EXIT
until [ "$(systemctl --user is-system-running 2>/dev/null)" = running ]; do sleep 0.2; done
of() { systemctl --user show --property "$2" --value "$1"; }
pid() { of coach.service MainPID; }
"""
_STORY = """
systemctl --user start other
"$COACH" service install >/dev/null || exit 1
until [ "$(of coach.service ActiveState)" = active ]; do sleep 0.2; done
first=$(pid)
kill -9 "$first"
until [ "$(pid)" != "$first" ] && [ "$(of coach.service ActiveState)" = active ]; do sleep 0.2; done
echo "restarts: $(of coach.service NRestarts)"
"$COACH" service status | sed -n 's/^Service: //p; s/^Sound server: \\([a-z]*\\).*/sound: \\1/p'
sleep 8  # it has begun to listen, and ends as it does when it is asked to
"$COACH" service remove >/dev/null || exit 1
echo "after: $(of coach.service LoadState), $(of coach.service ActiveState)"
echo "other: $(of other ActiveState), $(of other NRestarts)"
ls "$XDG_CONFIG_HOME/systemd/user"
"""


def may_have_a_run_of_its_own() -> bool:
    return (
        shutil.which("unshare") is not None
        and not subprocess.run(
            ["unshare", "-m", "mount", "-t", "tmpfs", "own", "/run"], capture_output=True, check=False
        ).returncode
    )


pytestmark = [
    pytest.mark.live,
    pytest.mark.slow,
    pytest.mark.skipif(any(shutil.which(each) is None for each in NEEDED), reason=f"needs {', '.join(NEEDED)}"),
    pytest.mark.skipif(not may_have_a_run_of_its_own(), reason="needs the right to mount, as root has it"),
]


def test_it_starts_comes_back_when_it_is_killed_and_leaves_others_alone(tmp_path: Path) -> None:
    home = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE")}
    units = tmp_path / "config" / "systemd" / "user"
    units.mkdir(parents=True)
    (units / "other.service").write_text("[Service]\nExecStart=/bin/sleep 1000\n")
    done = subprocess.run(
        ["unshare", "-m", "bash", "-c", _ROOM.replace("SYSTEMD", SYSTEMD) + _STORY],
        env=os.environ
        | home
        | {
            "HOME": str(tmp_path),
            "COACH": str(Path(sys.prefix) / "bin" / "coach"),
            "XDG_RUNTIME_DIR": "/run/user/0",
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/0/bus",
        },
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.stdout.splitlines() == [
        "restarts: 1",
        "fine. It is active.",
        "sound: fine",
        "after: not-found, inactive",
        "other: active, 0",
        "other.service",
    ], done.stderr
