"""From results, one a case, to figures with their noise; and from two runs to a verdict.

A figure is a function of the cases drawn, so that one bootstrap serves them all: means, AUROC and calibration alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval import metrics
from eval.metrics import Interval

Columns = Mapping[str, NDArray[np.float64]]
Drawn = NDArray[np.intp]
MIN_PAIR = 10  # a language pair with fewer cases gets no verdict of its own
MIN_CASES = 5  # and no figure does that rests on fewer: if all of four cases fall, a sign test still gives p = .125


@dataclass(slots=True, kw_only=True)
class Result:
    """What came back for one case. Scores are None where they have no meaning for the case; timings are kept elsewhere.

    `correct`: answered rightly, or abstained where there is no answer. `best_right`: the first candidate holds gold,
    whether or not it was shown; it is what accuracy against coverage is drawn from.
    """

    case: str
    digest: str
    kind: str
    pair: str
    answerable: bool
    answered: bool
    confidence: float
    correct: bool
    best_right: bool
    language_right: bool
    filters_kept: bool
    quotes_exact: float | None = None
    hit_1: float | None = None
    hit_10: float | None = None
    mrr: float | None = None
    ndcg_10: float | None = None
    recall_10: float | None = None
    citation_precision: float | None = None
    citation_recall: float | None = None
    conflict_found: bool = False
    conflict_expected: bool = False
    conflict_right: bool = False
    conflict_values: float | None = None
    support_right: float | None = None
    attribution_right: float | None = None
    resolved_right: float | None = None
    timeline_recall: float | None = None
    silence_recall: float | None = None


NUMERIC = tuple(f.name for f in fields(Result) if f.name not in ("case", "digest", "kind", "pair"))


def columns(results: Sequence[Result]) -> dict[str, NDArray[np.float64]]:
    """The results by field, as floats; nan for None."""
    rows = [[getattr(r, name) for name in NUMERIC] for r in results]
    table = np.array([[math.nan if value is None else float(value) for value in row] for row in rows], dtype=np.float64)
    return {name: table[:, i] for i, name in enumerate(NUMERIC)}


# ---- the figures


def _mean(name: str) -> Callable[[Columns, Drawn], float]:
    def mean(of: Columns, drawn: Drawn) -> float:
        values = of[name][drawn]
        values = values[~np.isnan(values)]
        return float(values.mean()) if values.size else math.nan

    return mean


def _auroc(of: Columns, drawn: Drawn) -> float:
    answerable = of["answerable"][drawn] == 1
    confidence = of["confidence"][drawn]
    if answerable.all() or not answerable.any():
        return math.nan
    return metrics.auroc(confidence[answerable], confidence[~answerable])


def _calibration(of: Columns, drawn: Drawn) -> float:
    """Undefined, as AUROC is, for cases that are all of one kind: there it would only say how many were taken."""
    if np.ptp(of["answerable"][drawn]) == 0:
        return math.nan
    return metrics.expected_calibration_error(of["confidence"][drawn], of["answerable"][drawn])


def _risk(of: Columns, drawn: Drawn) -> float:
    return metrics.area_under_risk_coverage(of["confidence"][drawn], of["best_right"][drawn])


def _precision(found: str, there: str, right: str | None, which: str) -> Callable[[Columns, Drawn], float]:
    def figure(of: Columns, drawn: Drawn) -> float:
        if not of[there][drawn].any():
            return math.nan  # sets that know of none, as public ones do, say nothing of what was found
        result = metrics.precision_recall(of[found][drawn], of[there][drawn], None if right is None else of[right][drawn])
        value = getattr(result, which)
        return math.nan if value is None else float(value)

    return figure


@dataclass(frozen=True, slots=True)
class Figure:
    """A quality figure: its name, and how it is computed from the cases drawn. `required`: no other value is accepted."""

    name: str
    label: str
    of: Callable[[Columns, Drawn], float]
    lower_is_better: bool = False
    required: float | None = None


FIGURES: tuple[Figure, ...] = (
    Figure("correct", "right: answered rightly, or rightly not", _mean("correct")),
    Figure("correct_answerable", "where there is an answer: answered rightly", _mean("correct_answerable")),
    Figure("hit_1", "hit@1", _mean("hit_1")),
    Figure("hit_10", "hit@10", _mean("hit_10")),
    Figure("mrr", "MRR", _mean("mrr")),
    Figure("ndcg_10", "nDCG@10", _mean("ndcg_10")),
    Figure("recall_10", "recall@10", _mean("recall_10")),
    Figure("citation_precision", "citation precision (by place)", _mean("citation_precision")),
    Figure("citation_recall", "citation recall (by place)", _mean("citation_recall")),
    Figure("quotes_exact", "quotations exact", _mean("quotes_exact"), required=1.0),
    Figure("filters_kept", "filters kept", _mean("filters_kept"), required=1.0),
    Figure("abstention_precision", "abstention precision", _precision("abstained", "unanswerable", None, "precision")),
    Figure("abstention_recall", "abstention recall", _precision("abstained", "unanswerable", None, "recall")),
    Figure("auroc", "AUROC of confidence", _auroc),
    Figure("calibration", "expected calibration error", _calibration, lower_is_better=True),
    Figure("risk", "area under risk against coverage", _risk, lower_is_better=True),
    Figure(
        "conflict_precision",
        "conflict precision",
        _precision("conflict_found", "conflict_expected", "conflict_right", "precision"),
    ),
    Figure("conflict_recall", "conflict recall", _precision("conflict_found", "conflict_expected", "conflict_right", "recall")),
    Figure("conflict_false", "conflict shown where none is due", _mean("conflict_false"), lower_is_better=True),
    Figure("conflict_values", "conflicts rightly found: their values shown", _mean("conflict_values")),
    Figure("support_right", "documents, and independent ones, counted rightly", _mean("support_right")),
    Figure("attribution_right", "attributed rightly", _mean("attribution_right")),
    Figure("resolved_right", "relative dates resolved", _mean("resolved_right")),
    Figure("timeline_recall", "events in the timeline", _mean("timeline_recall")),
    Figure("silence_recall", "silence told", _mean("silence_recall")),
    Figure("language_right", "language of the question known", _mean("language_right")),
)


# The figures of the headline table, with names short enough for a column.
COLUMNS = {
    "correct": "right",
    "hit_1": "hit@1",
    "hit_10": "hit@10",
    "mrr": "MRR",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "abstention_recall": "abstention recall",
    "auroc": "AUROC",
    "calibration": "calibration error",
}


def derived(of: dict[str, NDArray[np.float64]]) -> Columns:
    """The columns with those that follow from them."""
    answerable = of["answerable"] == 1
    of["abstained"] = 1 - of["answered"]
    of["unanswerable"] = 1 - of["answerable"]
    of["conflict_false"] = np.where(of["conflict_expected"] == 1, math.nan, of["conflict_found"])
    of["correct_answerable"] = np.where(answerable, of["correct"], math.nan)
    return of


def measure(results: Sequence[Result], names: Collection[str] = ()) -> dict[str, Interval]:
    """Every figure that has a value for these cases, with its interval; only those of `names`, where some are given."""
    of = derived(columns(results))
    everything = np.arange(len(results))
    return {
        figure.name: metrics.bootstrap(lambda drawn, figure=figure: figure.of(of, drawn), len(results))  # type: ignore[misc]
        for figure in FIGURES
        if (not names or figure.name in names) and not math.isnan(figure.of(of, everything))
    }


def by_pair(results: Iterable[Result]) -> dict[str, list[Result]]:
    """The results by language pair, in alphabetical order."""
    return _grouped(results, "pair")


def by_kind(results: Iterable[Result]) -> dict[str, list[Result]]:
    """The results by kind of question, in alphabetical order."""
    return _grouped(results, "kind")


def _grouped(results: Iterable[Result], name: str) -> dict[str, list[Result]]:
    groups: dict[str, list[Result]] = {}
    for result in sorted(results, key=lambda r: str(getattr(r, name))):
        groups.setdefault(getattr(result, name), []).append(result)
    return groups


# ---- two runs


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of a figure between two runs over the cases they share; `worse` and `better` beyond the noise."""

    figure: str
    label: str
    scope: str
    old: float
    new: float
    difference: Interval
    worse: bool
    better: bool
    lower_is_better: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("figure", "scope", "old", "new", "worse", "better")} | {
            "low": self.difference.low,
            "high": self.difference.high,
        }


