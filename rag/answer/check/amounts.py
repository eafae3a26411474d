"""The values that a sentence states, and when two of them agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.check.reading import Read
from rag.answer.check.words import marked
from rag.values import Value, compare
from rag.values.units import UNITS, WORDS

DIGITS = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*")
_CLOSE = 0.1  # how far from a figure "about" may be said of it
_BOUNDS = {"at_least": 1, "more_than": 1, "at_most": -1, "less_than": -1}
_JOINS = re.compile(r"\s*(?:,|and|и)?\s*")
_LARGE = 1000  # from which a figure without a currency may be money, where money was named before it
_WEEK = 7
_MEASURED = frozenset(("duration", "distance", "area", "volume", "mass", "speed", "temperature", "power", "energy"))
_TIMES = "time"  # what "twice" counts
_LOOSE = ("до ", "over ")  # say a bound, or something else: до 39 градов, chosen over five others


def stated(read: Read) -> tuple[Value, ...]:
    """The values of a sentence: an hour and 35 minutes are one, and "both" and "no" are none."""
    both = {(m.start, m.end) for m in marked(read.text, read.language) if m.family == "all"}
    found: list[Value] = []
    for value in read.values:
        spelt = not DIGITS.search(value.text)
        if spelt and (value.low == value.high == 0 or any(start < value.end and value.start < end for start, end in both)):
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
    if (own.what == _TIMES) != (other.what == _TIMES) and own.kind == other.kind == "number":
        return False
    if relation == "same":
        return _hedged_alike(own, other) and not _is_part(own, other)
    if own.kind == other.kind == "date":
        return _same_weekday(own, other)
    if relation == "incomparable" or own.low is None or own.high is None or other.low is None or other.high is None:
        return _otherwise_written(own, other, beside)
    if relation != "approximation" or other.hedge != "exact" or not _is_rounder(own, other):
        return False
    near = abs(own.low - other.low) <= _CLOSE * abs(other.low) and abs(own.high - other.high) <= _CLOSE * abs(other.high)
    bound = _BOUNDS.get(own.hedge, 0)
    return near and (own.hedge == "about" or bound * (other.low - own.low) > 0)


def _is_part(own: Value, other: Value) -> bool:
    """Whether one of two dates is a span of days that holds the other, and more."""
    days = own.kind == other.kind == "date" and own.unit == other.unit == "day" and None not in (own.low, other.low)
    return days and (own.low, own.high) != (other.low, other.high)


def _is_rounder(own: Value, other: Value) -> bool:
    """Whether a figure is told with fewer digits than another, or in another unit: nearly 400 of 384, and not over 755 of 800."""
    return own.unit != other.unit or _digits(own) < _digits(other) or not DIGITS.search(own.text + other.text)


def _digits(value: Value) -> int:
    return max(
        (len(m[0].strip("0.,")) for m in re.finditer(r"[\d.,]+", re.sub(r"[\u00a0 ,](?=\d{3})", "", value.text))), default=1
    )


def _same_weekday(own: Value, other: Value) -> bool:
    """On Thursday, of a day to come, against the Thursday past: a bare weekday, or a bare month, is known by its name alone."""
    bare = other if DIGITS.search(own.text) else own
    if own.low is None or other.low is None or DIGITS.search(bare.text) or own.unit != other.unit:
        return False
    apart = abs(own.low - other.low)
    return apart == _WEEK if own.unit == "day" else own.unit == "month" and 360 <= apart <= 370


def _otherwise_written(own: Value, other: Value, beside: Sequence[Value]) -> bool:
    """After 70 minutes, in the 70th minute; aged 46, 46 years; 1,900 people, read as a year; 3 million after "dollars"."""
    kinds = {own.kind, other.kind}
    if kinds == {"time", "duration"}:
        return own.low == other.low and own.low is not None and "hour" in (own.unit, other.unit)
    if "number" in kinds and kinds & _MEASURED:
        return _elliptic(own, other, beside)
    if kinds == {"number"}:
        return (
            (own.low, own.high) == (other.low, other.high) and "people" in (own.what, other.what) and bound(own) == bound(other)
        )
    if kinds == {"age", "duration"}:
        age, span = (own, other) if own.kind == "age" else (other, own)
        return span.unit == "year" and _years(span) == age.low and bound(own) == bound(other)
    if kinds == {"number", "percent"}:
        number, share = (own, other) if own.kind == "number" else (other, own)
        named = any(v.kind == "percent" and v.unit == share.unit and v is not share for v in beside)
        return named and number.what is None and (number.low, number.high) == (share.low, share.high)
    if kinds == {"number", "money"}:
        number, money = (own, other) if own.kind == "number" else (other, own)
        named = any(v.kind == "money" and v.unit == money.unit for v in beside) if number is own else True
        return bool(named and number.what is None and number.low == money.low and (number.low or 0) >= _LARGE) and bound(
            own
        ) == bound(other)
    loose = (kinds & {"ordinal"} and kinds & {"duration", "number"}) or (
        kinds == {"date", "number"} and {"year", "decade"} & {own.unit, other.unit} != set()
    )
    if kinds in ({"ordinal", "duration"}, {"ordinal", "distance"}):
        return _figures(own) == _figures(other) != []
    return bool(loose) and _figures(own) == _figures(other) != [] and ("ordinal" not in kinds or _in_digits(own, other))


def _elliptic(own: Value, other: Value, beside: Sequence[Value]) -> bool:
    """22 minutes and not 45: the figure without a unit is in that of another beside it."""
    number, measure = (own, other) if own.kind == "number" else (other, own)
    named = any(v.kind == measure.kind and v.unit == measure.unit and v is not measure for v in beside)
    factor = UNITS[measure.unit].factor if measure.unit in UNITS else 0.0
    alike = factor and round((measure.low or 0) / factor, 6) == number.low and measure.low == measure.high
    return bool(named and number.what is None and alike) and bound(own) == bound(other)


def _in_digits(own: Value, other: Value) -> bool:
    return DIGITS.search(own.text) is not None and DIGITS.search(other.text) is not None


def _years(span: Value) -> float:
    return round((span.low or 0) / UNITS["year"].factor, 2)


def _figures(value: Value) -> list[str]:
    found = [re.sub(r"\D", "", m[0]) for m in DIGITS.finditer(value.text)]
    if found or value.low is None:
        return found
    if value.kind in ("duration", "distance"):
        return [f"{round(value.low / UNITS[value.unit].factor, 6):g}"]
    return [f"{value.low:g}"] if value.kind in ("number", "age", "ordinal") else []


def bound(value: Value) -> int:
    """1 where a value says it is the least, -1 where the most, else 0."""
    return _BOUNDS.get(value.hedge, 0)


def _hedged_alike(own: Value, other: Value) -> bool:
    """Whether a draft keeps the source's "at least", "about", "up to", and adds none."""
    mine, theirs = bound(own), bound(other)
    if {own.hedge, other.hedge} == {"about", "less_than"}:
        return True  # almost, just under
    if mine != theirs:
        if (not mine or not theirs) and any(v.text.casefold().startswith(_LOOSE) for v in (own, other)):
            return True
        return "exact" in (own.hedge, other.hedge) and own.low != other.low and not theirs
    return True


def split(value: Value) -> tuple[Value, ...]:
    """The two ends of what may be a range, or a change from the one to the other; none of what surely is a range."""
    if value.hedge != "range" or value.low is None or value.high is None or not _FROM.match(value.text.casefold()):
        return ()
    return tuple(replace(value, hedge="exact", low=end, high=end) for end in (value.low, value.high))


_FROM = re.compile(r"(?:from|с|со|от)\b")
