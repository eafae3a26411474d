"""Plots as SVG text, for pages that must work offline and on paper. Every label is escaped."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[float, float]

WIDTH, HEIGHT = 500, 300
LEFT, RIGHT, TOP, BOTTOM = 54, 16, 34, 46
COLOURS = ("#1f5fa8", "#c2571a", "#3f7d3a", "#7a4d9e", "#8a6d1c", "#8b95a1")
RED, GREEN, INK, GREY, PALE = "#b3261e", "#2f7d3a", "#1a1a1a", "#8b95a1", "#e3e6ea"
ROW = 22
BASELINE = "baseline"  # the name of a line that others are compared with


def _svg(title: str, body: Sequence[str], height: float = HEIGHT, width: float = WIDTH) -> str:
    head = f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(title)}">'
    return head + f'<text x="0" y="16" class="title">{escape(title)}</text>' + "".join(body) + "</svg>"


# ---- one value a row


@dataclass(frozen=True, slots=True)
class Level:
    """A share with its interval; `before` is what it was in the run compared with, None where there is none."""

    label: str
    cases: int
    value: float
    low: float
    high: float
    before: float | None = None


def levels(title: str, rows: Sequence[Level]) -> str:
    """A dot and its interval for each row, on a scale from 0 to 1; a hollow diamond is what it was before."""
    left, right, top = 132.0, 46.0, 48.0
    height = top + ROW * len(rows) + 12

    def at(share: float) -> float:
        return left + (WIDTH - left - right) * min(max(share, 0.0), 1.0)

    body = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        body.append(f'<path d="M{at(share):.1f} {top - 6}V{height - 8:.1f}" stroke="{PALE}"/>')
        body.append(f'<text x="{at(share):.1f}" y="{top - 12}" class="middle small">{share:g}</text>')
    for i, row in enumerate(rows):
        y = top + ROW * i + ROW / 2
        body.append(f'<text x="0" y="{y + 4:.1f}">{escape(row.label)}</text>')
        body.append(f'<text x="{left - 12}" y="{y + 4:.1f}" class="end small">{row.cases}</text>')
        if not math.isnan(row.low):
            body.append(
                f'<path d="M{at(row.low):.1f} {y:.1f}H{at(row.high):.1f}" stroke="{COLOURS[0]}" stroke-width="6" opacity=".3"/>'
            )
        if row.before is not None and abs(row.before - row.value) >= 0.005:
            x = at(row.before)
            body.append(f'<path d="M{x - 5:.1f} {y:.1f}l5 -5 5 5 -5 5z" fill="#fff" stroke="{INK}" stroke-width="1.2"/>')
        body.append(f'<circle cx="{at(row.value):.1f}" cy="{y:.1f}" r="4.5" fill="{COLOURS[0]}"/>')
        body.append(f'<text x="{WIDTH}" y="{y + 4:.1f}" class="end number">{row.value:.2f}</text>')
    if any(row.before is not None for row in rows):
        body.append(f'<text x="{WIDTH}" y="16" class="end small">◇ before, where it differs</text>')
    return _svg(title, body, height)


@dataclass(frozen=True, slots=True)
class Shift:
    """A difference between two runs with its interval, and the values it lies between; `verdict` is worse, better or empty."""

    label: str
    old: float
    new: float
    low: float
    high: float
    verdict: str
    lower_is_better: bool = False


def shifts(title: str, rows: Sequence[Shift]) -> str:
    """The differences around zero, worse to the left and better to the right, each with its interval."""
    width, left, right, top = 1040.0, 480.0, 30.0, 52.0
    height = top + ROW * len(rows) + 12
    ends = [abs(bound) for row in rows for bound in (row.low, row.high) if not math.isnan(bound)]
    reach = min(1.0, max([0.05, *ends, *(abs(row.new - row.old) for row in rows)]))
    middle, half = (left + width - right) / 2, (width - left - right) / 2

    def at(difference: float) -> float:
        return middle + half * min(max(difference / reach, -1.0), 1.0)

    body = [
        f'<text x="{left - 106}" y="{top - 14}" class="end small">before</text>',
        f'<text x="{left - 26}" y="{top - 14}" class="end small">now</text>',
        f'<text x="{left}" y="{top - 30}" class="small" fill="{RED}">◀ worse</text>',
        f'<text x="{width - right}" y="{top - 30}" class="end small" fill="{GREEN}">better ▶</text>',
    ]
    for share in (-1, -0.5, 0, 0.5, 1):
        x = middle + half * share
        label = f"{reach * share:+.2f}" if share else "0"
        body.append(f'<path d="M{x:.1f} {top - 6}V{height - 8:.1f}" stroke="{GREY if share == 0 else PALE}"/>')
        body.append(f'<text x="{x:.1f}" y="{top - 14}" class="middle small">{label}</text>')
    for i, row in enumerate(rows):
        y = top + ROW * i + ROW / 2
        colour = {"worse": RED, "better": GREEN}.get(row.verdict, GREY)
        bold = ' class="bold"' if row.verdict else ""
        turn = -1 if row.lower_is_better else 1
        body.append(f'<text x="0" y="{y + 4:.1f}" fill="{colour if row.verdict else INK}"{bold}>{escape(row.label)}</text>')
        body.append(f'<text x="{left - 106}" y="{y + 4:.1f}" class="end number">{row.old:.3f}</text>')
        body.append(f'<text x="{left - 26}" y="{y + 4:.1f}" class="end number">{row.new:.3f}</text>')
        if not math.isnan(row.low):
            bounds = sorted((at(turn * row.low), at(turn * row.high)))
            body.append(f'<path d="M{bounds[0]:.1f} {y:.1f}H{bounds[1]:.1f}" stroke="{colour}" stroke-width="6" opacity=".35"/>')
        body.append(f'<circle cx="{at(turn * (row.new - row.old)):.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>')
    return _svg(title, body, height, width)


# ---- lines


@dataclass(frozen=True, slots=True)
class Mark:
    """A point to be pointed out in a plot of lines, with a word or two."""

    at: Point
    label: str


def lines(
    title: str,
    series: Mapping[str, Sequence[Point]],
    *,
    across: str,
    up: str,
    unit: bool = False,
    log: bool = False,
    diagonal: bool = False,
    sizes: Sequence[float] = (),
    marks: Sequence[Mark] = (),
) -> str:
    """Lines through points. `unit`: y from 0 to 1, and x too unless it is logarithmic (`log`); `diagonal`: x = y is drawn.

    `sizes` are the shares that the points of the first line stand for, shown by the size of their dots.
    """
    points = [point for line in series.values() for point in line]
    if not points:
        return _svg(title, [f'<text x="{LEFT}" y="{HEIGHT / 2}">nothing to draw</text>'])
    top = 1.0 if unit else _above(max(y for _, y in points))
    place = _axis([x for x, _ in points], unit=unit and not log, log=log)

    def at(x: float, y: float) -> str:
        return f"{place(x):.1f} {HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y / top:.1f}"

    body = _frame(across, up, top)
    for x in _ticks(points, unit, log):
        label = f"{x:,.0f}" if x >= 1000 else f"{x:g}"
        middle = min(place(x), WIDTH - 3.5 * len(label))  # the last label may not reach over the end
        body.append(f'<text x="{middle:.1f}" y="{HEIGHT - BOTTOM + 16}" class="middle small">{label}</text>')
    if diagonal:
        body.append(f'<path d="M{at(0, 0)}L{at(1, 1)}" stroke="{GREY}" stroke-dasharray="4 4"/>')
    for i, (name, line) in reversed(list(enumerate(series.items()))):  # the first is drawn last, above the others
        colour = _colour(i, name)
        path = "L".join(at(x, y) for x, y in line)
        body.append(f'<path d="M{path}" stroke="{colour}" stroke-width="2" fill="none" stroke-linejoin="round"/>')
        for n, (x, y) in enumerate(line if len(line) <= 30 else ()):
            px, py = at(x, y).split()
            radius = 3 + 14 * math.sqrt(sizes[n]) if sizes and not i else 3
            body.append(
                f'<circle cx="{px}" cy="{py}" r="{radius:.1f}" fill="{colour}" fill-opacity="{0.55 if sizes and not i else 1}"/>'
            )
    body += _key(tuple(series), title) if len(series) > 1 else []
    for mark in marks:
        px, py = at(*mark.at).split()
        side = "end" if place(mark.at[0]) > WIDTH * 0.7 else "start"
        shift = -6 if side == "end" else 6
        body.append(f'<circle cx="{px}" cy="{py}" r="5" fill="#fff" stroke="{INK}" stroke-width="1.5"/>')
        place_of_label = f'x="{float(px) + shift:.1f}" y="{float(py) + 22:.1f}" text-anchor="{side}"'
        body.append(f'<text {place_of_label} class="small">{escape(mark.label)}</text>')
    return _svg(title, body)


def _colour(place: int, name: str) -> str:
    """The colour of a line: grey for what a run is compared with."""
    return GREY if name == BASELINE else COLOURS[place % len(COLOURS)]


def _key(names: Sequence[str], title: str) -> list[str]:
    """What the colours mean, from the right end of the title's line, or of the one below where the title is in the way."""
    body, x = [], float(WIDTH)
    y = 16 if 8 * len(title) + sum(22 + 6.2 * len(name) for name in names) < WIDTH else 30
    for i, name in reversed(list(enumerate(names))):
        body.append(f'<text x="{x:.1f}" y="{y}" class="end small" fill="{_colour(i, name)}">● {escape(name)}</text>')
        x -= 22 + 6.2 * len(name)
    return body


