"""Values of two kinds that say the same: aged 46 and 46 years, 3.4 million pounds of money and of weight, five years on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.text.numbers import CARDINALS
from rag.values import Value
from rag.values.units import ADJECTIVES, UNITS

DIGITS = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*")
_BOUNDS = {"at_least": 1, "more_than": 1, "at_most": -1, "less_than": -1}
_LARGE = 1000  # from which a figure without a currency may be money, where money was named before it
_MEASURED = frozenset(("duration", "distance", "area", "volume", "mass", "speed", "temperature", "power", "energy"))
# Kinds whose figure stands without its unit or word where another text has it: brothers aged 34 and 41, none stronger than 3.1.
_BARE = frozenset(("age", "magnitude"))
_WORDS = re.compile(r"[^\W\d_]+")
_AGO = re.compile(
    r"\b(?:ago|earlier|before|in|later|after|назад|ранее|раньше|через|спустя|преди|след|по-рано|по-късно)\b", re.IGNORECASE
)
# Names that several currencies share, and the pound of weight: which of them is meant is told by what stands around.
_NAMESAKES = (
    (frozenset(("pound", "GBP")), re.compile(r"pound|фунт|паунд|£", re.IGNORECASE)),
    (frozenset(("GBP", "TRY")), re.compile(r"лир|lira", re.IGNORECASE)),
    (frozenset(("USD", "AUD", "CAD", "NZD", "HKD")), re.compile(r"dollar|доллар|долар|\$", re.IGNORECASE)),
    (frozenset(("RUB", "BYN")), re.compile(r"rouble|ruble|рубл", re.IGNORECASE)),
)
_OWNERS = tuple(stem for stem, _, _ in ADJECTIVES)


def bound(value: Value) -> int:
    """1 where a value says it is the least, -1 where the most, else 0."""
    return _BOUNDS.get(value.hedge, 0)


def otherwise_written(own: Value, other: Value, beside: Sequence[Value]) -> bool:
    """Whether two values that cannot be compared say the same: after 70 minutes, in the 70th minute; aged 46, 46 years; 1,900
    people, read as a year; 3 million after "dollars". `beside` are the other values of both."""
    kinds: set[str] = {own.kind, other.kind}
    if kinds == {"time", "duration"}:
        return own.low == other.low and own.low is not None and "hour" in (own.unit, other.unit)
    if kinds == {"date", "duration"}:
        return _is_ago(own, other)
    if kinds <= {"money", "mass"}:
        return _is_namesake(own, other) and bound(own) == bound(other)
    if "number" in kinds and kinds & _MEASURED:
        return _elliptic(own, other, beside)
    if kinds == {"number"}:
        return _same_figure(own, other) and "people" in (own.what, other.what)
    if kinds == {"age", "duration"}:
        age, span = (own, other) if own.kind == "age" else (other, own)
        alike = (years(span.low), years(span.high)) == (age.low, age.high)
        return span.unit == "year" and alike and bound(age) * bound(span) >= 0
    if kinds == {"age", "ordinal"} or ("number" in kinds and kinds & _BARE):
        return _same_figure(own, other) and None in (own.what, other.what)
    if kinds == {"number", "percent"}:
        number, share = (own, other) if own.kind == "number" else (other, own)
        named = any(v.kind == "percent" and v.unit == share.unit and v is not share for v in beside)
        return named and number.what is None and (number.low, number.high) == (share.low, share.high)
    if kinds == {"number", "money"}:
        return _is_money(own, other, beside)
    return _counted_otherwise(own, other, kinds)


def _counted_otherwise(own: Value, other: Value, kinds: set[str]) -> bool:
    if kinds in ({"ordinal", "duration"}, {"ordinal", "distance"}):
        return figures_of(own) == figures_of(other) != []
    loose = (kinds & {"ordinal"} and kinds & {"duration", "number"}) or (
        kinds == {"date", "number"} and {"year", "decade"} & {own.unit, other.unit} != set()
    )
    return bool(loose) and figures_of(own) == figures_of(other) != [] and ("ordinal" not in kinds or _in_digits(own, other))


def _same_figure(own: Value, other: Value) -> bool:
    return (own.low, own.high) == (other.low, other.high) and bound(own) == bound(other)


def _is_ago(own: Value, other: Value) -> bool:
    """Three years ago, in three years; five years on, in five years' time: a date by its distance, and the distance."""
    date, span = (own, other) if own.kind == "date" else (other, own)
    told_from = date.resolved and _AGO.search(date.text) is not None
    if not told_from or date.unit != span.unit or span.unit not in UNITS or span.low is None:
        return False
    counts = {word for table in CARDINALS.values() for word in _WORDS.findall(date.text.casefold()) if word in table}
    told = [table[word] for table in CARDINALS.values() for word in counts if word in table]
    told += [float(m[0]) for m in re.finditer(r"\d+", date.text)]
    return round(span.low / UNITS[span.unit].factor, 6) in (told or [1.0]) and not bound(span)


def _is_namesake(own: Value, other: Value) -> bool:
    """So many pounds, lira or dollars, where the draft names no country."""
    units = frozenset((own.unit, other.unit))
    alike = any(units <= family and all(name.search(v.text) for v in (own, other)) for family, name in _NAMESAKES)
    owned = any(owner in own.text.casefold() for owner in _OWNERS)
    return alike and not owned and _in_units(own) == _in_units(other)


def _in_units(value: Value) -> tuple[float, ...]:
    factor = UNITS[value.unit].factor if value.unit in UNITS else 1.0
    return tuple(round(end / factor, 4) for end in (value.low, value.high) if end is not None)


def _is_money(own: Value, other: Value, beside: Sequence[Value]) -> bool:
    number, money = (own, other) if own.kind == "number" else (other, own)
    named = number is other or any(v.kind == "money" and v.unit == money.unit for v in beside)
    return named and number.what is None and (number.low or 0) >= _LARGE and _same_figure(own, other)


def _elliptic(own: Value, other: Value, beside: Sequence[Value]) -> bool:
    """22 minutes and not 45: the figure without a unit is in that of another beside it."""
    number, measure = (own, other) if own.kind == "number" else (other, own)
    named = any(v.kind == measure.kind and v.unit == measure.unit and v is not measure for v in beside)
    factor = UNITS[measure.unit].factor if measure.unit in UNITS else 0.0
    alike = factor and round((measure.low or 0) / factor, 6) == number.low and measure.low == measure.high
    return bool(named and number.what is None and alike) and bound(own) == bound(other)


def _in_digits(own: Value, other: Value) -> bool:
    return DIGITS.search(own.text) is not None and DIGITS.search(other.text) is not None


def years(seconds: float | None) -> float:
    """Seconds as years, to two decimal places."""
    return round((seconds or 0) / UNITS["year"].factor, 2)


def figures_of(value: Value) -> list[str]:
    """The figures of a value as they are written, without marks between digits; in words, the figure itself."""
    found = [re.sub(r"\D", "", m[0]) for m in DIGITS.finditer(value.text)]
    if found or value.low is None:
        return found
    if value.kind in ("duration", "distance"):
        return [f"{round(value.low / UNITS[value.unit].factor, 6):g}"]
    return [f"{value.low:g}"] if value.kind in ("number", "age", "ordinal") else []
