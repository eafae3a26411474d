"""What a run looks like on a page: one HTML file that fetches nothing, runs no script, and prints.

First whether it is worse, where and on which cases; then all figures, by language pair and by kind; then the cases themselves.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

import numpy as np

from eval import metrics, plots
from eval.figures import COLUMNS, Change, Result, broken, by_kind, by_pair, fallen, measure
from eval.metrics import Interval
from eval.report import LABELS, Comparison, compared, fallbacks, timings

if TYPE_CHECKING:
    from eval.run import Run, Shown

TILES = ("correct", "hit_1", "citation_recall", "auroc", "conflict_recall", "quotes_exact")
SHORT = COLUMNS | {"conflict_recall": "conflicts found", "quotes_exact": "quotations exact", "false_alarm": "false conflict"}

# By which scores of a case a figure falls, where it is not the score of that name.
SCORES_OF = {
    "correct_answerable": ("correct",),
    "abstention_precision": ("correct",),
    "abstention_recall": ("correct",),
    "conflict_precision": ("conflict_right", "false_alarm"),
    "conflict_recall": ("conflict_right",),
    "conflict_false": ("false_alarm",),
    "ndcg_10": ("mrr",),
    "recall_10": ("hit_10",),
}
MOST_LINKS = 10

STYLE = """
:root{color-scheme:light;--ink:#1a1a1a;--soft:#5b6570;--line:#dfe3e8;--red:#b3261e;--green:#2f7d3a;--blue:#1f5fa8}
*{box-sizing:border-box}
body{font:15px/1.5 system-ui,"Segoe UI",Roboto,sans-serif;color:var(--ink);max-width:1088px;margin:0 auto;padding:28px 24px 64px}
h1{font-size:26px;line-height:1.2;margin:0}h2{font-size:19px;margin:44px 0 12px}h3{font-size:15px;margin:26px 0 8px}
p{margin:.5em 0}a{color:var(--blue)}small,.soft{color:var(--soft)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th{font-weight:600;font-size:13px;line-height:1.25;color:var(--soft);vertical-align:bottom}
th,td{padding:6px 8px;border-bottom:1px solid var(--line);text-align:right}
td{white-space:nowrap;vertical-align:top}td small{display:block;line-height:1.2;font-size:12px}
th:first-child,td:first-child{text-align:left;padding-left:0}.plots td:first-child{white-space:normal}
td.words,th.words{text-align:left}tr.all td{font-weight:600;border-bottom:2px solid var(--line)}
tr.all td small{font-weight:400}.wide{overflow-x:auto}
.verdict{margin:20px 0;padding:16px 20px;border-radius:8px;border-left:6px solid var(--green);background:#eef7f0}
.verdict.red{border-color:var(--red);background:#fdf1f0}.verdict.none{border-color:#8b95a1;background:#f4f6f8}
.verdict b{font-size:18px}.verdict ul{margin:8px 0;padding-left:20px}.verdict p{margin:8px 0 0}
.tiles{display:grid;grid-template-columns:repeat(6,1fr);gap:12px;margin:20px 0}
.tile{border:1px solid var(--line);border-radius:8px;padding:12px 14px}.tile span{display:block;color:var(--soft);font-size:13px}
.tile strong{font-size:24px;line-height:1.3;font-variant-numeric:tabular-nums}
.worse{color:var(--red);font-weight:600}.better{color:var(--green);font-weight:600}
.plots{display:grid;grid-template-columns:1fr 1fr;gap:32px 40px;align-items:start}
svg{display:block;width:100%;height:auto;font:13px system-ui,"Segoe UI",Roboto,sans-serif;fill:var(--ink)}
svg .title{font-weight:600;font-size:15px}svg .end{text-anchor:end}svg .middle{text-anchor:middle}
svg .small{font-size:12px}svg text.small:not([fill]){fill:var(--soft)}
svg .bold{font-weight:600}svg .number{font-variant-numeric:tabular-nums}
details{border:1px solid var(--line);border-radius:6px;margin:6px 0;padding:8px 12px}details[open]{background:#fafbfc}
summary{cursor:pointer}summary .tag{color:var(--soft);font-size:13px}details.fell{border-left:4px solid var(--red)}
dl{display:grid;grid-template-columns:92px 1fr;gap:4px 12px;margin:10px 0 2px}
dt{color:var(--soft);font-size:13px;padding-top:1px}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
.cases{font-size:13px;line-height:1.6}.cases a{white-space:nowrap;margin-right:.6em}
footer{margin-top:48px;border-top:1px solid var(--line);padding-top:12px;color:var(--soft);font-size:13px}
@media screen and (max-width:760px){.plots{grid-template-columns:1fr}.tiles{grid-template-columns:repeat(2,1fr)}}
@media print{@page{margin:14mm}body{padding:0;max-width:none;font-size:11px}h2{margin-top:22px;break-after:avoid}
.plots{gap:14px 24px}details,.tile,svg,tr,.verdict{break-inside:avoid}.verdict,.tile,details{print-color-adjust:exact}
dl{grid-template-columns:64px 1fr}a{color:inherit;text-decoration:none}}
"""


def page(run: Run, comparison: Comparison) -> str:
    """The report as one HTML page; nothing in it is loaded from elsewhere."""
    cases = _Case.of(run, comparison)
    parts = [
        f"<h1>Evaluation: {len(run.results)} cases</h1><p class=soft><code>{escape(run.command)}</code></p>",
        _verdict(run, comparison, cases),
        _tiles(run, comparison),
        _difference(comparison),
        "<h2>By language pair</h2>",
        _table(run),
        '<h2>Plots</h2><div class="plots">',
        *_plots(run, comparison),
        "</div>",
        _failures(cases),
        f"<footer>{escape(' · '.join(filter(None, (run.fingerprint, timings(run), fallbacks(run)))))}</footer>",
    ]
    return document("Sverka: evaluation", "".join(parts))


def document(title: str, body: str) -> str:
    """A whole page of the body."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return f"<!doctype html><html lang=en><head>{head}<style>{STYLE}</style></head><body>{body}</body></html>\n"


# ---- the verdict


def _verdict(run: Run, comparison: Comparison, cases: Sequence[_Case]) -> str:
    faults = [f"<li>{escape(fault)}</li>" for fault in broken(run.figures)]
    faults += [f"<li>{_fallen(change)}{_culprits(change, cases)}</li>" for change in comparison.worse]
    rest = f"<p>{escape(compared(comparison))}</p>" if comparison.overlap.shared else ""
    if comparison.old and comparison.changes:
        rest += f"<p class=soft>Baseline: {escape(comparison.old.command)} · {escape(comparison.old.fingerprint)}</p>"
    if faults:
        body = (
            f"<b>Worse than the baseline</b><ul>{''.join(faults)}</ul>"
            if comparison.worse
            else f"<b>At fault</b><ul>{''.join(faults)}</ul>"
        )
        return f'<div class="verdict red">{body}{_where(run, comparison)}{rest}</div>'
    if not comparison.changes:
        return '<div class="verdict none"><b>There was no baseline to compare with.</b></div>'
    gains = ", ".join(escape(_name(change)) for change in comparison.better)
    better = f"<p>Better: {gains}.</p>" if gains else ""
    return f'<div class="verdict"><b>Nothing is worse than the baseline beyond its noise.</b>{better}{rest}</div>'


def _fallen(change: Change) -> str:
    bounds = f"{change.difference.value:+.3f}, by 95 % between {change.difference.low:+.3f} and {change.difference.high:+.3f}"
    return f"<span class=worse>{escape(_name(change))}</span>: {change.old:.3f} → {change.new:.3f} <small>({bounds})</small>"


def _name(change: Change) -> str:
    return change.label if change.scope == "all" else f"{SHORT[change.figure]}, {change.scope}"


def _where(run: Run, comparison: Comparison) -> str:
    """Which language pairs and kinds hold most of the answers that turned wrong."""
    fell = set(comparison.overlap.fell)
    if not fell:
        return ""
    found = []
    for name, groups in (("language pairs", by_pair(run.results)), ("kinds", by_kind(run.results))):
        counts = Counter({group: sum(r.case in fell for r in rows) for group, rows in groups.items()})
        most = [
            f"{escape(group.replace('_', ' '))} {count} of {len(groups[group])}"
            for group, count in counts.most_common(4)
            if count
        ]
        found.append(f"{name}: {', '.join(most)}")
    return f"<p>Most of what turned wrong, by {'; by '.join(found)}.</p>"


def _culprits(change: Change, cases: Sequence[_Case]) -> str:
    """Links to the cases that a figure fell by; of those that no single case makes fall (AUROC, calibration) there are none."""
    scores = SCORES_OF.get(change.figure, (change.figure,))
    fell = [case for case in cases if change.scope in ("all", case.result.pair) and set(scores) & set(case.lower)]
    links = [f'<a href="#{case.anchor}">{escape(case.result.case)}</a>' for case in fell[:MOST_LINKS]]
    more = f"and {len(fell) - MOST_LINKS} more" if len(fell) > MOST_LINKS else ""
    return f'<div class="cases">{" ".join(links)} {more}</div>' if links else ""


def _tiles(run: Run, comparison: Comparison) -> str:
    changed = {change.figure: change for change in comparison.changes if change.scope == "all"}
    tiles = []
    for name in TILES:
        if name in run.figures:
            value = run.figures[name].value
            change = changed.get(name)
            mark = "worse" if change and change.worse else "better" if change and change.better else ""
            moved = f"{change.new - change.old:+.3f}" if change else ""
            shift = f'<small class="{mark}">{"same" if float(moved) == 0 else moved}</small>' if moved else ""
            tiles.append(f'<div class="tile"><span>{escape(SHORT[name])}</span><strong>{value:.3f}</strong> {shift}</div>')
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _difference(comparison: Comparison) -> str:
    rows = [
        plots.Shift(
            _name(change),
            change.old,
            change.new,
            change.difference.low,
            change.difference.high,
            "worse" if change.worse else "better" if change.better else "",
            change.lower_is_better,
        )
        for change in comparison.changes
    ]
    if not rows:
        return ""
    return f"<h2>Against the baseline</h2>{plots.shifts('Difference on the shared cases, with its 95 % interval', rows)}"


# ---- the figures


def _table(run: Run) -> str:
    head = "".join(f"<th>{escape(label)}</th>" for label in COLUMNS.values())
    rows = []
    for pair, results, measured in run.pairs:
        cells = "".join(f"<td>{_cell(measured.get(name))}</td>" for name in COLUMNS)
        whole = ' class="all"' if pair == "all" else ""
        rows.append(f"<tr{whole}><td>{escape(pair)}</td><td>{len(results)}</td>{cells}</tr>")
    rest = [(LABELS[name], value) for name, value in run.figures.items() if name not in COLUMNS]
    others = [f"<tr><td>{escape(label)}</td><td>{value.value:.3f}</td><td>{_bounds(value)}</td></tr>" for label, value in rest]
    half = (len(others) + 1) // 2
    columns = "".join(f"<table>{''.join(part)}</table>" for part in (others[:half], others[half:]))
    table = f'<div class="wide"><table><tr><th>asked in → answered in</th><th>cases</th>{head}</tr>{"".join(rows)}</table></div>'
    table += "<p class=soft>– : the archive holds no answer. Below each figure its 95 % interval.</p>"
    return f'{table}<h3>Other figures, over all cases</h3><div class="plots">{columns}</div>'


def _cell(interval: Interval | None) -> str:
    if interval is None:
        return ""
    return f"{interval.value:.3f} <small>{_bounds(interval)}</small>"


def _bounds(interval: Interval) -> str:
    return "" if math.isnan(interval.low) else f"{interval.low:.2f}–{interval.high:.2f}"


def _plots(run: Run, comparison: Comparison) -> list[str]:
    old = {r.case: r for r in comparison.old.results} if comparison.old else {}
    shared = [(r, old[r.case]) for r in run.results if r.case in old and old[r.case].digest == r.digest]
    drawn = [
        plots.levels("Right, by language pair", _levels(by_pair(run.results), shared)),
        plots.levels("Right, by kind of question", _levels(by_kind(run.results), shared)),
        _coverage(run.results, shared),
        _calibration(run.results),
        _confidence(run.results),
    ]
    if run.timings:
        series = {"search": [t.search for t in run.timings], "ask": [t.ask for t in run.timings]}
        shares = [1, *range(5, 100, 5), 99]
        latency = {
            name: [
                (max(float(at) * 1000, 0.01), share / 100)
                for share, at in zip(shares, np.percentile(values, shares), strict=True)
            ]
            for name, values in series.items()
        }
        drawn.append(plots.lines("Latency", latency, across="milliseconds", up="share of cases done", unit=True, log=True))
    return drawn


def _levels(groups: Mapping[str, Sequence[Result]], shared: Sequence[tuple[Result, Result]]) -> list[plots.Level]:
    """The share of right answers of each group; before it was higher or lower by what the shared cases of the group changed."""
    gained = {now.case: int(now.correct) - int(was.correct) for now, was in shared}
    rows = []
    for name, results in groups.items():
        right = measure(results, ("correct",))["correct"]
        turned = [gained[r.case] for r in results if r.case in gained]
        before = right.value - sum(turned) / len(turned) if turned else None
        rows.append(plots.Level(name.replace("_", " "), len(results), right.value, right.low, right.high, before))
    return rows


def _coverage(results: Sequence[Result], shared: Sequence[tuple[Result, Result]]) -> str:
    """Over all cases, or beside the baseline over those that both have."""
    runs: dict[str, Sequence[Result]] = {"this run": results}
    if shared:
        runs = {"this run": [now for now, _ in shared], plots.BASELINE: [was for _, was in shared]}
    series = {name: ((0.0, _accuracy(rows)[0][1]), *_accuracy(rows)) for name, rows in runs.items()}
    answered = sum(r.answered for r in runs["this run"]) / len(runs["this run"])
    reached = [point for point in series["this run"] if point[0] <= answered] or [series["this run"][0]]
    mark = plots.Mark((answered, reached[-1][1]), f"as set: {answered:.0%} answered")
    return plots.lines(
        "Accuracy against coverage", series, across="share answered, surest first", up="of them right", unit=True, marks=[mark]
    )


def _accuracy(results: Sequence[Result]) -> tuple[tuple[float, float], ...]:
    return metrics.risk_coverage([r.confidence for r in results], [float(r.best_right) for r in results])


def _calibration(results: Sequence[Result]) -> str:
    bins = metrics.calibration_bins([r.confidence for r in results], [float(r.answerable) for r in results])
    return plots.lines(
        "Calibration",
        {"all": [(said, got) for said, got, _ in bins]},
        across="confidence that there is an answer (dots by share of cases)",
        up="share with an answer",
        unit=True,
        diagonal=True,
        sizes=[share for _, _, share in bins],
    )


def _confidence(results: Sequence[Result]) -> str:
    """How the confidences lie, in tenths, of the cases with an answer and of those without."""
    series = {}
    for name, answerable in (("with an answer", True), ("without", False)):
        said = [r.confidence for r in results if r.answerable is answerable]
        if said:
            counts, _ = np.histogram(said, bins=10, range=(0.0, 1.0))
            series[name] = [((place + 0.5) / 10, float(count) / len(said)) for place, count in enumerate(counts)]
    return plots.lines("Confidence", series, across="confidence", up="share of these cases")


# ---- the cases


@dataclass(frozen=True, slots=True)
class _Case:
    """One case of the page: its scores, its texts, and what fell against the baseline."""

    result: Result
    shown: Shown
    was: Result | None
    before: Shown | None

    @staticmethod
    def of(run: Run, comparison: Comparison) -> list[_Case]:
        old = {r.case: r for r in comparison.old.results} if comparison.old else {}
        texts = dict(zip(old, comparison.old.shown, strict=False)) if comparison.old and comparison.old.shown else {}
        found = []
        for result, shown in zip(run.results, run.shown, strict=False):
            was = old.get(result.case)
            same = was is not None and was.digest == result.digest
            found.append(_Case(result, shown, was if same else None, texts.get(result.case) if same else None))
        return found

    @property
    def anchor(self) -> str:
        return "case-" + quote(self.result.case, safe="")

    @property
    def lower(self) -> tuple[str, ...]:
        return fallen(self.result, self.was) if self.was else ()

    @property
    def fell(self) -> bool:
        return "correct" in self.lower

    @property
    def conflict_wrong(self) -> bool:
        """A difference between sources was due and not rightly told, or told where none was."""
        return self.result.conflict_expected != self.result.conflict_right or (
            self.result.conflict_found and not self.result.conflict_expected
        )

    def block(self, word: str, *, opened: bool) -> str:
        kind = self.result.kind.replace("_", " ")
        tags = f"{self.result.pair} · {kind} · confidence {self.result.confidence:.2f} · {self.result.case}"
        lower = ", ".join(SHORT.get(name, LABELS.get(name, name)) for name in self.lower)
        rows = [("Answer", self.shown.answer)]
        if self.before and self.before.answer != self.shown.answer:
            rows.append(("Before", self.before.answer))
        rows += [("Gold", text) for text in self.shown.gold]
        rows += [("Conflict due", text) for text in self.shown.due] + [("Conflict told", text) for text in self.shown.differences]
        rows += [("Found", re.sub(r"\n+", "\n", text)) for text in self.shown.found]
        rows += [("Fell in", lower)] if lower else []
        body = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in rows)
        mark = ' class="fell"' if self.fell else ""
        summary = f"<b>{escape(self.shown.question)}</b> {word} <span class=tag>{escape(tags)}</span>"
        return (
            f'<details id="{self.anchor}"{mark}{" open" if opened else ""}><summary>{summary}</summary><dl>{body}</dl></details>'
        )


def _failures(cases: Sequence[_Case]) -> str:
    """The cases that went wrong: first those that fell, then a shown wrong answer before a missing one, the surest first."""
    failed = sorted((case for case in cases if not case.result.correct), key=lambda case: -case.result.confidence)
    rest = [case for case in failed if not case.fell]
    right = [case for case in cases if case.result.correct]
    parts = [
        _group("Right in the baseline, wrong now", (case for case in failed if case.fell), opened=True),
        _group("Answered where there is no answer", (case for case in rest if not case.result.answerable)),
        _group("Answered wrongly", (case for case in rest if case.result.answerable and case.result.answered)),
        _group("Not answered", (case for case in rest if not case.result.answered)),
        _group(
            "Right, but a difference between sources is missing, wrong or made up",
            (case for case in right if case.conflict_wrong),
        ),
        _group("Right, but lower than before in something", (case for case in right if case.lower and not case.conflict_wrong)),
    ]
    return f"<h2>Failures: {len(failed)}</h2>{''.join(parts)}"


def _group(title: str, cases: Iterable[_Case], *, opened: bool = False) -> str:
    found = list(cases)
    words = {
        (False, True): "answered",
        (True, True): "answered wrongly",
        (True, False): "not answered",
        (False, False): "not answered",
    }
    blocks = [
        case.block(
            "" if case.result.correct else f"– {words[case.result.answerable, case.result.answered]}", opened=opened and n < 5
        )
        for n, case in enumerate(found)
    ]
    return f"<h3>{escape(title)}: {len(found)}</h3>{''.join(blocks)}" if found else ""
