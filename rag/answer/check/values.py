"""Whether the figures, dates and units of a draft are those of its sources, and said of the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.answer.check.evidence import Case
from rag.answer.check.reading import Read
from rag.answer.check.words import marked
from rag.text.normalise import fold_word
from rag.text.numbers import CARDINALS, FRACTIONS, SCALES
from rag.types import Refused
from rag.values import Value, compare
from rag.values.units import UNITS, WORDS

_DIGITS = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*")
_CLOSE = 0.1  # how far from a figure "about" may be said of it
_RIVAL = 0.12  # how much better another figure must fit the draft's words before it is the one they are said of
_RIVAL_DATE = 0.2
_SWAPPED = 0.05  # the same, of two figures of the draft both ways
_LOOSE = 0.05  # a year that holds the day of the source is less sure than a year beside it
_BOUNDS = {"at_least": 1, "more_than": 1, "at_most": -1, "less_than": -1}
_JOINS = re.compile(r"\s*(?:,|and|и)?\s*")
_LARGE = 1000  # from which a figure without a currency may be money, where money was named before it
_COUNTED = 0.45  # similarity of the words for what two equal numbers count
_WEEK = 7
_TIMED = ("date", "time")
# Before a date or a span of time: which side of it is meant. Folded words right before it.
_SIDES = {
    "before": "before until till by до к ко преди перед ahead прежде",
    "after": "after since from following спустя после через с со след от начиная",
}
_BESIDE = {word: side for side, words in _SIDES.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Match:
    """A value of a sentence that a value of the draft agrees with."""

    sentence: int
    value: Value


def check_values(case: Case) -> Refused | None:
    """Why the values of the draft are not those of its sources; None where they are."""
    stated_values = stated(case.draft)
    matched = {value.start: list(_matches(case, value, stated_values)) for value in stated_values}
    for value in stated_values:
        matches = matched[value.start]
        if not matches:
            if (_is_one(value) and _is_uncounted(case, value)) or _is_word_only(case, value):
                continue
            return _refused(case, value)
        if rival := _rival(case, value, stated_values, matched):
            return Refused(
                value.text, f"“{value.text}” is said of something else; here the source has “{rival.text}”.", _code(value)
            )
    if twice := _used_twice(stated_values, matched) or _repeated(case):
        return twice
    for match in _DIGITS.finditer(case.draft.text):
        if not _known(case, match):
            return Refused(match[0], f"“{match[0]}” does not stand in the cited passage.", "number")
    return None


def stated(read: Read) -> tuple[Value, ...]:
    """The values of a sentence: an hour and 35 minutes are one, and "both" is none."""
    both = {(m.start, m.end) for m in marked(read.text, read.language) if m.family == "all"}
    found: list[Value] = []
    for value in read.values:
        if any(start < value.end and value.start < end for start, end in both) and not _DIGITS.search(value.text):
            continue
        value = _with_unit_before(read, value)
        last = found[-1] if found else None
        if last and last.kind == value.kind == "duration" and _joined(read.text, last, value):
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


def _code(value: Value) -> str:
    return "date" if value.kind in _TIMED else "number"


def _refused(case: Case, value: Value) -> Refused:
    figures = {re.sub(r"\W", "", m[0]) for source in case.sources for m in _DIGITS.finditer(source.read.text)}
    digits = [re.sub(r"\W", "", m[0]) for m in _DIGITS.finditer(value.text)]
    code = _code(value)
    if code == "number" and digits and set(digits) <= figures:
        code = "unit"
    return Refused(value.text, f"“{value.text}” is not what the cited passage says.", code)


def _as_of(case: Case, sentence: int, value: Value) -> Value:
    """The value as it reads on the day of the sentence's report."""
    if value.kind != "date":
        return value
    return next((v for v in case.draft_for(sentence).values if v.start == value.start), value)


def _matches(case: Case, value: Value, beside: Sequence[Value]) -> Iterator[Match]:
    for k in case.picked:
        own = _as_of(case, k, value)
        source = case.sources[k].read
        for other in stated(source):
            said = agree(own, other, beside) or _counts_alike(case, own, k, other)
            if said and compare(own, other) == "incomparable" and _is_counted_otherwise(case, own):
                continue
            if said and _same_side(case.draft, own, source, other):
                yield Match(k, other)


def _is_counted_otherwise(case: Case, own: Value) -> bool:
    """Whether the passages give another number for just what the draft counts: 14 injured, where it has 212 injured."""
    return own.what is not None and any(
        v.kind == own.kind and v.what == own.what and v.low != own.low for s in case.sources for v in s.read.values
    )


