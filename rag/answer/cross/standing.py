"""How two answers to one question stand to each other, by what they say alone."""

from __future__ import annotations

from dataclasses import replace

from rag.answer.cross.actors import one_person
from rag.answer.cross.causes import other_place, same_cause
from rag.answer.cross.findings import Finding
from rag.answer.cross.wanted import listed
from rag.values import Relation as Standing
from rag.values import Value, compare

_YEAR = 365.25 * 24 * 3600
_WEEK = 7
_HALF_A_DAY = 12 * 3600.0
_APART = 100.0  # times the smaller figure
_MOST_DAYS = {"day": 550, "year": 15 * 365}  # between two dates of one thing, told by the day or month, or by the year
_ROUNDED = 1.08  # what may be the smaller one, rounded: three hours are not two and a half


def standing(one: Finding, other: Finding) -> Standing:
    """How two answers to one question stand to each other."""
    if one.value is not None and other.value is not None:
        return standing_of(one.value, other.value)
    if one.phrase and other.phrase:
        return "same" if same_cause(one, other) else "different"
    if one.place and other.place:
        return "different" if other_place(one, other) else "same"
    if one.name is not None and other.name is not None:
        return "same" if one_person(one.name, other.name) else "different"
    return "same" if one.positive == other.positive else "different"


def standing_of(one: Value, other: Value) -> Standing:
    """How two values that answer one question stand to each other."""
    if _weekday_apart(one, other) or _half_a_day_apart(one, other):
        return "same"
    found = compare(*comparable(one, other))
    if found == "approximation" and _plain(one) and _plain(other):
        found = "different" if ratio(one, other) > _ROUNDED else "same"
    return "incomparable" if found == "different" and _worlds_apart(one, other) else found


def _weekday_apart(one: Value, other: Value) -> bool:
    """Whether two days are a week apart, and one is told by a weekday alone, which may be the last or the next."""
    return (
        one.kind == other.kind == "date"
        and one.low is not None
        and other.low is not None
        and abs(one.low - other.low) == _WEEK
        and any(v.resolved and v.unit == "day" and not any(c.isdigit() for c in v.text) for v in (one, other))
    )


def _half_a_day_apart(one: Value, other: Value) -> bool:
    """Whether two times of day may be one, told by the morning's hours and by the day's: ten past seven, 19:10."""
    both = one.kind == other.kind == "time" and one.low is not None and other.low is not None
    return both and abs((one.low or 0.0) - (other.low or 0.0)) == _HALF_A_DAY


def comparable(one: Value, other: Value) -> tuple[Value, Value]:
    """Two values that answer one question: they count the same, whatever their nouns; an age may be a number of years, and a bare
    figure beside a sum of money is of its currency ("480 million")."""
    a, b = replace(one, what=None, group=None), replace(other, what=None, group=None)
    if {a.kind, b.kind} == {"age", "duration"} or {a.kind, b.kind} == {"age", "number"}:
        return _years(a), _years(b)
    if {a.kind, b.kind} == {"money", "number"} and not listed((one if one.kind == "number" else other).what):
        unit = a.unit if a.kind == "money" else b.unit
        return replace(a, kind="money", unit=unit), replace(b, kind="money", unit=unit)
    return a, b


def _years(value: Value) -> Value:
    if value.kind != "duration" or value.low is None or value.high is None:
        return replace(value, kind="age", unit="year")
    return replace(value, kind="age", unit="year", low=value.low / _YEAR, high=value.high / _YEAR, step=value.step / _YEAR)


def _worlds_apart(one: Value, other: Value) -> bool:
    """Whether two figures are so unlike that they are hardly of one thing: three years and four hours, or a day of this year and
    one of 1912."""
    if one.kind == other.kind == "date":
        whole = "year" if "year" in (one.unit, other.unit) else "day"
        return abs((one.low or 0.0) - (other.low or 0.0)) > _MOST_DAYS[whole]
    return one.kind not in ("time", "percent", "temperature", "score", "ordinal") and ratio(one, other) > _APART


def _plain(value: Value) -> bool:
    """Whether a value is one figure, told without a hedge."""
    return value.hedge == "exact" and value.low == value.high and value.kind != "date"


def ratio(one: Value, other: Value) -> float:
    """The larger figure as so many times the smaller; 1 where one is nothing."""
    low, high = sorted((abs(one.low or 0.0), abs(other.low or 0.0)))
    return high / low if low else 1.0
