"""The values that a sentence states, and when two of them agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rag.answer.check.otherwise import DIGITS, bound, otherwise_written
from rag.answer.check.reading import Read
from rag.answer.check.words import marked
from rag.values import Value, compare
from rag.values.units import UNITS, WORDS

_CLOSE = 0.1  # how far from a figure "about" may be said of it
_CONVERTED = 0.03  # the same, after another unit
_EQUAL = 1e-6  # parts of a figure that tell no two apart
_UNEVEN = frozenset(("month", "year"))  # have no round number of days
_DAYS, _YEAR = 360, 367
_WRITTEN_YEAR = re.compile(r"\b\d{4}\b")
_SAYS_YEAR = re.compile(
    r"\b(?:years?|last|this|next|previous|coming|г|лани|догодина|тази|тая|(?:год|прошл|минувш|предыдущ|позапрошл|эт[аиу]|этот|этог|этом"
    r"|нынешн|текущ|следу|будущ|минал|изминал|предишн|предходн|настоящ|следващ|идн|идващ)\w*)\b",
    re.IGNORECASE,
)
# Metric prefixes as three languages write them; "mili" is Bulgarian.
_PREFIXES = re.compile(r"micro|milli|kilo|mega|giga|nano|микро|милли|мили|кило|мега|гига|нано")
_PREFIX_KEYS = {
    "микро": "micro",
    "милли": "milli",
    "мили": "milli",
    "кило": "kilo",
    "мега": "mega",
    "гига": "giga",
    "нано": "nano",
}
_JOINS = re.compile(r"\s*(?:,|and|и)?\s*")
_WEEK = 7
_TIMES = "time"  # what "twice" counts
_LOOSE = ("до ", "over ")  # say a bound, or something else: до 39 градов, chosen over five others


def stated(read: Read) -> tuple[Value, ...]:
    """The values of a sentence: an hour and 35 minutes are one, and "both" and "no" are none."""
    both = {(m.start, m.end) for m in marked(read.text, read.language) if m.family == "all"}
    found: list[Value] = []
    for value in read.values:
        spelt = not DIGITS.search(value.text)
        pair = value.low == value.high == 2 or value.kind != "number"
        if spelt and (value.low == value.high == 0 or (pair and any(a < value.end and value.start < b for a, b in both))):
            continue
        value = _with_unit_before(read, value)
        last = found[-1] if found else None
        if last and last.kind == value.kind == "duration" and value.hedge == "exact" and _joined(read.text, last, value):
            found[-1] = _sum(read.text, last, value)
        else:
            found.append(value)
    return tuple(found)


def _with_unit_before(read: Read, value: Value) -> Value:
    """An hour and 35 minutes: the hour stands without a figure."""
    places = read.places(value.start, value.end)
    if value.kind != "duration" or len(places) == 0 or places.start < 2 or read.words[places.start - 1].text not in ("and", "и"):
        return value
    word = read.words[places.start - 2]
    unit = UNITS.get(WORDS[read.language].get(word.text, ""))
    if unit is None or unit.kind != "duration" or value.low is None or value.high is None or value.low >= unit.factor:
        return value
    low, high = value.low + unit.factor, value.high + unit.factor
    return replace(value, start=word.start, text=read.text[word.start : value.end], low=low, high=high)


def _joined(text: str, one: Value, other: Value) -> bool:
    between = _JOINS.fullmatch(text, one.end, other.start) is not None
    return between and one.unit != other.unit and (one.low or 0) > (other.low or 0)


def _sum(text: str, one: Value, other: Value) -> Value:
    low, high = (one.low or 0) + (other.low or 0), (one.high or 0) + (other.high or 0)
    return replace(one, end=other.end, text=text[one.start : other.end], low=low, high=high, unit=other.unit, step=other.step)


def agree(own: Value, other: Value, beside: Sequence[Value] = ()) -> bool:
    """Whether a draft may say `own` where the source says `other`. `beside` are the draft's other values."""
    relation = compare(own, other)
    if own.kind == other.kind == "number" and ((own.what == _TIMES) != (other.what == _TIMES) or prefix(own) != prefix(other)):
        return False
    if relation == "same":
        return _hedged_alike(own, other) and not _is_part(own, other) and not _is_finer(own, other)
    if own.kind == other.kind == "date":
        return _same_by_name(own, other, beside)
    if relation == "incomparable" and _may_count_alike(own, other):
        own, other = replace(own, what=None, group=None), replace(other, what=None, group=None)
        relation = compare(own, other)
        if relation == "same" and bound(own) and not bound(other):
            return _hedged_alike(own, other)
    if relation == "incomparable" or own.low is None or own.high is None or other.low is None or other.high is None:
        return otherwise_written(own, other, beside)
    if relation != "approximation" or other.hedge != "exact" or not _is_rounder(own, other):
        return False
    near = abs(own.low - other.low) <= _CLOSE * abs(other.low) and abs(own.high - other.high) <= _CLOSE * abs(other.high)
    if own.unit != other.unit and abs(own.low - other.low) > max(own.step, other.step, _CONVERTED * abs(other.low)):
        return False
    return near and (own.hedge == "about" or bound(own) * (other.low - own.low) > 0)