@dataclass(frozen=True, slots=True)
class Overlap:
    """How the cases of two runs meet. `fell` and `rose`: those whose answer was right and is wrong, and the other way round.

    `shared` read the same in both, `changed` are in both and read otherwise, `added` only in the new, `gone` only in the old.
    """

    shared: int = 0
    added: int = 0
    changed: int = 0
    gone: int = 0
    fell: tuple[str, ...] = ()
    rose: tuple[str, ...] = ()


def overlap(new: Sequence[Result], old: Sequence[Result]) -> Overlap:
    """How the cases of two runs meet; only what is shared is compared."""
    before, names = {r.case: r for r in old}, {r.case for r in new}
    there = [(r, before[r.case]) for r in new if r.case in before]
    shared = [(r, was) for r, was in there if r.digest == was.digest]
    return Overlap(
        shared=len(shared),
        added=len(new) - len(there),
        changed=len(there) - len(shared),
        gone=sum(r.case not in names for r in old),
        fell=tuple(r.case for r, was in shared if was.correct and not r.correct),
        rose=tuple(r.case for r, was in shared if r.correct and not was.correct),
    )


def changes(new: Sequence[Result], old: Sequence[Result]) -> list[Change]:
    """Every figure over all shared cases, and the share of right answers by language pair.

    Cases are shared when id and wording agree. Differences are new - old, with the paired bootstrap's 95 % interval.
    """
    before = {r.case: r for r in old}
    shared = [(r, before[r.case]) for r in new if r.case in before and before[r.case].digest == r.digest]
    found = _compared(shared, "all", FIGURES)
    pairs: dict[str, list[tuple[Result, Result]]] = {}
    for one, other in shared:
        pairs.setdefault(one.pair, []).append((one, other))
    for pair, rows in sorted(pairs.items()):
        if len(rows) >= MIN_PAIR:
            found += _compared(rows, pair, FIGURES[:1])
    return found


