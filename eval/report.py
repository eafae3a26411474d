"""What a run looks like on the screen: the headline table by language pair, what changed, and one line a figure.

The order is the order of a reader's questions: is it worse, where, by how much, and on which cases. The page is in `eval.page`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.figures import COLUMNS, FIGURES, Change, Overlap
from eval.metrics import Interval

if TYPE_CHECKING:
    from eval.run import Run

LABELS = {figure.name: figure.label for figure in FIGURES}
NARROW = ("right", "hit @1", "hit @10", "MRR", "cit. prec.", "cit. rec.", "abst. rec.", "AUROC", "cal. err.")
WIDE = 155  # columns from which the headline table has room for its intervals
MOST_NAMED = 12  # cases named on the screen; the page names all


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a run is judged against: the old run, None where there is none, and how the two differ."""

    old: Run | None = None
    changes: Sequence[Change] = ()
    overlap: Overlap = field(default_factory=Overlap)

    @property
    def worse(self) -> list[Change]:
        """What fell beyond the noise."""
        return [change for change in self.changes if change.worse]

    @property
    def better(self) -> list[Change]:
        """What rose beyond the noise."""
        return [change for change in self.changes if change.better]


def say(message: str) -> None:
    """A line on stderr."""
    print(message, file=sys.stderr)


def tables(run: Run, comparison: Comparison) -> None:
    """The headline table by language pair, and what changed, on stdout."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(headline(run, narrow=console.width < WIDE))
    others = {name: value for name, value in run.figures.items() if name not in COLUMNS}
    console.print("; ".join(f"{LABELS[name]} {value.value:.3f}" for name, value in others.items()), highlight=False)
    for line in (timings(run), fallbacks(run), compared(comparison)):
        if line:
            console.print(line, highlight=False, markup=False)
    for change in (*comparison.worse, *comparison.better):
        console.print(sentence(change), highlight=False, markup=False, style="red" if change.worse else "green")
    if comparison.overlap.fell and comparison.worse:
        console.print(f"Right before, wrong now: {named(comparison.overlap.fell)}", highlight=False, markup=False)
    if comparison.changes and not comparison.worse:
        console.print("Nothing is worse than the baseline beyond its noise.", highlight=False)


def headline(run: Run, *, narrow: bool = False) -> Any:
    """The table by language pair; on a narrow screen without the intervals, so that it fits into 80 columns."""
    from rich import box
    from rich.table import Table

    title = f"{len(run.results)} cases" + (" (intervals: on a wider screen, or with --report)" if narrow else "")
    form: dict[str, Any] = {"box": box.SIMPLE_HEAD, "padding": (0, 1, 0, 0), "show_edge": False} if narrow else {}
    table = Table(title=title, title_justify="left", **form)
    table.add_column("pair", no_wrap=True)
    table.add_column("cases", justify="right")
    for heading in NARROW if narrow else COLUMNS.values():
        table.add_column(heading, justify="right")
    for pair, results, measured in run.pairs:
        table.add_row(pair, str(len(results)), *(_figure(measured.get(name), narrow=narrow) for name in COLUMNS))
    return table


def _figure(interval: Interval | None, *, narrow: bool) -> str:
    if interval is None:
        return ""
    return f"{interval.value:.3f}" if narrow else f"{interval.value:.3f} ±{(interval.high - interval.low) / 2:.2f}"


def sentence(change: Change) -> str:
    """One line on a figure that changed: which, where, from what to what, within which bounds."""
    word = "WORSE" if change.worse else "better" if change.better else "same"
    bounds = f"{change.difference.low:+.3f} to {change.difference.high:+.3f}"
    return f"{word}: {change.label} ({change.scope}) {change.old:.3f} → {change.new:.3f}, difference {bounds}"


def compared(comparison: Comparison) -> str:
    """How many cases the comparison rests on, how many are left out, how many answers turned; empty without a comparison."""
    of = comparison.overlap
    if not of.shared:
        return ""
    left_out = [
        f"{count} {words}"
        for count, words in ((of.added, "new"), (of.changed, "worded otherwise"), (of.gone, "of the baseline not asked"))
        if count
    ]
    rest = f" Left out: {', '.join(left_out)}." if left_out else ""
    turned = f" {len(of.fell)} that were right are wrong now, {len(of.rose)} the other way round."
    return f"Compared on {of.shared} shared cases.{rest}{turned}"


def named(cases: Sequence[str]) -> str:
    """The ids of the first few cases, and how many more there are."""
    more = f", and {len(cases) - MOST_NAMED} more" if len(cases) > MOST_NAMED else ""
    return ", ".join(cases[:MOST_NAMED]) + more


def fallbacks(run: Run) -> str:
    """How often a language model's answer could not be used, with the reason given most often; empty where it always could."""
    reasons = [shown.fallback for shown in run.shown if shown.fallback]
    if not reasons:
        return ""
    most = max(sorted(set(reasons)), key=reasons.count)
    return f"In {len(reasons)} of {len(run.shown)} cases quotations stand in for the model, mostly because: {most}"


def timings(run: Run) -> str:
    """Median and 95th percentile of searching and asking, in milliseconds. Never part of the baseline."""
    if not run.timings:
        return ""
    search = np.percentile([t.search for t in run.timings], [50, 95]) * 1000
    ask = np.percentile([t.ask for t in run.timings], [50, 95]) * 1000
    return f"search {search[0]:.0f} ms (p95 {search[1]:.0f}), ask {ask[0]:.0f} ms (p95 {ask[1]:.0f})"
