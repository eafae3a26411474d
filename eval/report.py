"""What a run looks like: tables on the screen, and one HTML page that works offline and prints.

The order is the order of a reader's questions: is it worse, where, by how much, and on which cases.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from eval import metrics, plots
from eval.figures import FIGURES, Change, Result, broken, by_pair, measure
from eval.metrics import Interval

if TYPE_CHECKING:
    from eval.run import Run

COLUMNS = (
    "correct",
    "hit_1",
    "hit_10",
    "mrr",
    "citation_precision",
    "citation_recall",
    "abstention_recall",
    "auroc",
    "calibration",
)
LABELS = {figure.name: figure.label for figure in FIGURES}

STYLE = """
body{font:15px/1.45 system-ui,sans-serif;color:#1a1a1a;max-width:1080px;margin:2em auto;padding:0 1em}
h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.3em .5em;border-bottom:1px solid #ddd;text-align:right;vertical-align:top}
th:first-child,td:first-child{text-align:left;white-space:nowrap}small{color:#666}td small{display:block;white-space:nowrap}
.verdict{padding:.8em 1em;border-left:6px solid #3f7d3a;background:#f1f7f0}.verdict.red{border-color:#b3261e;background:#fbefee}
.worse{color:#b3261e;font-weight:600}.better{color:#2f6b2a;font-weight:600}
.plots{display:grid;grid-template-columns:1fr 1fr;gap:1em}svg{width:100%;height:auto;font:12px system-ui,sans-serif}
svg .title{font-weight:600;font-size:14px}svg .end{text-anchor:end}svg .middle{text-anchor:middle}
details{border:1px solid #ddd;border-radius:4px;margin:.5em 0;padding:.4em .8em}summary{cursor:pointer}
dt{font-weight:600;margin-top:.4em}dd{margin-left:1em;white-space:pre-wrap;overflow-wrap:anywhere}
@media print{body{margin:0;font-size:11px}details{break-inside:avoid}}@media(max-width:700px){.plots{grid-template-columns:1fr}}
"""


def say(message: str) -> None:
    """A line on stderr."""
    print(message, file=sys.stderr)


# ---- on the screen


def tables(run: Run, found: Sequence[Change]) -> None:
    """The headline table by language pair, and what changed, on stdout."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(title=f"{len(run.results)} cases")
    table.add_column("pair")
    table.add_column("cases", justify="right")
    for name in COLUMNS:
        table.add_column(LABELS[name], justify="right")
    for pair, results, measured in _rows(run.results):
        table.add_row(pair, str(len(results)), *(_figure(measured.get(name)) for name in COLUMNS))
    console.print(table)
    others = {name: value for name, value in measure(run.results).items() if name not in COLUMNS}
    console.print("; ".join(f"{LABELS[name]} {value.value:.3f}" for name, value in others.items()), highlight=False)
    console.print(timings(run), highlight=False)
    for change in found:
        if change.worse or change.better:
            console.print(sentence(change), highlight=False, markup=False)
    if found and not any(change.worse for change in found):
        console.print("Nothing is worse than the baseline beyond its noise.", highlight=False)


def _rows(results: Sequence[Result]) -> list[tuple[str, Sequence[Result], Mapping[str, Interval]]]:
    groups: list[tuple[str, Sequence[Result]]] = [("all", results), *by_pair(results).items()]
    return [(pair, group, measure(group)) for pair, group in groups]


def _figure(interval: Interval | None) -> str:
    return "" if interval is None else f"{interval.value:.3f} ±{(interval.high - interval.low) / 2:.2f}"


def sentence(change: Change) -> str:
    """One line on a figure that changed: which, where, from what to what, within which bounds."""
    word = "WORSE" if change.worse else "better" if change.better else "same"
    bounds = f"{change.difference.low:+.3f} to {change.difference.high:+.3f}"
    return f"{word}: {change.label} ({change.scope}) {change.old:.3f} → {change.new:.3f}, difference {bounds}"


def timings(run: Run) -> str:
    """Median and 95th percentile of searching and asking, in milliseconds. Never part of the baseline."""
    if not run.shown:
        return ""
    search = np.percentile([s.search_seconds for s in run.shown], [50, 95]) * 1000
    ask = np.percentile([s.ask_seconds for s in run.shown], [50, 95]) * 1000
    return f"search {search[0]:.0f} ms (p95 {search[1]:.0f}), ask {ask[0]:.0f} ms (p95 {ask[1]:.0f})"


# ---- on a page


def page(run: Run, found: Sequence[Change]) -> str:
    """The report as one HTML page; nothing in it is loaded from elsewhere."""
    parts = [
        f"<h1>Evaluation: {len(run.results)} cases</h1>",
        _verdict(run, found),
        "<h2>By language pair</h2>",
        _table(run),
        '<h2>Plots</h2><div class="plots">',
        *_plots(run),
        "</div>",
        _difference(found),
        _failures(run),
        f"<p><small>{escape(run.command)} · {escape(run.fingerprint)} · {escape(timings(run))}</small></p>",
    ]
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sverka: evaluation</title>'
    return f"<!doctype html><html lang=en><head>{head}<style>{STYLE}</style></head><body>{''.join(parts)}</body></html>\n"


def _verdict(run: Run, found: Sequence[Change]) -> str:
    faults = broken(measure(run.results)) + [sentence(change) for change in found if change.worse]
    if faults:
        return '<div class="verdict red">' + "".join(f"<div>{escape(fault)}</div>" for fault in faults) + "</div>"
    against = "Nothing is worse than the baseline beyond its noise." if found else "There was no baseline to compare with."
    return f'<div class="verdict">{against}</div>'


def _table(run: Run) -> str:
    head = "".join(f"<th>{escape(LABELS[name])}</th>" for name in COLUMNS)
    rows = []
    for pair, results, measured in _rows(run.results):
        cells = "".join(f"<td>{_cell(measured.get(name))}</td>" for name in COLUMNS)
        rows.append(f"<tr><td>{escape(pair)}</td><td>{len(results)}</td>{cells}</tr>")
    others = [f"{escape(LABELS[n])} {_cell(v)}" for n, v in measure(run.results).items() if n not in COLUMNS]
    return f"<table><tr><th>pair</th><th>cases</th>{head}</tr>{''.join(rows)}</table><p>{' · '.join(others)}</p>"


def _cell(interval: Interval | None) -> str:
    return "" if interval is None else f"{interval.value:.3f} <small>{interval.low:.2f}–{interval.high:.2f}</small>"


def _plots(run: Run) -> list[str]:
    confidence = [r.confidence for r in run.results]
    answerable = [float(r.answerable) for r in run.results]
    scores = [(pair, m["correct"].value, m["correct"].low, m["correct"].high) for pair, _, m in _rows(run.results)]
    curve = metrics.risk_coverage(confidence, [float(r.best_right) for r in run.results])
    bins = metrics.calibration_bins(confidence, answerable)
    drawn = [
        plots.bars("Answered rightly, or rightly not", scores),
        plots.lines("Accuracy against coverage", {"all": curve}, across="share answered", up="right", unit=True),
        plots.lines(
            "Calibration",
            {"all": [(said, got) for said, got, _ in bins]},
            across="confidence",
            up="answerable",
            unit=True,
            diagonal=True,
        ),
    ]
    if run.shown:
        shares = [5, 25, 50, 75, 90, 95, 99]
        latency = {
            name: [(share, float(at) * 1000) for share, at in zip(shares, np.percentile(values, shares), strict=True)]
            for name, values in (
                ("search", [s.search_seconds for s in run.shown]),
                ("ask", [s.ask_seconds for s in run.shown]),
            )
        }
        drawn.append(plots.lines("Latency", latency, across="percentile", up="milliseconds"))
    return drawn


def _difference(found: Sequence[Change]) -> str:
    if not found:
        return ""
    rows = []
    for change in found:
        mark = "worse" if change.worse else "better" if change.better else ""
        bounds = f"{change.difference.low:+.3f} to {change.difference.high:+.3f}"
        rows.append(
            f'<tr class="{mark}"><td>{escape(change.label)}</td><td>{escape(change.scope)}</td><td>{change.old:.3f}</td>'
            f"<td>{change.new:.3f}</td><td>{bounds}</td></tr>"
        )
    head = "<tr><th>figure</th><th>cases</th><th>baseline</th><th>this run</th><th>difference, 95 %</th></tr>"
    return f"<h2>Against the baseline</h2><table>{head}{''.join(rows)}</table>"


def _failures(run: Run) -> str:
    """The cases that went wrong, a shown wrong answer before a missing one."""
    failed = [(r, s) for r, s in zip(run.results, run.shown, strict=False) if not r.correct]
    failed.sort(key=lambda item: (not item[0].answered, -item[0].confidence))
    blocks = []
    for result, shown in failed:
        what = (
            "answered without an answer there"
            if not result.answerable
            else "answered wrongly"
            if result.answered
            else "abstained"
        )
        pairs = [("Answer", shown.answer), *(("Gold", g) for g in shown.gold), *(("Found", f) for f in shown.found)]
        body = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in pairs)
        line = f"{escape(result.pair)} · {escape(result.kind)} · {what} ({result.confidence:.2f}): {escape(shown.question)}"
        blocks.append(f"<details><summary>{line} <small>{escape(result.case)}</small></summary><dl>{body}</dl></details>")
    return f"<h2>Failures: {len(failed)}</h2>{''.join(blocks)}"
