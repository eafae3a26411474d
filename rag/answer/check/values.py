"""Whether the figures, dates and units of a draft are those of its sources, and said of the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from rag.answer.check.amounts import agree, prefix, split, stated
from rag.answer.check.ballots import check_ballots
from rag.answer.check.counting import Match, as_of, figure_places, is_counted_otherwise, is_figure, words_beside, words_of
from rag.answer.check.derived import is_derived
from rag.answer.check.evidence import Case
from rag.answer.check.otherwise import DIGITS, bound, years
from rag.answer.check.reading import Read
from rag.answer.check.rivals import check_crossed, rival_of
from rag.answer.check.turns import check_turns
from rag.answer.check.words import marked
from rag.text.calendar import WEEKDAYS
from rag.types import Refused
from rag.values import Value, compare
from rag.values.units import UNITS, WORDS

_NEAR = 0.1
_CONVERTED = ("distance", "area", "volume", "mass", "speed", "temperature", "duration")
_BESIDE_COUNTED = 0.5  # the same as below, of the words beside
_HALVES = ("пол-", "полу", "half-")  # of what they are part of: пол-очка
_NEXT = 2
_OF = frozenset(("of", "из", "от"))
_REACHES = ("reach", "peak", "достиг", "достиж", "дости")
_WEEK = 7
_KNOWN = frozenset(("the", "these", "those", "эти", "этих", "те", "тех", "тези", "онези"))  # of whom both are meant
_FIRST = ("first", "перв", "първ")
_NTH = ({"ordinal", "duration"}, {"ordinal", "distance"})
_OFTEN = 10  # times that something was done
_GROWING = ("doubl", "tripl", "trebl", "quadr", "удв", "утр", "учетв", "вдв", "втр", "вчетв")  # how many times as large
_COUNTED = 0.45  # similarity of the words for what two equal numbers count
_TIMED = ("date", "time")
# Before a date or a span of time: which side of it is meant. Folded words right before it.
_SIDES = {
    "before": "before until till by до преди перед ahead прежде",
    "after": "after since from following спустя после через с со след начиная",
}
_BESIDE = {word: side for side, words in _SIDES.items() for word in words.split()}


def check_values(case: Case) -> Refused | None:
    """Why the values of the draft are not those of its sources; None where they are."""
    stated_values = stated(case.draft)
    matched = {value.start: list(_matches(case, value, stated_values)) for value in stated_values}
    for value in stated_values:
        matches = matched[value.start]
        if not matches:
            if _is_one(case, value) or _is_word_only(case, value) or is_derived(case, value):
                continue
            return _refused(case, value)
        if misnamed := _misnamed(case, value):
            return misnamed
        if rival := rival_of(case, value, stated_values, matched):
            return Refused(
                value.text, f"“{value.text}” is said of something else; here the source has “{rival.text}”.", _code(value)
            )
    if (
        twice := _used_twice(stated_values, matched)
        or _same_day_twice(case, stated_values, matched)
        or _repeated(case)
        or check_ballots(case)
    ):
        return twice
    pairs = {start: [(m.sentence, m.value) for m in found] for start, found in matched.items()}
    if crossed := check_crossed(case, stated_values, matched) or check_turns(case, pairs):
        return crossed
    for match in DIGITS.finditer(case.draft.text):
        if not _known(case, match):
            return Refused(match[0], f"“{match[0]}” does not stand in the cited passage.", "number")
    return None


def _misnamed(case: Case, value: Value) -> Refused | None:
    """A date of the draft with the weekday of another day, which no source has so."""
    if value.kind != "date" or value.low is None or value.low != value.high or not DIGITS.search(value.text):
        return None
    named = _weekdays(case.draft, value)
    if not named or date.fromordinal(int(value.low)).isoweekday() in named:
        return None
    if any(named & _weekdays(s.read, v) for s in case.sources for v in s.read.values if v.low == value.low):
        return None
    return Refused(value.text, f"“{value.text}” is not the weekday of that date.", "date")


def _weekdays(read: Read, value: Value) -> set[int]:
    """The weekdays that a date names."""
    table = WEEKDAYS[read.language]
    return {table[word] for i in read.places(value.start, value.end) if (word := read.words[i].text) in table}


def _code(value: Value) -> str:
    return "date" if value.kind in _TIMED else "number"


def _refused(case: Case, value: Value) -> Refused:
    figures = {re.sub(r"\W", "", m[0]) for source in case.sources for m in DIGITS.finditer(source.read.text)}
    digits = [re.sub(r"\W", "", m[0]) for m in DIGITS.finditer(value.text)]
    code = _code(value)
    if code == "number" and digits and set(digits) <= figures:
        code = "unit"
    return Refused(value.text, f"“{value.text}” is not what the cited passage says.", code)


def _matches(case: Case, value: Value, beside: Sequence[Value]) -> Iterator[Match]:
    for k in case.picked:
        own = as_of(case, k, value)
        role = _share(case.draft, own)
        source = case.sources[k].read
        there = stated(source)
        if _is_reached(case.draft, own) and any(v.hedge == "at_most" and v.low == own.low for v in there):
            own = replace(own, hedge="at_most")  # gusts reached 50 km/h, which blew at up to 50
        if _is_nearer(own, there):
            continue
        if role == "part":
            own = replace(own, what=None, group=None)  # three of the five: what they are is said of the five
        for other in (*there, *_changed(there, beside), *_ranged(there, own)):
            if role == "part" and _share(source, other) == "whole":
                continue
            said = agree(own, other, (*beside, *there)) or _counts_alike(case, own, k, other) or _is_times(case, own, other)
            if said and compare(own, other) == "incomparable" and is_counted_otherwise(case, own):
                continue
            if said and {own.kind, other.kind} in _NTH and not _is_nth(case.draft, own, source, other):
                continue
            if own.kind == "age" and other.kind == "duration" and _has_age(case):
                continue
            if said and _same_side(case.draft, own, source, other) and _is_week_of(case, k, own, other):
                yield Match(k, other)


def _ranged(there: Sequence[Value], own: Value) -> list[Value]:
    """Two figures of a sentence, one after the other, that the draft has as a range or a score: 76 votes to 74, 76:74."""
    if own.low == own.high:
        return []
    pairs = [(a, b) for a, b in pairwise(there) if a.kind == b.kind and (a.low, b.high) == (own.low, own.high)]
    return [
        replace(own, start=a.start, end=b.end, text=a.text, hedge="exact") for a, b in pairs if a.kind in (own.kind, "number")
    ]


def _has_age(case: Case) -> bool:
    """Whether the sentences tell of an age as such: no other span of years is one then."""
    return any(v.kind == "age" for k in case.picked for v in case.sources[k].read.values)


def _is_nth(draft: Read, own: Value, source: Read, other: Value) -> bool:
    """Whether an ordinal is of the unit that a span of time is of: in the 70th minute, after 70 minutes."""
    read, nth, span = (draft, own, other) if own.kind == "ordinal" else (source, other, own)
    after = read.places(nth.start, nth.end).stop
    word = read.words[after].text if after < len(read.words) else ""
    return WORDS[read.language].get(word, span.unit) == span.unit


def _is_times(case: Case, own: Value, other: Value) -> bool:
    """Whether one of two equal figures says how often, and the other how many: scored twice, two goals."""
    if not own.kind == other.kind == "number" or (own.what == "time") is (other.what == "time"):
        return False
    few = own.low == other.low and own.high == other.high and (own.low or 0) <= _OFTEN and own.hedge == other.hedge == "exact"
    often = own if own.what == "time" else other
    return few and not often.text.casefold().startswith(_GROWING) and not is_counted_otherwise(case, own)


def _share(read: Read, value: Value) -> str | None:
    """Whether a figure is a part of another, or the whole that one is a part of: six of the sixteen."""
    core = figure_places(read, value)
    if value.kind != "number" or value.what == "time" or not core:
        return None
    if core.stop < len(read.words) and read.words[core.stop].text in _OF:
        return "part"
    before = [i for i in range(max(0, core.start - _NEXT), core.start) if read.words[i].text in _OF]
    return "whole" if before and before[-1] and is_figure(read, before[-1] - 1) else None


def _is_reached(read: Read, value: Value) -> bool:
    """Whether a figure is said to be reached, as "up to" has it: gusts reached 50 km/h."""
    places = read.places(value.start, value.end)
    return any(read.words[i].text.startswith(_REACHES) for i in range(max(0, places.start - _NEXT), places.start))


def _is_week_of(case: Case, k: int, own: Value, other: Value) -> bool:
    """Whether a full date of the draft, where the source has but a weekday, is one within a week of the report."""
    published = case.sources[k].hit.document.published
    if own.kind != "date" or own.low == other.low or own.low is None or other.unit != "day" or published is None:
        return True
    return not DIGITS.search(own.text) or bool(DIGITS.search(other.text)) or abs(own.low - published.toordinal()) <= _WEEK


def _is_nearer(own: Value, there: Sequence[Value]) -> bool:
    """Whether a source has a figure in the draft's unit that is nearly the draft's, and not it: no other unit counts then."""
    if own.kind not in _CONVERTED or own.low is None:
        return False
    alike = [v for v in there if v.kind == own.kind and v.unit == own.unit and v.low is not None]
    return any(_is_near(own, v) for v in alike) and not any(agree(own, v) for v in alike)


def _is_near(own: Value, other: Value) -> bool:
    return abs((own.low or 0) - (other.low or 0)) <= _NEAR * abs(other.low or 0)


def _changed(there: Sequence[Value], beside: Sequence[Value]) -> list[Value]:
    """The ends of ranges, where the draft has both apart: the fare rose from four to five."""
    figures = [value.low for value in beside]
    ends = [split(value) for value in there]
    ends += [
        tuple(replace(v, kind="number", hedge="exact", low=end, high=end) for end in (v.low, v.high))
        for v in there
        if v.kind == "score"
    ]
    ends += [
        tuple(replace(v, kind="age", low=years(v.low), high=years(v.low)) for v in pair)
        for pair in ends
        if pair and pair[0].unit == "year"
    ]
    return [end for pair in ends if pair and _follow(figures, *(v.low for v in pair)) for end in pair]


def _follow(figures: Sequence[float | None], first: float | None, last: float | None) -> bool:
    return first in figures and last in figures and figures.index(first) < figures.index(last)


def _counts_alike(case: Case, own: Value, k: int, other: Value) -> bool:
    """Whether two equal numbers count what only the vectors of words tell to be the same, in a noun or beside it: five workers,
    five builders; 28 votes, 28 members who voted."""
    if own.kind != "number" or other.kind != "number" or (own.low, own.high) != (other.low, other.high):
        return False
    if prefix(own) != prefix(other):
        return False
    if bound(own) != bound(other) or "time" in (own.what, other.what):
        return False
    mine, theirs = words_of(case.draft, own), words_of(case.sources[k].read, other)
    if case.links(mine, k, theirs) >= _COUNTED:
        return True
    return case.links(words_beside(case.draft, own), k, words_beside(case.sources[k].read, other)) >= _BESIDE_COUNTED


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


def _is_one(case: Case, value: Value) -> bool:
    """Whether a value is but one of something that its source has without a number: one passenger, a passenger; a month."""
    if DIGITS.search(value.text) or value.low != value.high:
        return False
    if value.kind == "number":
        return value.low == 1 and _is_uncounted(case, value)
    unit = UNITS.get(value.unit)
    if unit is None or unit.kind != value.kind or value.low != unit.factor:
        return False
    reads = [case.sources[k].read for k in case.picked]
    return any(WORDS[r.language].get(w.text) == value.unit for r in reads for i, w in enumerate(r.words) if not _is_valued(r, i))


def _is_valued(read: Read, place: int) -> bool:
    return any(place in read.places(v.start, v.end) for v in read.values)


def _is_word_only(case: Case, value: Value) -> bool:
    """Whether a number that no figure gives is one that the source may put otherwise: second, the latter; two sides, both."""
    if DIGITS.search(value.text):
        return False
    source = [v for k in case.picked for v in stated(case.sources[k].read)]
    if value.kind == "ordinal":
        first = any(w.text.startswith(_FIRST) for k in case.picked for w in case.sources[k].read.words)
        return not first and not any(v.kind == "ordinal" for v in source)
    if value.kind != "number" or value.low != 2 or value.high != 2:
        return False
    both = any(m.family == "all" for k in case.picked for m in marked(case.sources[k].read.text, case.sources[k].read.language))
    places = case.draft.places(value.start, value.end)
    known = places.start > 0 and case.draft.words[places.start - 1].text in _KNOWN
    rivals = [v for v in source if v.kind == "number" and v.low != value.low and (v.what == value.what or v.what is None)]
    return (both or known) and not rivals


def _is_uncounted(case: Case, value: Value) -> bool:
    """Whether what the draft has one of stands in its source without a number: one passenger, a passenger."""
    counted = {
        (k, i) for k in case.picked for v in case.sources[k].read.values for i in case.sources[k].read.places(v.start, v.end)
    }
    for place in words_of(case.draft, value):
        column = int(case.aligned.best[place])
        k = int(case.aligned.owner[column])
        if case.aligned.words[column].text.startswith(_HALVES):
            continue
        if case.aligned.similar[place, column] >= _COUNTED and (k, column - int(case.aligned.offset[k])) not in counted:
            return True
    return False


def _used_twice(values: Sequence[Value], matched: dict[int, list[Match]]) -> Refused | None:
    """Two equal figures of the draft that rest on one of the source. Two units for one thing are no two figures."""
    for one, other in pairwise(sorted((v for v in values if v.kind not in _TIMED), key=lambda v: (v.kind, v.low or 0))):
        if compare(one, other) != "same" or one.unit != other.unit:
            continue
        spots = {(m.sentence, m.value.start) for v in (one, other) for m in matched[v.start]}
        if len(spots) < 2:
            return Refused(other.text, f"“{one.text}” and “{other.text}” rest on one figure of the source.", "number")
    return None


def _same_day_twice(case: Case, values: Sequence[Value], matched: dict[int, list[Match]]) -> Refused | None:
    """A weekday that the draft has twice and its sources once, beside a day that the draft has nowhere."""
    days = [v for v in values if v.kind == "date" and v.unit == "day" and not DIGITS.search(v.text)]
    spots = {(m.sentence, m.value.start) for v in days for m in matched[v.start]}
    others = {(k, v.start) for k in case.picked for v in case.sources[k].read.values if v.kind == "date" and v.unit == "day"}
    for one, other in pairwise(sorted(days, key=lambda v: v.low or 0)):
        shared = {(m.sentence, m.value.start) for v in (one, other) for m in matched[v.start]}
        if one.low == other.low and len(shared) == 1 and others - spots:
            return Refused(other.text, f"“{one.text}” and “{other.text}” rest on one day of the source.", "date")
    return None


def _repeated(case: Case) -> Refused | None:
    """A figure that the draft has more often than its sources."""
    days = [(v.start, v.end) for v in case.draft.values if v.kind in _TIMED]
    own = Counter(
        re.sub(r"\D", "", m[0])
        for m in DIGITS.finditer(case.draft.text)
        if not any(start <= m.start() < end for start, end in days)  # a day may be worked out from its weekday
    )
    for figure, times in own.items():
        there = sum(re.sub(r"\D", "", m[0]) == figure for s in case.sources for m in DIGITS.finditer(s.read.text))
        if times > max(there, 1):
            return Refused(figure, f"“{figure}” stands in the source but {there} times.", "number")
    return None


def _known(case: Case, digits: re.Match[str]) -> bool:
    """Whether digits are part of a value that was checked, or stand in the passage just so."""
    low, high = digits.span()
    if any(v.start < high and low < v.end for v in case.draft.values):
        return True
    figure = re.sub(r"\D", "", digits[0])
    return any(
        re.sub(r"\D", "", m[0]) == figure and not any(v.start < m.end() and m.start() < v.end for v in s.read.values)
        for s in case.sources
        for m in DIGITS.finditer(s.read.text)
    )
