"""Every measure that the evaluation reports, each with its formula and source. Pure functions over plain values; numpy only.

Nothing here calls the program that is measured, not even to compare two strings: a fault in it must not move the yardstick.

A ranking is a sequence of document ids, best first. Two passages of one document may both stand in it: the document then
counts once, at its first place, and the second passage keeps the place it takes up.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Located = tuple[str, int, int]  # a span of a document: id, start, end


# ---- comparing texts

_UNIFIED = str.maketrans(
    {
        **dict.fromkeys('«»„“”‟"', '"'),
        **dict.fromkeys("‘’‚‛`", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
        "ё": "е",
    }
)


def plain(text: str) -> str:
    """The text with case, quotation marks, dashes, white space, soft hyphens and ё/е made alike, for comparing."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_UNIFIED)
    return re.sub(r"\s+", " ", folded).strip()


def contains(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in `text`, both made `plain`, and not inside a longer word or number.

    308 does not stand in 1308, nor in 308.5 or 308,5; "war" not in "warm".
    """
    needle = plain(wanted)
    if not needle:
        return False
    before = r"(?<!\w)(?<!\d[.,])" if needle[0].isdigit() else r"(?<!\w)" if needle[0].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if needle[-1].isdigit() else r"(?!\w)" if needle[-1].isalnum() else ""
    return re.search(before + re.escape(needle) + after, plain(text)) is not None


# ---- rankings


def hit_at_k(ranking: Sequence[str], gold: Collection[str], k: int) -> float:
    """1 where a gold document is among the first k, else 0. Also called success@k (Buckley and Voorhees, TREC)."""
    return float(any(doc in gold for doc in ranking[:k]))


def reciprocal_rank(ranking: Sequence[str], gold: Collection[str], k: int | None = None) -> float:
    """1 / place of the first gold document, 0 where the first k hold none; its mean is MRR (Voorhees, TREC-8, 1999)."""
    return next((1.0 / place for place, doc in enumerate(ranking[:k], 1) if doc in gold), 0.0)


def recall_at_k(ranking: Sequence[str], gold: Collection[str], k: int) -> float:
    """|gold ∩ first k| / |gold| (Manning, Raghavan and Schütze, 2008, chapter 8). ValueError without gold."""
    if not gold:
        raise ValueError("recall needs at least one gold document")
    return len(set(ranking[:k]) & set(gold)) / len(set(gold))


def ndcg_at_k(ranking: Sequence[str], gains: Mapping[str, float], k: int) -> float:
    """DCG / ideal DCG with DCG = Σ gain / log2(place + 1) over the first k places.

    Järvelin and Kekäläinen, TOIS 20(4), 2002, with the gain taken as it is (as trec_eval and BEIR do), not as 2^gain - 1.
    """
    ideal = sum(gain / math.log2(place + 1) for place, gain in enumerate(sorted(gains.values(), reverse=True)[:k], 1) if gain > 0)
    if ideal == 0:
        raise ValueError("nDCG needs at least one gold document with a gain above 0")
    seen: set[str] = set()
    dcg = 0.0
    for place, doc in enumerate(ranking[:k], 1):
        if doc not in seen:
            seen.add(doc)
            dcg += gains.get(doc, 0.0) / math.log2(place + 1)
    return dcg / ideal


# ---- citations


def quote_is_exact(document_text: str, start: int, end: int, quote: str) -> bool:
    """Whether the quotation is the document's own slice, character by character. The rate over all must be 1."""
    return 0 <= start < end <= len(document_text) and document_text[start:end] == quote


def overlaps(a: Located, b: Located) -> bool:
    """Whether two spans of one document share at least half of the shorter one."""
    shared = min(a[2], b[2]) - max(a[1], b[1])
    return a[0] == b[0] and shared > 0 and 2 * shared >= min(a[2] - a[1], b[2] - b[1])


def is_covered(gold: Located, cited: Sequence[Located]) -> bool:
    """Whether the citations together hold the whole gold quotation."""
    reached = gold[1]
    for doc, start, end in sorted(cited, key=lambda span: span[1]):
        if doc == gold[0] and start <= reached + 1:  # one character between: two sentences side by side, and a space
            reached = max(reached, end)
    return reached >= gold[2]


def citation_precision(cited: Sequence[Located], gold: Sequence[Located]) -> float:
    """Citations that overlap a gold quotation / all citations.

    By place only. This is not ALCE's citation precision (Gao et al., EMNLP 2023), which asks an entailment model whether
    the cited text supports the sentence; a true answer quoted from a place the cases do not list counts against it here.
    """
    if not cited:
        raise ValueError("citation precision needs at least one citation")
    return sum(any(overlaps(c, g) for g in gold) for c in cited) / len(cited)


def citation_recall(cited: Sequence[Located], parts: Sequence[Sequence[Located]]) -> float:
    """Parts of the gold answer that a citation overlaps / all parts; a part is a list of places that serve equally."""
    if not parts:
        raise ValueError("citation recall needs at least one gold part")
    return sum(any(overlaps(c, g) for c in cited for g in part) for part in parts) / len(parts)


# ---- two kinds of yes and no


@dataclass(frozen=True, slots=True)
class PrecisionRecall:
    """precision = found rightly / found, recall = found rightly / there. None where the denominator is 0."""

    precision: float | None
    recall: float | None
    found: int
    there: int
    right: int


def precision_recall(found: ArrayLike, there: ArrayLike, right: ArrayLike | None = None) -> PrecisionRecall:
    """Precision and recall of `found` against `there`, item by item; `right` where finding something is not enough.

    For abstention: found = abstained, there = unanswerable. For conflicts: found = one is reported, there = one is
    expected, right = the one reported is the one expected.
    """
    is_found, is_there = np.asarray(found, dtype=bool), np.asarray(there, dtype=bool)
    is_right = is_found & is_there if right is None else np.asarray(right, dtype=bool)
    n_found, n_there, n_right = int(is_found.sum()), int(is_there.sum()), int(is_right.sum())
    precision, recall = n_right / n_found if n_found else None, n_right / n_there if n_there else None
    return PrecisionRecall(precision, recall, n_found, n_there, n_right)


# ---- confidence


def auroc(positive: ArrayLike, negative: ArrayLike) -> float:
    """The chance that a positive scores above a negative, a tie counting half: (Σ ranks of positives - p(p+1)/2) / (p·n).

    The area under the ROC curve as the Mann-Whitney statistic (Hanley and McNeil, Radiology 143, 1982).
    """
    pos, neg = np.asarray(positive, dtype=np.float64), np.asarray(negative, dtype=np.float64)
    if not pos.size or not neg.size:
        raise ValueError("AUROC needs at least one positive and one negative")
    ordered = np.sort(neg)
    below = np.searchsorted(ordered, pos, side="left")
    tied = np.searchsorted(ordered, pos, side="right") - below
    return float((below + tied / 2).sum() / (pos.size * neg.size))


def expected_calibration_error(confidence: ArrayLike, outcome: ArrayLike, *, bins: int = 10) -> float:
    """Σ over bins of (share of the items in the bin) · |mean outcome - mean confidence|, bins of equal width.

    Naeini et al., AAAI 2015; Guo et al., ICML 2017. Bin i holds confidences in (i/bins, (i+1)/bins]; the first also 0.
    """
    said, got, counts = _binned(confidence, outcome, bins)
    return float(np.abs(got - said).sum() / counts.sum())


def calibration_bins(confidence: ArrayLike, outcome: ArrayLike, *, bins: int = 10) -> tuple[tuple[float, float, float], ...]:
    """For each bin that is not empty: mean confidence, mean outcome, share of all items. Bins as in the error above."""
    said, got, counts = _binned(confidence, outcome, bins)
    rows = zip(said, got, counts, strict=True)
    return tuple((float(s / n), float(g / n), float(n / counts.sum())) for s, g, n in rows if n)


def _binned(confidence: ArrayLike, outcome: ArrayLike, bins: int) -> tuple[Floats, Floats, Floats]:
    """Of each bin: the sum of the confidences, the sum of the outcomes, how many there are."""
    conf, out = np.asarray(confidence, dtype=np.float64), np.asarray(outcome, dtype=np.float64)
    if conf.shape != out.shape or not conf.size:
        raise ValueError("calibration needs as many outcomes as confidences, and at least one")
    place = np.clip(np.searchsorted(np.arange(bins + 1) / bins, conf, side="left") - 1, 0, bins - 1)
    said, got, counts = (np.bincount(place, weights, bins) for weights in (conf, out, None))
    return said, got, counts.astype(np.float64)


def risk_coverage(confidence: ArrayLike, correct: ArrayLike) -> tuple[tuple[float, float], ...]:
    """(coverage, accuracy among those covered), the surest items first; items of equal confidence enter together.

    El-Yaniv and Wiener, JMLR 11, 2010 (risk there is 1 - accuracy here).
    """
    return tuple((float(covered), float(share)) for covered, share in zip(*_curve(confidence, correct), strict=True))


def _curve(confidence: ArrayLike, correct: ArrayLike) -> tuple[Floats, Floats]:
    """Coverage and accuracy at the end of each tie."""
    conf, right = np.asarray(confidence, dtype=np.float64), np.asarray(correct, dtype=np.float64)
    if conf.shape != right.shape or not conf.size:
        raise ValueError("risk and coverage need as many outcomes as confidences, and at least one")
    order = np.argsort(-conf, kind="stable")
    sums = np.cumsum(right[order])
    last_of_ties = np.append(np.flatnonzero(np.diff(conf[order])), conf.size - 1)
    return (last_of_ties + 1) / conf.size, sums[last_of_ties] / (last_of_ties + 1)


def area_under_risk_coverage(confidence: ArrayLike, correct: ArrayLike) -> float:
    """Mean of the risk over the items' coverages, lower is better: Geifman, Uziel and El-Yaniv, ICLR 2019 (AURC).

    Items of equal confidence all carry the risk at the end of their tie.
    """
    coverage, accuracy = _curve(confidence, correct)
    return float((np.diff(coverage, prepend=0.0) * (1 - accuracy)).sum())


# ---- noise


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the bounds of its 95 % interval."""

    value: float
    low: float
    high: float


def bootstrap(statistic: Callable[[NDArray[np.intp]], float], n: int, *, resamples: int = 2000, seed: int = 20) -> Interval:
    """The statistic of n cases with its 95 % percentile bootstrap interval (Efron and Tibshirani, 1993, chapter 13).

    `statistic` gets the indices of the cases drawn. For a paired comparison it returns the difference of the two systems
    on those same cases (Koehn, EMNLP 2004). Same seed, same interval. A resample on which the statistic is undefined
    (it returns nan) is left out.
    """
    if n < 1:
        raise ValueError("a bootstrap needs at least one case")
    drawn = np.array([statistic(cases) for cases in _resampled(n, resamples, seed)])
    drawn = drawn[~np.isnan(drawn)]
    value = statistic(np.arange(n))
    if not drawn.size:
        return Interval(value, math.nan, math.nan)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(value, float(low), float(high))


@lru_cache(maxsize=8)
def _resampled(n: int, resamples: int, seed: int) -> NDArray[np.intp]:
    """The cases of each resample, a row each; the same for every figure of one set of cases."""
    return np.random.default_rng(seed).integers(0, n, (resamples, n))
