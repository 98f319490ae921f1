"""Which scenes there are. Each is made from its own seed, where and when it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from bench.ear.noises import NOISES
from bench.ear.scenes import Kit, Scene
from bench.ear.systems import ENGLISH

Maker = Callable[[Kit], Scene]
HOUR = 3600.0


def catalogue(size: float) -> dict[str, Maker]:
    """Scenes by name; `size` is the share of the full bench."""

    def some(count: int) -> int:
        return max(8, round(count * size))

    made: dict[str, Maker] = {}

    def commands(name: str, group: str, count: int, **how: object) -> None:
        how = {"room": (0.3, 0.6)} | how
        made[name] = lambda kit: kit.commands_scene(name, group, some(count), **how)  # type: ignore[arg-type]

    commands("dry, quiet", "dry, quiet", 150, room=(0.0, 1.0))
    for metres, direct in ((0.5, 0.7), (2, 0.4), (4, 0.25)):
        for reverberation in (0.3, 0.6):
            group = f"{reverberation} s reverberation"
            commands(f"{group}, {metres} m", group, 30, room=(reverberation, direct))
    for snr in (24, 12, 6):
        for noise in NOISES:
            commands(f"{noise} {snr} dB", f"noise {snr} dB: {noise}", 40, noise=noise, snr=snr)
    for ppm in (0, 100, -100):
        for echo in (0, 6, 12):
            clocks = ", clocks 100 ppm apart" if ppm else ""
            name = f"coach {echo} dB louder, {ppm:+d} ppm"
            group = f"over the coach, {echo} dB louder{clocks}"
            made[name] = partial(_over_the_coach, name, group, some(40 if ppm else 80), echo, ppm)
    for k in range(6):
        made[f"coach alone {k}"] = partial(_alone, k, size)
    made["coach alone, drifting"] = lambda kit: kit.quiet_scene(
        "coach alone, drifting",
        "coach alone, clocks 100 ppm apart",
        size * HOUR / 6,
        kit.coach(6, ppm=100, counting=True),
    )
    for k in range(6):
        made[f"talk {k}"] = partial(_talk, k, size)
    return made


def _over_the_coach(name: str, group: str, count: int, echo: float, ppm: float, kit: Kit) -> Scene:
    coach = kit.coach(echo, ppm=ppm)
    return kit.commands_scene(name, group, count, room=(0.3, 0.5), snr=30, beat=(12.0, 4.5), coach=coach)


def _alone(k: int, size: float, kit: Kit) -> Scene:
    coach = kit.coach(6.0 * (k % 3), gap=0.4 + 0.8 * (k % 2), counting=True)
    return kit.quiet_scene(f"coach alone {k}", "coach alone", size * HOUR / 6, coach)


def _talk(k: int, size: float, kit: Kit) -> Scene:
    return kit.talk_scene(f"talk {k}", "talk", size * HOUR / 6)


def build(name: str, voices: Sequence[str], seed: int, size: float) -> Scene:
    makers = catalogue(size)
    return makers[name](Kit(voices, list(ENGLISH.phrases), seed * 1000 + list(makers).index(name)))
