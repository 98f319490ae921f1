"""A live loudspeaker and microphone as one Duplex: alignment, two watchdogs, and what happens when one is lost."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np

from coach.audio.clip import BLOCK_SECONDS, EAR_RATE, Duplex, Heard, Samples
from coach.audio.losses import Losses
from coach.audio.pairing import Pairing, Resampler
from coach.audio.recovery import Recovery, SoundSystem
from coach.audio.routing import Led, Lookout
from coach.audio.simulated import Timer
from coach.audio.standstill import Standstill
from coach.audio.stillness import Sameness, Stillness
from coach.audio.streams import AHEAD, AHEAD_MOST, Loudspeaker, Microphone, Stream
from coach.errors import Device, DeviceLost

_DEAD = 2.5
"""Seconds without a callback after which a stream is dead: PulseAudio's null sink takes two seconds of sound at a time
where nobody listens to it, and then none for as long."""
_AGAIN = 1.0
"""Seconds more until its device counts as lost. Where a busy machine makes the sound server late, PortAudio's streams
stop or hang, and mostly they open again in half a second."""

_PAUSE = 2.0
"""Seconds between two attempts to reopen."""

_LOOK = 5.0
"""Seconds between two looks at where the sound server has led the streams."""

WAKING_SECONDS = 1.0
"""Seconds of near-silence before a loudspeaker's first sound: one that sleeps swallows up to as much (0.75 s were
seen), and does not wake for exact silence."""
_FAINT = 5e-5
"""Its level: -86 dBFS, which nobody hears, and from which the ear learns no echo."""

_MUTED = "brings nothing but silence: is it muted, or unplugged?"
_HANGS = "brings the same sound again and again: unplug it, and plug it in anew."

_NOTHING = np.zeros(0, np.float32)


class Live:
    """A loudspeaker, a microphone, or both; a Duplex. Without a loudspeaker a timer paces the blocks.

    When a device stops, `exchange` raises DeviceLost once and from then on goes on without it; `again` gets it back.
    """

    def __init__(self, system: SoundSystem, names: dict[Device, str]) -> None:
        """`names`: which device to open as "loudspeaker", which as "microphone"."""
        self._system = system
        self._names = names
        self._loudspeaker: Loudspeaker | None = None
        self._microphone: Microphone | None = None
        self._recovery: Recovery | None = None
        self._gone: list[Stream] = []
        self._not_back: DeviceLost | None = None
        self._aligned = False
        self._still: Sameness | None = None
        """What the lost microphone brought again and again; None for one lost otherwise."""
        self._stillness_told = False
        self._blocks = 0
        self._losses = Losses()
        self._standstill = Standstill()
        self._missed_before = 0
        """Samples that were missed before the streams were last aligned."""
        self._missed_earlier = 0
        """Those of them, and since, that another conversation had missed."""
        opened = system.open(names)
        self.rate = opened[Loudspeaker.part].rate if Loudspeaker.part in opened else 48_000
        self.block = round(BLOCK_SECONDS * self.rate)
        self._install(opened)

    @property
    def hears(self) -> bool:
        """As in Duplex."""
        return self._microphone is not None

    @property
    def speaks(self) -> bool:
        """As in Duplex."""
        return self._loudspeaker is not None

    @property
    def missed(self) -> int:
        """As in Duplex."""
        return self._missed_before + self._missed_now - self._missed_earlier

    @property
    def _missed_now(self) -> int:
        return self._loudspeaker.missed - self._missed_at_start if self._loudspeaker else 0

    @property
    def _troubles(self) -> int:
        return sum(stream.troubles for stream in self._streams().values() if stream is not None)

    @property
    def latency(self) -> float:
        """Seconds that PortAudio believes sound takes from here to the air and back."""
        return sum(stream.latency for stream in self._streams().values() if stream is not None)

    @property
    def counts(self) -> dict[str, int]:
        """What went wrong since the streams were opened."""
        speaker, mic = self._loudspeaker, self._microphone
        return {
            "samples missed by the loudspeaker": self.missed,
            "troubled callbacks of the loudspeaker": speaker.troubles if speaker else 0,
            "troubled callbacks of the microphone": mic.troubles if mic else 0,
            "samples missed by the microphone": self._pairing.played_left_out,
            "samples too many of the microphone": self._pairing.mic_left_out,
        }

    def exchange(self, samples: Samples) -> Heard:
        """As in Duplex."""
        try:
            return replace(self._exchanged(samples), away=self._standstill.seconds())
        except DeviceLost:
            self._standstill.begin()
            raise

    def _exchanged(self, samples: Samples) -> Heard:
        if self._not_back is not None:
            lost, self._not_back = self._not_back, None
            raise lost
        if not self._aligned:
            self._wake()
            self._align()
        if not self._blocks:
            self._missed_earlier = self._missed_before + self._missed_now
        self._blocks += 1
        led = self._lookout.led()
        if self._loudspeaker is None:
            self._timer.exchange(samples)
        elif led.plays_to_nobody:
            self._put_away(self._loudspeaker)
            raise _lost(Loudspeaker.part, "has gone: what the coach plays goes nowhere.")
        else:
            self._hand_over(self._loudspeaker, samples)
        return self._hear(samples, led)

    def begin(self) -> bool:
        """As in Duplex. Streams that are aligned stay so: aligned anew, the echo would come some milliseconds sooner or
        later, which takes seconds of the coach's speech to learn.
        """
        shown = self._blocks * self.block / self.rate
        self._pairing.set_back(shown)
        self._losses.set_back(shown)
        self._standstill.begin()
        self._blocks = 0
        return self._aligned and self.hears and self.speaks

    def interject(self, samples: Samples) -> None:
        """Play something from another thread, while the loop stands still and its own sound has run out."""
        speaker = self._loudspeaker
        if speaker is not None:
            speaker.queue.put(samples)

    def open_loudspeaker(self, name: str, first: Samples) -> None:
        """Open a loudspeaker beside the microphone; `first` is what it plays at once, at `rate`, before what wakes it.

        Raises DeviceTrouble.
        """
        opened = self._system.open({Loudspeaker.part: name}, self.rate, np.concatenate((first, self._near_silence())))
        self._names = {**self._names, Loudspeaker.part: name}
        self._install(opened)
        self._asleep = False

    def close_loudspeaker(self) -> None:
        """Give it back, so that it may sleep; the microphone stays open."""
        speaker, self._loudspeaker = self._loudspeaker, None
        self._names = {part: name for part, name in self._names.items() if part != Loudspeaker.part}
        self._timer = Timer(self.rate)
        self._aligned = False
        if speaker is not None:
            self._system.close([speaker])

    def stand_in(self) -> Duplex:
        """What to go on with while a device is lost: this one, which does without it."""
        return self

    def again(self) -> Duplex | None:
        """To be called now and then while a device is lost. Reopens it in the background; self once it is back."""
        if all(self._streams().values()):
            return self
        recovery = self._recovery
        if recovery is not None and recovery.opened:
            self._recovery = None
            self._install(recovery.opened)
            lost = [part for part, stream in self._streams().items() if stream is None]
            if Loudspeaker.part not in lost:
                self._not_back = _lost(lost[0]) if lost else None
                return self
        elif recovery is None or recovery.failed_for(_PAUSE):
            self._recovery = self._recover()
        return None

    def close(self) -> None:
        """Close the streams. One whose sound server hangs is waited for two seconds, no longer."""
        if self._recovery is not None:
            self._recovery.given_up = True
            if self._recovery.is_alive():
                self._system.give_up()
        streams = [each for each in (self._loudspeaker, self._microphone, *self._gone) if each is not None]
        self._loudspeaker = self._microphone = None
        self._system.close(streams)

    def _streams(self) -> dict[Device, Stream | None]:
        """The parts that were asked for, loudspeaker first; None for one that is lost."""
        streams: dict[Device, Stream | None] = {Loudspeaker.part: self._loudspeaker, Microphone.part: self._microphone}
        return {part: stream for part, stream in streams.items() if part in self._names}

    def _install(self, opened: dict[Device, Any]) -> None:
        self._asleep = Loudspeaker.part in opened
        self._loudspeaker = opened.get(Loudspeaker.part, self._loudspeaker)
        self._microphone = opened.get(Microphone.part, self._microphone)
        self._timer = Timer(self.rate)
        self._ahead = round(AHEAD * self.rate)
        self._stillness = Stillness(told=self._stillness_told)
        self._lookout = Lookout(self._system.led, round(_LOOK / BLOCK_SECONDS))
        self._align()
        self._aligned = False  # once more when the first block comes

    def _wake(self) -> None:
        """Queue near-silence before a new loudspeaker's first block; it counts as played before the clock began."""
        if self._asleep and self._loudspeaker is not None:
            self._loudspeaker.queue.put(self._near_silence())
        self._asleep = False

    def _near_silence(self) -> Samples:
        """What wakes a loudspeaker."""
        return _FAINT * np.random.default_rng(0).standard_normal(round(WAKING_SECONDS * self.rate), np.float32)

    def _align(self) -> None:
        """Count what is played and what is heard from here on, together."""
        speaker, mic = self._loudspeaker, self._microphone
        if self._aligned:
            self._keep_missed()
        queued = len(speaker.queue) if speaker else 0
        for ring in (speaker.played if speaker else None, mic.heard if mic else None):
            if ring is not None:
                ring.take()
                ring.lost = 0
        self._pairing = Pairing((self._blocks * self.block - queued) / self.rate)
        self._played_to_ear = Resampler(self.rate, EAR_RATE)
        self._mic_to_ear = Resampler(mic.rate if mic else EAR_RATE, EAR_RATE)
        self._missed_at_start = self._missed = speaker.missed if speaker else 0
        self._mic_frames = mic.frames if mic else 0
        self._blocks_unheard = 0
        self._losses.begin(self._troubles)
        self._aligned = True

    def _keep_missed(self) -> None:
        """What was missed so far goes on to count, whatever is aligned anew."""
        self._missed_before += self._missed_now
        self._missed_at_start = self._loudspeaker.missed if self._loudspeaker else 0

    def _hand_over(self, speaker: Loudspeaker, samples: Samples) -> None:
        """Queue the block as soon as there is room."""
        waits = 0
        while True:
            speaker.moved.clear()
            # Waits are counted, not seconds: a computer that slept has lost no device.
            if speaker.ended or waits * 0.05 >= _DEAD:
                speaker, waits = self._reopened(speaker), 0
            if len(speaker.queue) + len(samples) <= self._ahead:
                break
            waits = 0 if speaker.moved.wait(0.05) else waits + 1
        speaker.queue.put(samples)
        if speaker.missed > self._missed:
            self._missed = speaker.missed
            self._ahead = min(self._ahead + self.block, round(AHEAD_MOST * self.rate))

    def _reopened(self, speaker: Loudspeaker) -> Loudspeaker:
        """The loudspeaker opened anew at once, where its stream is dead. Raises DeviceLost where that fails."""
        began = time.monotonic()
        self._put_away(speaker)
        self._recovery = recovery = self._recover()
        recovery.join(_AGAIN)
        if recovery.opened:
            self._recovery = None
            self._install(recovery.opened)
        if self._loudspeaker is None:
            raise _lost(Loudspeaker.part)
        self._align()
        self._missed_before += round((time.monotonic() - began) * self.rate)
        return self._loudspeaker

    def _put_away(self, speaker: Loudspeaker) -> None:
        """Go on without the loudspeaker."""
        self._keep_missed()
        self._gone.append(speaker)
        self._loudspeaker = None
        self._timer = Timer(self.rate)
        self._aligned = False
        if self._recovery is not None:  # of the microphone alone
            self._recovery.given_up, self._recovery = True, None

    def _hear(self, samples: Samples, led: Led) -> Heard:
        speaker, mic = self._loudspeaker, self._microphone
        if mic is None:
            if speaker is not None:
                speaker.played.take()
            return Heard(_NOTHING, _NOTHING, self._blocks * self.block / self.rate)
        self._watch(mic, led)
        stood_still = 0.0
        if mic.heard.lost or (speaker is not None and speaker.played.lost):
            stood_still = (len(mic.heard) + mic.heard.lost) / mic.rate
            self._align()  # the loop stood still for so long that sound was lost
        brought = mic.heard.take()
        if speaker is None:
            self._pairing.played(np.zeros(round(BLOCK_SECONDS * EAR_RATE), np.float32))
        else:
            self._pairing.played(self._played_to_ear(speaker.played.take()))
        coach = samples if speaker is not None else _NOTHING
        if self._stillness.proven(brought, mic.rate, coach, BLOCK_SECONDS):
            self._stillness_told = True
            self._still = self._stillness.sameness
            self._let_go(mic, _MUTED if self._stillness.silent else _HANGS)
        self._pairing.heard(self._mic_to_ear(brought))
        heard = self._pairing.take()
        gap, lost = self._losses.look(self._blocks * BLOCK_SECONDS, self._troubles, self._pairing.lost)
        at = heard.at - self._missed_now / self.rate
        return replace(heard, at=at, gap=gap or stood_still > 0, lost=lost + stood_still)

    def _watch(self, mic: Microphone, led: Led) -> None:
        self._blocks_unheard = self._blocks_unheard + 1 if mic.frames == self._mic_frames else 0
        self._mic_frames = mic.frames
        # Its end is not asked for: where the loudspeaker goes with it, that is to be noticed first.
        if self._blocks_unheard * BLOCK_SECONDS >= _DEAD:
            self._still = None
            self._let_go(mic)
        if led.hears_itself:
            self._still = None
            self._let_go(mic, "has gone: the sound server brings the coach's own sound in its place.")

    def _let_go(self, mic: Microphone, why: str = "has gone.") -> None:
        self._keep_missed()
        self._gone.append(mic)
        self._microphone = None
        self._aligned = False
        if self._loudspeaker is not None or Loudspeaker.part not in self._names:
            raise _lost(Microphone.part, why)
        # The loudspeaker is lost too, and reported: one trouble is enough until that is over.

    def _recover(self) -> Recovery:
        """Begin to reopen what is missing. The device list is renewed only where no running stream would die of it."""
        streams = self._streams()
        names = {part: self._names[part] for part, stream in streams.items() if stream is None}
        still = None if Loudspeaker.part in names else self._still
        gone, self._gone = self._gone, []
        renew = not any(streams.values())
        recovery = Recovery(self._system, names, gone, self.rate, renew=renew, still=still)
        recovery.start()
        return recovery


def _lost(part: Device, why: str = "has gone.") -> DeviceLost:
    return DeviceLost(part, f"The {part} {why}", hint="The coach goes on without it and takes it up when it is back.")
