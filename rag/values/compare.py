"""How two values stand to each other."""

from __future__ import annotations

import re
from datetime import date

from rag.values.nouns import NEAR, NOUNS
from rag.values.value import Relation, Value, ends

# Parts of the larger figure. What differs by less is one figure, rounded or converted.
_EQUAL = 0.002
_CONVERTED = 0.03  # after another unit: 60 miles and 97 kilometres, a month and 30 days
_ROUNDED = 0.05  # what rounds to the other at its own precision
_ABOUT = 0.2  # how far "about" and a round number reach
_BOUND = 3.0  # how many times its bound a figure may be and still be the same news
_PEG = 1.95583  # leva to the euro, fixed by law since 1999
_LAX = frozenset(("duration", "distance", "mass", "area", "volume", "speed", "power", "energy", "temperature", "money"))


def compare(a: Value, b: Value) -> Relation:
    """How `a` stands to `b`; symmetric.

    "same": the figures agree, also after conversion of units and at the precision of the rounder one ("1.2 million" and
    1,234,567; 7 miles and 11.3 km; "more than 380,000" and 384,000, which is the bound at the bound's own precision;
    "September 2025" and "3 September 2025": a date within the other). Leva and euros are converted, by law; no other money.
    "approximation": no contradiction in letter, but not the same news: "about 400" and 384, "at least 12" and 15, 400 and
    384 (a round number), "10 to 15" and 12. A bound reaches to three times its figure, "about" a fifth of it.
    "different": they cannot both hold of the same thing.
    "incomparable": another kind, counted thing, group or currency, or a partial date that could mean either. Where one does
    not say what it counts or says "people", or both name it by lemmas of different languages, equal figures are "same" and others
    incomparable. Russian and Bulgarian "пострадали" compare with English "injured".
    """
    if a.kind != b.kind:
        return "incomparable"
    if a.kind == "date":
        return _dates(a, b)
    alike = _alike(a, b)
    if alike is False:
        return "incomparable"
    relation = _amounts(a, b)
    return relation if alike or relation == "same" or relation == "incomparable" else "incomparable"


def _alike(a: Value, b: Value) -> bool | None:
    """Whether two values count the same: None where that cannot be told."""
    if a.group and b.group and a.group != b.group:
        return False
    if a.what == b.what:
        return True
    if a.what is None or b.what is None:
        return None
    if frozenset((a.what, b.what)) in NEAR:
        return True
    if a.what in NOUNS and b.what in NOUNS:
        wider = "people" in (a.what, b.what) and NOUNS[a.what].kind == NOUNS[b.what].kind == "group"
        return None if wider else False
    return False if a.what[:2] == b.what[:2] and ":" in a.what and ":" in b.what else None


def _amounts(a: Value, b: Value) -> Relation:
    if a.kind == "money" and a.unit != b.unit:
        if {a.unit, b.unit} != {"BGN", "EUR"}:
            return "incomparable"
        rate = {"BGN": 1 / _PEG, "EUR": 1.0}
        return _measured(a, b, rate[a.unit], rate[b.unit])
    if a.kind == "percent" and a.unit != b.unit:
        return "incomparable"
    if a.kind == "score":
        return "same" if (a.low, a.high) in ((b.low, b.high), (b.high, b.low)) else "different"
    if a.kind == "ordinal":
        return "same" if a.low == b.low else "different" if a.what else "incomparable"
    if a.kind == "time" and "about" not in (a.hedge, b.hedge):
        return "same" if a.low == b.low else "different"
    return _measured(a, b, 1.0, 1.0)


def _measured(a: Value, b: Value, by_a: float, by_b: float) -> Relation:
    """The relation of two figures or ranges, each in base units times its factor."""
    one = _Range(a, by_a)
    two = _Range(b, by_b)
    if one.point and two.point and "range" not in (a.hedge, b.hedge):
        return _points(one, two, converted=a.unit != b.unit and a.kind in _LAX)
    if _close(one.low, two.low, _EQUAL) and _close(one.high, two.high, _EQUAL):
        return "same"
    tolerance = _ABOUT if "about" in (a.hedge, b.hedge) else _CONVERTED
    low, high = max(one.floor, two.floor), min(one.ceiling, two.ceiling)
    return "approximation" if low <= high or _close(low, high, tolerance) else "different"


class _Range:
    """The figures of a value, and how far its hedge lets them reach."""

    def __init__(self, value: Value, factor: float) -> None:
        self.hedge = value.hedge
        low, high = ends(value)
        self.low, self.high = low * factor, high * factor
        self.step = value.step * factor
        self.kind = value.kind
        self.point = self.low == self.high
        up = value.hedge in ("at_least", "more_than")
        down = value.hedge in ("at_most", "less_than")
        self.ceiling = self.high * _BOUND if up else self.high
        self.floor = self.low / _BOUND if down else self.low

    @property
    def bound(self) -> int:
        """1 for a lower bound, -1 for an upper one, 0 for none."""
        return (self.hedge in ("at_least", "more_than")) - (self.hedge in ("at_most", "less_than"))


