"""The timeline beside an answer: a plot of who reports what happened when, and the same as a table.

The plot is markup of ours, not Gradio's: its events are buttons that open the quotation, with a card on hover and focus, in the
page's own colours, and its text keeps its size on a phone. A plotting library would bring a megabyte and a canvas that knows
neither the keyboard nor the reading pane.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median_low

from ui import words
from ui.markup import esc, isolated
from ui.quoted import Look, pointer, source_button
from ui.turn import Chronicle, Moment, Turn

MAX_LANES = 8  # outlets with a lane of their own; the others share the last one
_ROW = 1.5  # rem, the height of a row of events, as much as a finger needs
_APART = 4.5  # percent of the width between two events side by side, about the size of one on a phone

_LABEL = 25.0  # percent of the width that the label of a day takes on a phone, and a space after it
_EDGE = 3.0  # percent of the width left free on both sides
_CUT = 3  # a gap this many times longer than the one in the middle is shown as if it were no longer

_KINDS = {
    "said": "The text names the day",
    "resolved": "Worked out from the day of the report",
    "reported": "No day named: the day of the report",
}


def section(turn: Turn) -> str:
    """A turn's timeline, or the button that asks for it."""
    chronicle = turn.chronicle
    if chronicle is None:
        if not any(r.kind != "consulted" for r in turn.references):
            return ""
        return (
            f'<p class="timeline"><button type="button" class="quiet" data-timeline="{turn.number}">'
            "Show what happened when</button></p>"
        )
    return f'<section class="timeline" aria-label="Timeline"><h3>What happened when</h3>{_inside(turn, chronicle)}</section>'


def _inside(turn: Turn, chronicle: Chronicle) -> str:
    if chronicle.working:
        return '<p class="searching" role="status">Reading the dates</p>'
    if chronicle.problem:
        return f'<div class="notice error"><h4>{esc(chronicle.problem.title)}</h4><p>{esc(chronicle.problem.message)}</p></div>'
    if not chronicle.moments:
        return '<p class="standing">No dated event was found for this question.</p>'
    return plot(turn, chronicle.moments) + table(turn, chronicle.moments)


class Scale:
    """Where each day stands on the width of a plot, in percent. Only days of its events have a place.

    Distances are in proportion, but for gaps much longer than the others, which are cut: the background of a story lies years
    before it, and to scale would press its days into one. `cuts` are the places of those gaps.
    """

    def __init__(self, moments: Sequence[Moment]) -> None:
        days = sorted({day for moment in moments for day in (moment.first, moment.last)})
        gaps = [(after - before).days for before, after in pairwise(days)]
        longest = _CUT * median_low(gaps) if gaps else 0
        whole = sum(min(gap, longest) for gap in gaps)
        self.moments = moments
        self.places = {days[0]: _EDGE if gaps else 50.0}
        self.cuts: list[tuple[float, float]] = []
        for (before, day), gap in zip(pairwise(days), gaps, strict=True):
            self.places[day] = self.places[before] + (100 - 2 * _EDGE) * min(gap, longest) / whole
            if gap > longest:
                self.cuts.append((self.places[before], self.places[day]))

    def ticks(self) -> list[tuple[float, str]]:
        """Places to mark, with labels that do not touch: the days of most events first."""
        starts = Counter(moment.first for moment in self.moments)
        chosen: list[date] = []
        for day, _ in sorted(starts.items(), key=lambda pair: (-pair[1], pair[0])):
            if all(abs(self.places[day] - self.places[other]) >= _LABEL for other in chosen):
                chosen.append(day)
        chosen.sort()
        years = [None, *(day.year for day in chosen)]
        return [
            (self.places[day], words.short_day(day, year=day.year != before)) for day, before in zip(chosen, years, strict=False)
        ]


