"""A room without hardware: real PortAudio devices on a private PulseAudio server, for the live tests.

    loudspeaker ("speaker") ──► delay ──► the air ──► microphone ("mic")
                                           ▲
                                 the athlete, from outside

The resampling of the loop-back is off (adjust_time=0), so the echo's delay is constant.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import wave
from pathlib import Path

import numpy as np

NEEDED = ("pulseaudio", "pactl", "paplay", "parecord")
RATE = 48_000

_SERVER = """
.fail
load-module module-native-protocol-unix auth-anonymous=1 socket={folder}/native
load-module module-null-sink sink_name=speaker rate={rate} channels=1 channel_map=mono
load-module module-null-sink sink_name=air rate={rate} channels=1 channel_map=mono
load-module module-loopback source=speaker.monitor sink=air {fixed} latency_msec={delay}
load-module module-remap-source master=air.monitor source_name=mic
set-default-sink speaker
set-default-source mic
"""

_FIXED = "adjust_time=0 source_dont_move=true sink_dont_move=true"  # else it would follow the defaults set below it

_ALSA = """
pcm.!default { type pulse }
ctl.!default { type pulse }
"""


def missing() -> list[str]:
    """The programs that the room needs and this machine does not have."""
    return [program for program in NEEDED if shutil.which(program) is None]


class VirtualRoom:
    """Its server is started, stopped and frozen at will; `environment` leads PortAudio to it.

    A server started while another hangs takes its place.
    """

    def __init__(self, folder: Path, delay: float = 0.06) -> None:
        self._folder = folder
        self._delay = delay
        self._servers: list[subprocess.Popen[bytes]] = []
        self._played = 0
        (folder / "alsa.conf").write_text(_ALSA)
        self.environment = {
            "ALSA_CONFIG_PATH": str(folder / "alsa.conf"),
            "PULSE_SERVER": f"unix:{folder}/native",
            "PULSE_RUNTIME_PATH": str(folder / "runtime"),
            "PULSE_STATE_PATH": str(folder / "state"),
            "PULSE_COOKIE": str(folder / "cookie"),
            "XDG_RUNTIME_DIR": str(folder),
        }

    def start(self) -> None:
        script = self._folder / "server.pa"
        script.write_text(_SERVER.format(folder=self._folder, rate=RATE, fixed=_FIXED, delay=round(1000 * self._delay)))
        (self._folder / "native").unlink(missing_ok=True)
        options = ["--daemonize=no", "--exit-idle-time=-1", "--realtime=no", "--high-priority=no", "--use-pid-file=no"]
        log = self._folder / "server.log"
        self._servers.append(
            subprocess.Popen(
                ["pulseaudio", "-n", "-F", str(script), *options, f"--log-target=file:{log}"],
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        for _ in range(100):
            if self._run("pactl", "get-default-source").stdout.strip() == b"mic":  # the script's last line
                return
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"the virtual room did not come up: {log.read_text()}")

    def stop(self) -> None:
        while self._servers:
            server = self._servers.pop()
            server.kill()
            server.wait()

    def freeze(self) -> None:
        """The server hangs: no callback comes, no error either."""
        self._servers[-1].send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._servers[-1].send_signal(signal.SIGCONT)

    def say(self, samples: np.ndarray, rate: int) -> subprocess.Popen[bytes]:
        """The athlete speaks; returns at once."""
        self._played += 1
        file = self._folder / f"said-{self._played}.wav"
        with wave.open(str(file), "wb") as sound:
            sound.setparams((1, 2, rate, 0, "NONE", ""))
            sound.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
        return subprocess.Popen(["paplay", "--device=air", str(file)], env=os.environ | self.environment)

    def mute_microphone(self, muted: bool) -> None:
        self._run("pactl", "set-source-mute", "mic", "1" if muted else "0")

    def unplug_microphone(self) -> None:
        """The server leads who listens to it to what it takes for the next best: the loudspeaker's own sound."""
        self._unload("remap-source")

    def plug_in_microphone(self) -> None:
        self._load("module-remap-source", "master=air.monitor", "source_name=mic")
        self._run("pactl", "set-default-source", "mic")

    def unplug_loudspeaker(self) -> None:
        """The server leads who plays to a sink that nobody hears, as with its module-always-sink."""
        self._load("module-null-sink", "sink_name=auto_null", f"rate={RATE}", "channels=1", "channel_map=mono")
        self._run("pactl", "set-default-sink", "auto_null")
        self._unload("sink_name=speaker")

    def plug_in_loudspeaker(self) -> None:
        self._load("module-null-sink", "sink_name=speaker", f"rate={RATE}", "channels=1", "channel_map=mono")
        delay = f"latency_msec={round(1000 * self._delay)}"
        self._load("module-loopback", "source=speaker.monitor", "sink=air", *_FIXED.split(), delay)
        self._run("pactl", "set-default-sink", "speaker")
        self._unload("sink_name=auto_null")

    def suspend(self, device: str, suspended: bool) -> None:
        """The sink "speaker" or the source "mic" stands still, or goes on."""
        kind = "sink" if device == "speaker" else "source"
        self._run("pactl", f"suspend-{kind}", device, "1" if suspended else "0")

    def move(self, sink: str) -> None:
        """What the coach plays goes to another sink: "speaker", which the microphone hears late, or "air" itself."""
        inputs = self._run("pactl", "list", "short", "sink-inputs").stdout.decode().splitlines()
        for line in inputs:
            number, *_, driver = line.split()[:4]
            if "protocol-native" in driver:
                self._run("pactl", "move-sink-input", number, sink)

    def _load(self, *module: str) -> None:
        self._run("pactl", "load-module", *module)

    def _unload(self, known_by: str) -> None:
        modules = self._run("pactl", "list", "short", "modules").stdout.decode().splitlines()
        self._run("pactl", "unload-module", next(line.split()[0] for line in modules if known_by in line))

    def _run(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command, env=os.environ | self.environment, capture_output=True, check=False)
