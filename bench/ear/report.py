"""The bench's table, as Markdown, and its plot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.ear.score import Score, quantiles

Totals = dict[str, dict[str, Score]]


def table(totals: Totals, systems: list[str]) -> str:
    lines = [
        "| scene | " + " | ".join(f"{system}: obeyed; mistaken + false" for system in systems) + " |",
        "|---" * (1 + len(systems)) + "|",
    ]
    for group, line in totals.items():
        lines.append(f"| {group} | " + " | ".join(_cell(line.get(system)) for system in systems) + " |")
    noise = {snr: _sum(totals, f"noise {snr} dB") for snr in (24, 12, 6)}
    for snr, sums in noise.items():
        if sums:
            lines.append(f"| all noise at {snr} dB | " + " | ".join(_cell(sums[system]) for system in systems) + " |")
    everything = _sum(totals, "")
    figures: tuple[tuple[str, Callable[[Score], str]], ...] = (
        ("end of word to obeyed, median / 95th percentile", lambda score: quantiles(score.waits)),
        ('the same, "stop" and "ouch"', lambda score: quantiles(score.stop_waits)),
        ("computing, share of real time", lambda score: f"{score.computing / score.seconds:.3f}"),
    )
    for name, of in figures:
        lines.append(
            f"| {name} | "
            + " | ".join(of(everything[system]) if everything[system].waits else "-" for system in systems)
            + " |"
        )
    return "\n".join(lines)


def plot(totals: Totals, systems: list[str], path: Path) -> None:
    """Commands obeyed, a bar a system and scene; needs matplotlib."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    groups = [group for group, line in totals.items() if line[systems[0]].given]
    figure, axes = pyplot.subplots(figsize=(10, 0.32 * len(groups) * len(systems) / 2 + 1.5))
    for k, system in enumerate(systems):
        shares = [100 * totals[group][system].obeyed / totals[group][system].given for group in groups]
        axes.barh([i + 0.28 * (k - 1) for i in range(len(groups))], shares, height=0.26, label=system)
    axes.set_yticks(range(len(groups)), groups, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("commands obeyed, %")
    axes.legend(loc="lower left")
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def _cell(score: Score | None) -> str:
    if score is None:
        return "-"
    if not score.given:
        return f"{score.false} false in {score.seconds / 60:.0f} min"
    share = f"{100 * score.obeyed / score.given:.1f} % of {score.given}"
    return f"{share}; {score.mistaken} + {score.false}"


def _sum(totals: Totals, start: str) -> dict[str, Score]:
    sums: dict[str, Score] = {}
    for group, line in totals.items():
        if group.startswith(start):
            for system, score in line.items():
                sums[system] = sums.get(system, Score()) + score
    return sums