def _above(highest: float) -> float:
    """The end of an axis that holds `highest`: five steps of 1, 2, 2.5 or 5 times a power of ten."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest / 5))
    return 5 * next(power * step for step in (1, 2, 2.5, 5, 10) if 5 * power * step >= highest)


def _ticks(points: Sequence[Point], unit: bool, log: bool) -> Sequence[float]:
    if log:
        low, high = min(x for x, _ in points), max(x for x, _ in points)
        powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        fine = [step * 10.0**power for power in powers for step in (1, 2, 5)]
        ticks = [tick for tick in fine if low * 0.999 <= tick <= high * 1.001]
        return ticks if len(ticks) <= 9 else [tick for tick in ticks if f"{tick:e}".startswith("1")]
    return [i / 5 for i in range(6)] if unit else sorted({x for x, _ in points})[:12]


def _axis(xs: Sequence[float], *, unit: bool, log: bool) -> Callable[[float], float]:
    scale = math.log10 if log else float
    low, high = (0.0, 1.0) if unit else (scale(min(xs)), scale(max(xs)))
    width = WIDTH - LEFT - RIGHT
    return lambda x: LEFT + width * ((scale(x) - low) / (high - low) if high > low else 0.5)


def _frame(across: str, up: str, top: float) -> list[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    body = []
    for i in range(6):
        y = bottom - (bottom - TOP) * i / 5
        body.append(f'<path d="M{LEFT} {y:.1f}H{right}" stroke="{PALE}"/>')
        body.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" class="end small">{top * i / 5:.3g}</text>')
    body.append(f'<path d="M{LEFT} {bottom}H{right}" stroke="{GREY}" fill="none"/>')
    body.append(f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 8}" class="middle">{escape(across)}</text>')
    half = (TOP + bottom) / 2
    body.append(f'<text x="12" y="{half}" class="middle" transform="rotate(-90 12 {half})">{escape(up)}</text>')
    return body