def _counts_alike(case: Case, own: Value, k: int, other: Value) -> bool:
    """Whether two equal numbers count what only the vectors of words tell to be the same: five workers, five builders."""
    if (
        own.kind != "number"
        or other.kind != "number"
        or (own.low, own.high) != (other.low, other.high)
        or _bound(own) != _bound(other)
    ):
        return False
    return case.links(_around(case.draft, own), k, _around(case.sources[k].read, other)) >= _COUNTED


def agree(own: Value, other: Value, beside: Sequence[Value] = ()) -> bool:
    """Whether a draft may say `own` where the source says `other`. `beside` are the draft's other values."""
    relation = compare(own, other)
    if relation == "same":
        return _hedged_alike(own, other)
    if own.kind == other.kind == "date":
        return _same_weekday(own, other)
    if relation == "incomparable" or own.low is None or own.high is None or other.low is None or other.high is None:
        return _otherwise_written(own, other, beside)
    if relation != "approximation" or other.hedge != "exact":
        return False
    near = abs(own.low - other.low) <= _CLOSE * abs(other.low) and abs(own.high - other.high) <= _CLOSE * abs(other.high)
    bound = _BOUNDS.get(own.hedge, 0)
    return near and (own.hedge == "about" or bound * (other.low - own.low) > 0)


def _same_weekday(own: Value, other: Value) -> bool:
    """On Thursday, of a day to come, against the Thursday past: a bare weekday, or a bare month, is known by its name alone."""
    if own.low is None or other.low is None or _DIGITS.search(own.text + other.text) or own.unit != other.unit:
        return False
    apart = abs(own.low - other.low)
    return apart == _WEEK if own.unit == "day" else own.unit == "month" and 360 <= apart <= 370


def _otherwise_written(own: Value, other: Value, beside: Sequence[Value]) -> bool:
    """After 70 minutes, in the 70th minute; aged 46, 46 years; 1,900 people, read as a year; 3 million after "dollars"."""
    kinds = {own.kind, other.kind}
    if kinds == {"number"}:
        return (
            (own.low, own.high) == (other.low, other.high) and "people" in (own.what, other.what) and _bound(own) == _bound(other)
        )
    if kinds == {"age", "duration"}:
        years = {v.text for v in (own, other) if v.kind == "duration" and v.unit != "year"}
        return not years and _figures(own) == _figures(other) != []
    if kinds == {"number", "money"}:
        number, money = (own, other) if own.kind == "number" else (other, own)
        named = any(v.kind == "money" and v.unit == money.unit for v in beside) if number is own else True
        return bool(named and number.what is None and number.low == money.low and (number.low or 0) >= _LARGE) and _bound(
            own
        ) == _bound(other)
    loose = (kinds & {"ordinal"} and kinds & {"duration", "number"}) or (
        kinds == {"date", "number"} and {"year", "decade"} & {own.unit, other.unit} != set()
    )
    return bool(loose) and _figures(own) == _figures(other) != []


def _figures(value: Value) -> list[str]:
    found = [re.sub(r"\D", "", m[0]) for m in _DIGITS.finditer(value.text)]
    return found or ([f"{value.low:g}"] if value.kind in ("number", "age") and value.low is not None else [])


def _bound(value: Value) -> int:
    return _BOUNDS.get(value.hedge, 0)


def _hedged_alike(own: Value, other: Value) -> bool:
    """Whether a draft keeps the source's "at least", "about", "up to", and adds none."""
    mine, theirs = _bound(own), _bound(other)
    if {own.hedge, other.hedge} == {"about", "less_than"}:
        return True  # almost, just under
    if mine != theirs:
        return "exact" in (own.hedge, other.hedge) and own.low != other.low and not theirs
    return True


def _same_side(draft: Read, own: Value, source: Read, other: Value) -> bool:
    """Whether both are before, or both after, where both say so."""
    sides = {_side(draft, own), _side(source, other)} - {None}
    return len(sides) < 2


def _side(read: Read, value: Value) -> str | None:
    """Whether something is said to be before or after a date or a span of time."""
    if value.kind not in ("date", "duration", "time"):
        return None
    places = read.places(value.start, value.end)
    if value.kind != "date" or not places:
        after = places and places.stop < len(read.words) and read.words[places.stop]
        return (
            _BESIDE.get(after.text)
            if after and after.text in ("before", "after", "after", "спустя", "преди", "след", "до", "после")
            else None
        )
    before = [read.words[i].text for i in range(max(0, places.start - 2), places.start)]
    inside = [read.words[places.start].text]
    return next((_BESIDE[word] for word in [*inside, *reversed(before)] if word in _BESIDE), None)


def _is_one(value: Value) -> bool:
    return value.kind == "number" and value.low == value.high == 1 and not _DIGITS.search(value.text)