def _may_count_alike(own: Value, other: Value) -> bool:
    """Whether two numbers would agree if they were equal: where one says people, or both say it in their own languages."""
    if own.kind != "number" or other.kind != "number" or None in (own.what, other.what):
        return False
    alike = compare(replace(own, hedge="exact"), replace(own, hedge="exact", what=other.what, group=other.group)) == "same"
    return alike or "people" in (own.what, other.what)


def prefix(value: Value) -> str | None:
    """The metric prefix of a unit that no list has: micro of microsieverts."""
    found = _PREFIXES.match((value.what or "").partition(":")[2])
    return _PREFIX_KEYS.get(found[0], found[0]) if found else None


def _is_finer(own: Value, other: Value) -> bool:
    """Whether a draft tells a figure or a date more exactly than the source has it: 48,001 of 48 thousand, 3 June of June."""
    if own.low is None or own.high is None or other.low is None or other.high is None:
        return False
    if own.kind == "date":
        inside = other.low <= own.low and own.high <= other.high and own.high - own.low < other.high - other.low
        return inside and own.unit != other.unit
    if bound(own) != bound(other) or own.kind == "score":
        return False
    if own.unit != other.unit and not _are_commensurable(own.unit, other.unit):
        return False
    rounded = 0.5 * own.step if own.step > other.step else 0.0
    return any(
        abs(mine - theirs) > max(rounded, _EQUAL * abs(theirs)) for mine, theirs in ((own.low, other.low), (own.high, other.high))
    )


def _are_commensurable(one: str, other: str) -> bool:
    """Whether so many of one unit make another, and no fraction: hours and minutes, tonnes and kilograms."""
    if one not in UNITS or other not in UNITS or "°F" in (one, other):
        return False
    small, large = sorted((UNITS[one].factor, UNITS[other].factor))
    times = large / small
    return abs(times - round(times)) < _EQUAL * times and {one, other}.isdisjoint(_UNEVEN)


def _is_part(own: Value, other: Value) -> bool:
    """Whether one of two dates is a span of days, months or years that holds the other, and more."""
    if own.kind != "date" or own.unit != other.unit or None in (own.low, own.high, other.low, other.high):
        return False
    wider = (own.low or 0) <= (other.low or 0) and (other.high or 0) <= (own.high or 0) and other.hedge != "about"
    return (own.low, own.high) != (other.low, other.high) and (own.unit == "day" or wider)


def _is_rounder(own: Value, other: Value) -> bool:
    """Whether a figure is told with fewer digits than another, or in another unit: nearly 400 of 384, and not over 755 of 800."""
    return own.unit != other.unit or _digits(own) < _digits(other) or not DIGITS.search(own.text + other.text)


def _digits(value: Value) -> int:
    return max(
        (len(m[0].strip("0.,")) for m in re.finditer(r"[\d.,]+", re.sub(r"[\u00a0 ,](?=\d{3})", "", value.text))), default=1
    )


def _same_by_name(own: Value, other: Value, beside: Sequence[Value]) -> bool:
    """On Thursday, of a day to come, against the Thursday past: a bare weekday, a bare month, and a day without its year are
    known by their names alone. `beside` are the other values of both, which may name the year."""
    if own.low is None or other.low is None or own.high is None or other.high is None:
        return False
    if own.unit == other.unit == "century":
        return abs(own.low - other.low) <= _YEAR  # the 1800s
    if own.unit != other.unit or own.unit not in ("day", "month"):
        return False
    apart = abs(own.low - other.low)
    bare = [v for v in (own, other) if not DIGITS.search(v.text)]
    if own.unit == "day" and bare:
        return apart == _WEEK
    if not _DAYS <= apart <= _YEAR:
        return False
    if _is_name(own):
        return own.resolved
    named = {date.fromordinal(int(v.low)).year for v in beside if v.kind == "date" and v.low is not None and v.text != own.text}
    return not own.resolved and other.resolved and _is_name(other) and date.fromordinal(int(own.low)).year in named


def _is_name(value: Value) -> bool:
    """Whether a date says no year: June, 3 June, the end of January."""
    return not _WRITTEN_YEAR.search(value.text) and not _SAYS_YEAR.search(value.text)


def _hedged_alike(own: Value, other: Value) -> bool:
    """Whether a draft keeps the source's "at least", "about", "up to", and adds none."""
    mine, theirs = bound(own), bound(other)
    if {own.hedge, other.hedge} == {"about", "less_than"}:
        return True  # almost, just under
    if mine != theirs:
        if (not mine or not theirs) and any(v.text.casefold().startswith(_LOOSE) for v in (own, other)):
            return True
        if mine == -1 and not theirs and own.low == other.low and _SCANT.match(other.text):
            return True  # no more than 120, only 120
        return "exact" in (own.hedge, other.hedge) and own.low != other.low and not theirs
    return True


def split(value: Value) -> tuple[Value, ...]:
    """The two ends of what may be a range, or a change from the one to the other; none of what surely is a range."""
    if value.hedge != "range" or value.low is None or value.high is None or not _FROM.match(value.text.casefold()):
        return ()
    return tuple(replace(value, hedge="exact", low=end, high=end) for end in (value.low, value.high))


_FROM = re.compile(r"(?:from|between|с|со|от|между)\b")
_SCANT = re.compile(r"(?:only|just|merely|barely|лишь|только|всего|едва|само)\b", re.IGNORECASE)
