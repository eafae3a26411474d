"""Plots as SVG text, for pages that must work offline and on paper. Every label is escaped."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

Point = tuple[float, float]

WIDTH, HEIGHT = 460, 280
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 30, 44
COLOURS = ("#1f5fa8", "#b3452c", "#3f7d3a", "#7a4d9e", "#8a6d1c", "#444444")


def _svg(title: str, body: Sequence[str], height: int = HEIGHT) -> str:
    head = (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">'
        f'<text x="{LEFT}" y="16" class="title">{escape(title)}</text>'
    )
    return head + "".join(body) + "</svg>"


def bars(title: str, items: Sequence[tuple[str, float, float, float]]) -> str:
    """One horizontal bar for each (label, value, low, high) between 0 and 1; the interval is a line over its end."""
    left, row = 110, 24
    height = TOP + row * len(items) + 30
    span = WIDTH - left - 50
    body = []
    for i, (label, value, low, high) in enumerate(items):
        y = TOP + row * i
        body.append(f'<text x="{left - 8}" y="{y + 14}" class="end">{escape(label)}</text>')
        body.append(f'<rect x="{left}" y="{y + 3}" width="{span * value:.1f}" height="15" fill="{COLOURS[0]}" opacity=".75"/>')
        if not math.isnan(low):
            body.append(
                f'<path d="M{left + span * low:.1f} {y + 10.5}H{left + span * high:.1f}" stroke="#111" stroke-width="2"/>'
            )
        body.append(f'<text x="{WIDTH - 4}" y="{y + 14}" class="end">{value:.3f}</text>')
    return _svg(title, body, height)


def lines(
    title: str,
    series: Mapping[str, Sequence[Point]],
    *,
    across: str,
    up: str,
    unit: bool = False,
    log: bool = False,
    diagonal: bool = False,
) -> str:
    """Lines through points. `unit`: both axes from 0 to 1; `log`: the x axis is logarithmic; `diagonal`: x = y is drawn."""
    points = [point for line in series.values() for point in line]
    if not points:
        return _svg(title, [f'<text x="{LEFT}" y="{HEIGHT / 2}">nothing to draw</text>'])
    top = 1.0 if unit else max(y for _, y in points) * 1.1 or 1.0
    place = _axis([x for x, _ in points], unit=unit, log=log)

    def at(x: float, y: float) -> str:
        return f"{place(x):.1f} {HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y / top:.1f}"

    body = _frame(across, up, top)
    ticks = [i / 5 for i in range(6)] if unit else sorted({x for x, _ in points})
    body += [f'<text x="{place(x):.1f}" y="{HEIGHT - BOTTOM + 15}" class="middle">{x:g}</text>' for x in ticks[:12]]
    if diagonal:
        body.append(f'<path d="M{at(0, 0)}L{at(1, 1)}" stroke="#999" stroke-dasharray="4 4"/>')
    for i, (name, line) in enumerate(series.items()):
        colour = COLOURS[i % len(COLOURS)]
        path = "L".join(at(x, y) for x, y in line)
        body.append(f'<path d="M{path}" stroke="{colour}" stroke-width="2" fill="none"/>')
        for x, y in line if len(line) <= 30 else ():
            px, py = at(x, y).split()
            body.append(f'<circle cx="{px}" cy="{py}" r="3" fill="{colour}"/>')
        if len(series) > 1:
            body.append(f'<text x="{LEFT + 8}" y="{TOP + 14 + 14 * i}" fill="{colour}">{escape(name)}</text>')
    return _svg(title, body)


def _axis(xs: Sequence[float], *, unit: bool, log: bool) -> Callable[[float], float]:
    scale = math.log10 if log else float
    low, high = (0.0, 1.0) if unit else (scale(min(xs)), scale(max(xs)))
    width = WIDTH - LEFT - RIGHT
    return lambda x: LEFT + width * ((scale(x) - low) / (high - low) if high > low else 0.5)


def _frame(across: str, up: str, top: float) -> list[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    body = [f'<path d="M{LEFT} {TOP}V{bottom}H{right}" stroke="#333" fill="none"/>']
    for i in range(6):
        y = bottom - (bottom - TOP) * i / 5
        body.append(f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#ddd"/>')
        body.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" class="end">{top * i / 5:.3g}</text>')
    body.append(f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 8}" class="middle">{escape(across)}</text>')
    half = (TOP + bottom) / 2
    body.append(f'<text x="12" y="{half}" class="middle" transform="rotate(-90 12 {half})">{escape(up)}</text>')
    return body