def _compared(shared: Sequence[tuple[Result, Result]], scope: str, figures: Sequence[Figure]) -> list[Change]:
    if not shared:
        return []
    new, old = (derived(columns([pair[side] for pair in shared])) for side in (0, 1))
    everything = np.arange(len(shared))
    found = []
    for figure in figures:

        def difference(drawn: Drawn, figure: Figure = figure) -> float:
            return figure.of(new, drawn) - figure.of(old, drawn)

        interval = metrics.bootstrap(difference, len(shared))
        if not math.isnan(interval.value):
            judged = _rests_on(figure, new) >= MIN_CASES
            fell, rose = judged and interval.high < 0, judged and interval.low > 0
            worse, better = (rose, fell) if figure.lower_is_better else (fell, rose)
            before, after = figure.of(old, everything), figure.of(new, everything)
            change = Change(figure.name, figure.label, scope, before, after, interval, worse, better, figure.lower_is_better)
            found.append(change)
    return found


def _rests_on(figure: Figure, of: Columns) -> int:
    """How many cases have a value for the figure: of a mean those that are not nan, else all."""
    return int((~np.isnan(of[figure.name if figure.name in of else "answered"])).sum())


# The scores of one case, and where a fall in one is to be shown beside the case.
OF_A_CASE = (
    "correct",
    "hit_1",
    "hit_10",
    "mrr",
    "citation_precision",
    "citation_recall",
    "quotes_exact",
    "filters_kept",
    "conflict_right",
    "conflict_values",
    "support_right",
    "attribution_right",
    "resolved_right",
    "timeline_recall",
    "silence_recall",
    "language_right",
)


def fallen(new: Result, old: Result) -> tuple[str, ...]:
    """The scores of a case that are lower than they were; `false_alarm` where a conflict is reported that was not, wrongly."""
    pairs = [(name, getattr(new, name), getattr(old, name)) for name in OF_A_CASE]
    lower = [name for name, now, was in pairs if now is not None and was is not None and now < was]
    alarm = new.conflict_found and not new.conflict_expected and not old.conflict_found
    return (*lower, "false_alarm") if alarm else tuple(lower)


def broken(measured: Mapping[str, Interval]) -> list[str]:
    """The figures that are required to have one value and have another."""
    return [
        f"{figure.label} is {measured[figure.name].value:.4f}; it must be {figure.required:g}"
        for figure in FIGURES
        if figure.required is not None and figure.name in measured and measured[figure.name].value != figure.required
    ]