def _close(a: float, b: float, part: float) -> bool:
    return abs(a - b) <= part * max(abs(a), abs(b))


def _round_step(one: _Range) -> float:
    """The precision a bare round number may have been rounded to: 384,000 to 380,000, 384 to 400."""
    size = abs(one.low)
    step = one.step or 1.0
    if size < 100 * step:
        return step
    while size % (step * 10) == 0 and step * 10 <= size:
        step *= 10
    return step if step >= 10 * (one.step or 1.0) else one.step or 1.0


def _points(one: _Range, two: _Range, *, converted: bool) -> Relation:
    a, b = one.low, two.low
    hedged = one.hedge != "exact" or two.hedge != "exact"
    if _close(a, b, _EQUAL if one.kind not in ("number", "percent") else 1e-9):
        return "approximation" if one.bound * two.bound < 0 and "exact" not in (one.hedge, two.hedge) else "same"
    apart = abs(a - b)
    if not one.bound and not two.bound:
        if converted and _close(a, b, _CONVERTED):
            return "approximation" if "about" in (one.hedge, two.hedge) and not _rounds(one, two, apart) else "same"
        if _rounds(one, two, apart):
            close = _close(a, b, _ROUNDED)
            return (
                "same"
                if close and "about" not in (one.hedge, two.hedge)
                else "approximation"
                if _close(a, b, _ABOUT)
                else "different"
            )
        if "about" in (one.hedge, two.hedge):
            return "approximation" if _close(a, b, _ABOUT) else "different"
        half = max(_round_step(one), _round_step(two)) / 2
        return "approximation" if not hedged and half >= 5 and apart <= half and _close(a, b, _ROUNDED) else "different"
    return _bounded(one, two)


def _rounds(one: _Range, two: _Range, apart: float) -> bool:
    """Whether one figure is the other at the coarser of the two stated precisions."""
    half = max(one.step, two.step) / 2
    return half > 0.5 * min(one.step, two.step) * 1.001 and apart <= half * 1.0001


def _bounded(one: _Range, two: _Range) -> Relation:
    """Where one or both are bounds: whether they can both hold, and whether they are the same news."""
    if not one.bound or (two.bound and one.low > two.low):
        one, two = two, one
    bound, other = one.low, two.low
    if one.bound and two.bound:
        if one.bound == two.bound:
            return "approximation" if max(bound, other) <= _BOUND * min(bound, other) else "different"
        low, high = (bound, other) if one.bound > 0 else (other, bound)
        return "approximation" if low <= high <= _BOUND * low else "different"
    holds = other >= bound if one.bound > 0 else other <= bound
    if not holds:
        return "approximation" if two.hedge == "about" and _close(bound, other, _ABOUT) else "different"
    step = _round_step(one)
    if abs(other - bound) < step and _close(other, bound, _ROUNDED) and two.hedge == "exact":
        return "same"
    ratio = other / bound if one.bound > 0 else bound / other if other else float("inf")
    return "approximation" if 0 < ratio <= _BOUND else "different"


# ---- dates

_MONTH_DAY = re.compile(r"--(\d\d)(?:-(\d\d)(?:/(\d\d))?)?")


def _dates(a: Value, b: Value) -> Relation:
    if a.low is None and b.low is None:
        return _partials(a, b)
    if a.low is None or b.low is None:
        return _partial_with_full(a, b) if a.low is None else _partial_with_full(b, a)
    (low, high), (first, last) = ends(a), ends(b)
    if (low >= first and high <= last) or (first >= low and last <= high):
        return "same"
    if low <= last and first <= high:
        return "approximation"
    gap = max(low, first) - min(high, last)
    reach = max(high - low, last - first) / 2 if "about" in (a.hedge, b.hedge) else 0
    return "approximation" if gap <= reach else "different"


def _partials(a: Value, b: Value) -> Relation:
    if a.partial == b.partial:
        return "same"
    one, two = _MONTH_DAY.fullmatch(a.partial or ""), _MONTH_DAY.fullmatch(b.partial or "")
    if one is None or two is None:
        return "incomparable"
    if one[1] != two[1]:
        return "different"
    return "same" if one[2] is None or two[2] is None else "different"


def _partial_with_full(partial: Value, full: Value) -> Relation:
    """Whether a day or month without a year can be that of a full date."""
    match = _MONTH_DAY.fullmatch(partial.partial or "")
    if match is None or full.unit not in ("day", "month"):
        return "incomparable"
    low, high = (date.fromordinal(int(end)) for end in ends(full))
    if low.month != int(match[1]) and high.month != int(match[1]):
        return "different"
    if match[2] is None or full.unit == "month":
        return "same"
    first, last = int(match[2]), int(match[3] or match[2])
    return "same" if first <= high.day and low.day <= last else "different"