def _is_word_only(case: Case, value: Value) -> bool:
    """Whether a number that no figure gives is one that the source may put otherwise: second, the latter; two sides, both."""
    if _DIGITS.search(value.text):
        return False
    source = [v for k in case.picked for v in stated(case.sources[k].read)]
    if value.kind == "ordinal":
        return not any(v.kind == "ordinal" for v in source)
    both = any(m.family == "all" for k in case.picked for m in marked(case.sources[k].read.text, case.sources[k].read.language))
    return value.kind == "number" and value.low == value.high == 2 and both and not any(v.kind == "number" for v in source)


def _is_uncounted(case: Case, value: Value) -> bool:
    """Whether what the draft has one of stands in its source without a number: one passenger, a passenger."""
    counted = {
        (k, i) for k in case.picked for v in case.sources[k].read.values for i in case.sources[k].read.places(v.start, v.end)
    }
    for place in _around(case.draft, value):
        column = int(case.aligned.best[place])
        k = int(case.aligned.owner[column])
        if case.aligned.similar[place, column] >= _COUNTED and (k, column - int(case.aligned.offset[k])) not in counted:
            return True
    return False


def _around(read: Read, value: Value) -> list[int]:
    return [i for i in read.places(value.start, value.end) if not _is_figure(read, i)]


def _is_figure(read: Read, place: int) -> bool:
    word = read.words[place].text
    return word[0].isdigit() or any(word in table[read.language] for table in (CARDINALS, SCALES, FRACTIONS))


def _core(read: Read, value: Value) -> range:
    """The places of the words of a value that are its figure; all of them where none is."""
    places = read.places(value.start, value.end)
    figures = [i for i in places if _is_figure(read, i)]
    return range(figures[0], figures[-1] + 1) if figures else places


def _rival(case: Case, value: Value, others: Sequence[Value], matched: dict[int, list[Match]]) -> Value | None:
    """A value of the source that fits the draft's words much better than the one it agrees with, alone or exchanged."""
    best = _best(case, value, matched[value.start])
    exact = any(m.value.unit == value.unit for m in matched[value.start])
    least = _RIVAL if value.kind != "date" else _RIVAL_DATE if exact else -_LOOSE
    for k in case.picked:
        own = _as_of(case, k, value)
        for other in stated(case.sources[k].read):
            if other.kind != value.kind or compare(own, other) == "same" or (value.kind == "date" and other.unit != value.unit):
                continue
            if _counts_another(value, other, matched[value.start]):
                continue
            here = _fit(case, value, k, other)
            twin = next((v for v in others if v.start != value.start and any(m.value == other for m in matched[v.start])), None)
            if twin is None and here > best + least:
                return other
            if twin is not None:
                crossed = here + _best(case, twin, matched[value.start])
                if crossed > best + _best(case, twin, matched[twin.start]) + _SWAPPED:
                    return other
    return None


def _counts_another(value: Value, other: Value, matches: Sequence[Match]) -> bool:
    """Whether what is counted tells that the value is in its right place."""
    return value.what is not None and any(m.value.what == value.what for m in matches) and other.what not in (None, value.what)


def _best(case: Case, value: Value, matches: Sequence[Match]) -> float:
    return max((_fit(case, value, m.sentence, m.value) for m in matches), default=0.0)


def _fit(case: Case, value: Value, sentence: int, other: Value) -> float:
    return case.fit(_core(case.draft, value), sentence, _core(case.sources[sentence].read, other))


def _used_twice(values: Sequence[Value], matched: dict[int, list[Match]]) -> Refused | None:
    """Two equal figures of the draft that rest on one of the source. Two units for one thing are no two figures."""
    for one, other in pairwise(sorted((v for v in values if v.kind not in _TIMED), key=lambda v: (v.kind, v.low or 0))):
        if compare(one, other) != "same" or one.unit != other.unit:
            continue
        spots = {(m.sentence, m.value.start) for v in (one, other) for m in matched[v.start]}
        if len(spots) < 2:
            return Refused(other.text, f"“{one.text}” and “{other.text}” rest on one figure of the source.", "number")
    return None


def _repeated(case: Case) -> Refused | None:
    """A figure that the draft has more often than its sources."""
    own = Counter(re.sub(r"\D", "", m[0]) for m in _DIGITS.finditer(case.draft.text))
    for figure, times in own.items():
        there = sum(re.sub(r"\D", "", m[0]) == figure for s in case.sources for m in _DIGITS.finditer(s.read.text))
        if times > max(there, 1):
            return Refused(figure, f"“{figure}” stands in the source but {there} times.", "number")
    return None


def _known(case: Case, digits: re.Match[str]) -> bool:
    """Whether digits are part of a value that was checked, or stand in the passage just so."""
    low, high = digits.span()
    if any(v.start < high and low < v.end for v in case.draft.values):
        return True
    figure = re.sub(r"\D", "", digits[0])
    return any(re.sub(r"\D", "", m[0]) == figure for s in case.sources for m in _DIGITS.finditer(fold_word(s.read.text)))