def plot(turn: Turn, moments: Sequence[Moment]) -> str:
    """The events on a line of days, a lane for each outlet: each a button that opens its quotation."""
    scale = Scale(moments)
    grid = "".join(f'<i style="left:{left:.2f}%"></i>' for left, _ in scale.ticks())
    grid += "".join(f'<i class="cut" style="left:{left:.2f}%;width:{right - left:.2f}%"></i>' for left, right in scale.cuts)
    labels = "".join(
        f'<span style="left:{left:.2f}%;translate:{-left:.2f}%">{esc(label)}</span>' for left, label in scale.ticks()
    )
    groups = enumerate(_by_outlet(turn, moments))
    lanes = "".join(_lane(turn, Lane(n, name, tuple(group)), scale, grid) for n, (name, group) in groups)
    kinds = dict.fromkeys(kind(moment) for moment in moments)
    legend = "".join(f'<li><span class="dot {name}"></span>{_KINDS[name]}</li>' for name in _KINDS if name in kinds)
    legend += '<li><span class="cut"></span>Longer than it is drawn</li>' if scale.cuts else ""
    return (
        f'<figure class="plot" aria-label="{_summary(moments)}"><div class="axis" aria-hidden="true">{labels}</div>'
        f'{lanes}<figcaption><ul class="legend">{legend}</ul></figcaption></figure>'
    )


def kind(moment: Moment) -> str:
    """Where the day of an event is from: said (in the text), resolved (from the report's day) or reported (that day itself)."""
    if moment.said is None:
        return "reported"
    return "resolved" if moment.resolved else "said"


def _summary(moments: Sequence[Moment]) -> str:
    first, last = min(m.first for m in moments), max(m.last for m in moments)
    return f"{words.counted(len(moments), 'event')}, {words.period(first, last)}"


def _by_outlet(turn: Turn, moments: Sequence[Moment]) -> list[tuple[str, list[Moment]]]:
    """The events of each outlet, the outlet with most events first; where outlets are many, the smallest ones together."""
    groups: dict[str | None, list[Moment]] = {}
    for moment in moments:
        groups.setdefault(turn.references[moment.place].outlet, []).append(moment)
    ordered = sorted(groups.items(), key=lambda pair: (pair[0] is None, -len(pair[1])))
    named = [(name or words.OUTLET_UNKNOWN, group) for name, group in ordered]
    if len(named) <= MAX_LANES:
        return named
    rest = named[MAX_LANES - 1 :]
    together = sorted((moment for _, group in rest for moment in group), key=lambda m: m.first)
    return [*named[: MAX_LANES - 1], (f"{len(rest)} other outlets", together)]


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of one outlet."""

    number: int
    name: str
    moments: tuple[Moment, ...]


def _lane(turn: Turn, lane: Lane, scale: Scale, grid: str) -> str:
    ends: list[float] = []  # of each row, so that events of the same days stand one above another
    dots = []
    for n, moment in enumerate(lane.moments):
        left, right = scale.places[moment.first], scale.places[moment.last]
        row = next((n for n, end in enumerate(ends) if end + _APART <= left), len(ends))
        ends[row : row + 1] = [right]
        style = f"left:{left:.2f}%;top:{_ROW * row:g}rem;width:{right - left:.2f}%"
        dots.append(_dot(turn, moment, f"l{lane.number}e{n}", style))
    return (
        f'<div class="lane"><h4>{isolated(lane.name)}</h4>'
        f'<div class="track" style="min-height:{_ROW * len(ends):g}rem">{grid}{"".join(dots)}</div></div>'
    )


def _dot(turn: Turn, moment: Moment, where: str, style: str) -> str:
    reference = turn.references[moment.place]
    label = f"{when(moment)}, {reference.outlet or words.OUTLET_UNKNOWN}"
    head = f'<b class="when">{esc(when(moment))}</b>'
    return pointer(turn, moment.place, where, Look(f"dot {kind(moment)}", label, style=style, head=head))


def when(moment: Moment) -> str:
    """The day of an event, or its days."""
    return words.period(moment.first, moment.last)


def table(turn: Turn, moments: Sequence[Moment]) -> str:
    """The events in the order of their days, each with its words and its source."""
    rows = "".join(
        f'<tr><th scope="row">{esc(when(moment))}{_how(moment)}</th>'
        f"<td>{source_button(turn, moment.place, quoted=True)}</td></tr>"
        for moment in moments
    )
    return (
        '<details class="more events"><summary>The same as a table</summary><table><thead><tr><th scope="col">Day</th>'
        f'<th scope="col">What is said, and where</th></tr></thead><tbody>{rows}</tbody></table></details>'
    )


def _how(moment: Moment) -> str:
    if moment.said is None:
        return " <small>the day of the report</small>"
    return f" <small>{isolated(moment.said, 'q')}</small>" if moment.resolved else ""
