"""What the coach makes of its own echo, however late it comes: python -m bench.ear.delays

A coach speaks in a simulated room, and nobody else does; whatever is obeyed then is the coach obeying itself. The same
with an athlete who says "stop" and ordinary commands over it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import product

import numpy as np

from bench.ear.losses import LosingRoom
from bench.ear.systems import ENGLISH, our_ear
from bench.ear.voices import speak
from coach.audio.clip import BLOCK_SECONDS, EAR_RATE, Samples
from coach.audio.loudness import SPEECH_LEVEL, levelled
from coach.audio.simulated import Acoustics, Room
from coach.ear.decision import Closed, Decision, Opened

DELAYS = (0.02, 0.1, 0.3, 0.45, 0.6, 1.0, 1.5, 2.0)
ECHOES = (-12.0, 0.0, 6.0, 12.0)
URGENT, ORDINARY = ("stop", "pause"), ("next", "easier", "louder", "skip this", "how many left")
_BLOCK = round(BLOCK_SECONDS * EAR_RATE)


@dataclass
class Result:
    false: list[str] = field(default_factory=list)
    """Obeyed and not said."""
    obeyed: dict[str, int] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)


def lines(seconds: float, gap: float, seed: int) -> Iterator[tuple[str | None, Samples]]:
    """What the coach says, its own commands among it, block by block."""
    random = np.random.default_rng(seed)
    wordings = sorted({wording for each in ENGLISH.lines.values() for wording in each if "{" not in wording})
    left = seconds * EAR_RATE
    opening = [ENGLISH.line("opening.safety"), ENGLISH.line("opening.help")]
    while left > 0:
        text = opening.pop(0) if opening else str(random.choice(wordings))
        sound = levelled(speak(text, "espeak:"), EAR_RATE, SPEECH_LEVEL)
        for line, part in ((text, sound), (None, np.zeros(round(gap * EAR_RATE), np.float32))):
            for start in range(0, len(part), _BLOCK):
                block = part[start : start + _BLOCK]
                yield line, np.pad(block, (0, _BLOCK - len(block)))
            left -= len(part)


def run(
    delay: float,
    echo: float | None,
    *,
    seconds: float,
    gap: float,
    speaking: bool,
    seed: int,
    losses: float | None = None,
) -> Result:
    """One room. `gap`: seconds between the coach's lines. `speaking`: the athlete says a command every four seconds.
    `losses`: seconds between two losses of sound, None where there are none.
    """
    result, spoken, script = Result(), [], []
    if speaking:
        for n, at in enumerate(np.arange(15.0, seconds - 3, 4.0)):
            phrase = (URGENT + ORDINARY)[n % len(URGENT + ORDINARY)]
            sound = speak(phrase, "espeak:f4")
            script.append((float(at), sound))
            spoken.append((float(at), float(at) + len(sound) / EAR_RATE + 1.0, phrase))
            result.said[phrase] = result.said.get(phrase, 0) + 1
    made = Room if losses is None else partial(LosingRoom, every=losses)
    room = made(EAR_RATE, athlete=script, echo=echo, noise=35, seed=seed, acoustics=Acoustics(delay=delay))
    ear, ducked = our_ear(), 1.0
    ear.expect(ENGLISH.phrases)
    for n, (line, block) in enumerate(lines(seconds, gap, seed)):
        ear.saying(line, n * BLOCK_SECONDS)
        heard = room.exchange(np.float32(ducked) * block)
        for it in ear.feed(heard.mic, heard.played, heard.at, heard.leap):
            if isinstance(it, Opened | Closed):
                ducked = 0.126 if isinstance(it, Opened) else 1.0
            elif isinstance(it, Decision) and it.accepted:
                meant = [p for begin, end, p in spoken if begin < it.decided < end]
                if meant and ENGLISH.order(meant[0]) == ENGLISH.order(it.text):
                    result.obeyed[meant[0]] = result.obeyed.get(meant[0], 0) + 1
                    spoken = [each for each in spoken if each[2] != meant[0] or not each[0] < it.decided < each[1]]
                else:
                    result.false.append(f"{it.text} at {it.decided:.1f} s{' (early)' * it.early}")
    return result


def _case(case: tuple[float, float | None], **how: float | bool | None) -> tuple[tuple[float, float | None], Result]:
    delay, echo = case
    return case, run(delay, echo, **how)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.ear.delays", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="of coach in each room")
    parser.add_argument("--gap", type=float, default=0.5, help="seconds between the coach's lines")
    parser.add_argument("--delays", type=float, nargs="+", default=DELAYS)
    parser.add_argument("--echoes", type=float, nargs="+", default=ECHOES)
    parser.add_argument("--athlete", action="store_true", help="somebody says commands, too")
    parser.add_argument("--headset", action="store_true", help="no echo at all, too")
    parser.add_argument("--losses", type=float, help="seconds between two losses of sound")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    cases: list[tuple[float, float | None]] = list(product(asked.delays, asked.echoes))
    if asked.headset:
        cases.append((0.0, None))
    how = {"seconds": asked.seconds, "gap": asked.gap, "seed": asked.seed, "losses": asked.losses}
    work = partial(_case, speaking=asked.athlete, **how)
    total = Result()
    with ProcessPoolExecutor(asked.jobs) as pool:
        for (delay, echo), found in pool.map(work, cases):
            obeyed = ", ".join(f"{phrase} {found.obeyed.get(phrase, 0)}/{n}" for phrase, n in found.said.items())
            print(f"{delay:5.2f} s  {'none' if echo is None else f'{echo:+3.0f} dB'}  false {found.false}  {obeyed}")
            total.false += found.false
    print(f"{len(total.false)} false in {len(cases) * asked.seconds / 60:.0f} minutes of coach")


if __name__ == "__main__":
    main()
