"""A row of bars: in characters for the terminal, as SVG for a page. What it shows is always told in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil

BLOCKS = " ▁▂▃▄▅▆▇█"

BAR, GAP, HEIGHT, ROOM = 16, 6, 160, 26
"""A bar's width, the space between two, the height of the highest, and for how many there is always room."""


def blocks(values: Sequence[int]) -> str:
    """One character a value: the highest a full block, nothing for 0."""
    highest = max(values, default=0) or 1
    return "".join(BLOCKS[ceil(value * (len(BLOCKS) - 1) / highest)] for value in values)


def svg(values: Sequence[int], labels: Sequence[str], title: str, description: str) -> str:
    """Bars with their numbers above them and the first and last of `labels` below; a pointer on a bar gets its own."""
    highest = max(values, default=0) or 1
    width = max(len(values), ROOM) * (BAR + GAP)
    end = max(len(values), ROOM // 4) * (BAR + GAP)
    bars = []
    for place, (value, label) in enumerate(zip(values, labels, strict=True)):
        x, high = place * (BAR + GAP) + GAP / 2, value * HEIGHT / highest
        bars.append(
            f'<g><title>{escape(label)}: {value}</title><rect x="{x:g}" y="{HEIGHT - high + 20:g}" width="{BAR}"'
            f' height="{high:g}"/>'
        )
        if value:
            bars.append(f'<text x="{x + BAR / 2:g}" y="{HEIGHT - high + 16:g}">{value}</text>')
        bars.append("</g>")
    return "\n".join(
        [
            f'<svg role="img" aria-labelledby="chart-title chart-description" viewBox="0 0 {width} {HEIGHT + 38}">',
            f'<title id="chart-title">{escape(title)}</title>',
            f'<desc id="chart-description">{escape(description)}</desc>',
            *bars,
            f'<line x1="0" y1="{HEIGHT + 21}" x2="{width}" y2="{HEIGHT + 21}"/>',
            f'<text class="first" x="0" y="{HEIGHT + 34}">{escape(labels[0])}</text>',
            f'<text class="last" x="{end}" y="{HEIGHT + 34}">{escape(labels[-1])}</text>' if len(labels) > 1 else "",
            "</svg>",
        ]
    )
