"""Getting lost devices back, beside the loop."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterable
from typing import Any, Protocol

from coach.audio.clip import Samples
from coach.audio.routing import Led
from coach.audio.stillness import Sameness
from coach.audio.streams import Loudspeaker, Microphone, Stream
from coach.errors import Device, DeviceTrouble


class SoundSystem(Protocol):
    """What streams are opened and closed with: PortAudio, see device.py."""

    def open(
        self, names: dict[Device, str], rate: int | None = None, first: Samples | None = None
    ) -> dict[Device, Any]:
        """Streams for the devices of these names, by part, with sound flowing; `rate`: the only one that will do;
        `first`: what a loudspeaker plays at once.

        Raises DeviceTrouble.
        """
        ...

    def close(self, streams: Iterable[Stream]) -> None:
        """Close them, or leave behind those that do not close in two seconds."""
        ...

    def renew(self) -> None:
        """Look for devices anew. Every stream must be closed."""
        ...

    def give_up(self) -> None:
        """Let the process end without a wait for streams that are just being opened, and may hang."""
        ...

    def led(self) -> Led:
        """Where the streams have been led. May take two seconds."""
        ...


class Recovery(threading.Thread):
    """One attempt to reopen devices; it lasts as long as a sound server hangs. `opened` holds those that work."""

    def __init__(
        self,
        system: SoundSystem,
        names: dict[Device, str],
        gone: list[Stream],
        rate: int,
        *,
        renew: bool,
        still: Sameness | None,
    ) -> None:
        super().__init__(name="reopening", daemon=True)
        self.opened: dict[Device, Any] = {}
        self.given_up = False
        self._system, self._names, self._gone, self._rate = system, names, gone, rate
        self._renew, self._still = renew, still
        self._ended_at: float | None = None

    def failed_for(self, seconds: float) -> bool:
        """Whether it has been gone for so long."""
        return not self.opened and self._ended_at is not None and time.monotonic() > self._ended_at + seconds

    def run(self) -> None:
        """Look for the device until it is back."""
        self._system.close(self._gone)
        opened: dict[Device, Any] = {}
        with contextlib.suppress(DeviceTrouble):
            if self._renew:
                self._system.renew()
            for part, name in self._names.items():
                # Without the loudspeaker the microphone alone is no way back; the other way round it is.
                opened |= self._system.open({part: name}, self._rate if part == Loudspeaker.part else None)
            self._wait_for_a_change(opened.get(Microphone.part))
        if Microphone.part in opened and self._system.led().hears_itself:
            self._system.close([opened.pop(Microphone.part)])
        self._ended_at = time.monotonic()
        if self.given_up:
            self._system.close(opened.values())
        else:
            self.opened = opened

    def _wait_for_a_change(self, mic: Microphone | None) -> None:
        """A microphone lost because its signal never changed is back when it does."""
        while mic is not None and self._still is not None and not self.given_up:
            if self._still.is_back(mic.heard.take(), mic.rate):
                break
            time.sleep(0.1)
