"""Whether another figure of the sources than the one it agrees with fits what the draft says of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rag.answer.check.amounts import stated
from rag.answer.check.counting import Match, as_of, figure_places, fit_of, partner_words, words_of
from rag.answer.check.evidence import Case
from rag.answer.check.otherwise import DIGITS
from rag.answer.check.reading import Read
from rag.types import Refused
from rag.values import Value, compare

_RIVAL = 0.09  # how much better another figure must fit the draft's words before it is the one they are said of
_RIVAL_DATE = 0.2
_FOREIGN = 0.06  # where the value it agrees with stands in another sentence than what is said of it
_NEARLY = 0.93  # of what the best sentence has of the words around a value: another is as good
_GAPPED = frozenset(("number", "percent", "money"))
_SWAPPED = 0.05  # the same, of two figures of the draft both ways
_LOOSE = 0.05  # a year that holds the day of the source is less sure than a year beside it
_UNKNOWN = 0.12
_SURE = 0.6  # from which a word of the draft surely stands in a sentence
_CROSSED = 0.1
_COUNTED = 0.45  # similarity of the words for what two equal numbers count
_TIMED = ("date", "time")


def rival_of(case: Case, value: Value, others: Sequence[Value], matched: dict[int, list[Match]]) -> Value | None:
    """A value of the source that fits the draft's words much better than the one it agrees with, alone or exchanged."""
    matches = matched[value.start]
    homes = case.homes(figure_places(case.draft, value), _NEARLY)
    at_home = any(m.sentence in homes for m in matches)
    exact = any(m.value.unit == value.unit for m in matches)
    least = _RIVAL if value.kind != "date" else _RIVAL_DATE if exact else -_LOOSE
    written = DIGITS.search(value.text) is not None
    for k in dict.fromkeys((*case.picked, *homes)):
        own = as_of(case, k, value)
        for other in stated(case.sources[k].read):
            if not _is_of_kind(value, other, matches) or compare(own, other) == "same" or _is_tied(case, value, matches, k):
                continue
            may = _may_count(case, value, k, other)
            if not may and not _are_foreign(value, other):
                continue
            if at_home and _counts_another(value, other, matches):
                continue
            counted = all(words_of(case.sources[j].read, v) for j, v in ((k, other), *((m.sentence, m.value) for m in matches)))
            best, here = _best(case, value, matches, counted=counted), fit_of(case, value, k, other, counted=counted)
            twin = next((v for v in others if v.start != value.start and any(m.value == other for m in matched[v.start])), None)
            margin = least if at_home else _FOREIGN + (value.kind == "date") * _LOOSE
            if value.kind == "date" and written != bool(DIGITS.search(other.text)):
                margin = _RIVAL_DATE
            if not may:
                margin += _UNKNOWN  # what two languages count is told by the words around it alone
            if twin is None and here > best + margin:
                return other
            if twin is not None:
                crossed = here + _best(case, twin, matches, counted=counted)
                if crossed > best + _best(case, twin, matched[twin.start], counted=counted) + _SWAPPED:
                    return other
    return None


def _are_foreign(value: Value, other: Value) -> bool:
    """Whether two values count what only two languages' lemmas tell."""
    both = (value.what or "", other.what or "")
    return all(":" in what for what in both) and both[0][:2] != both[1][:2]


def _is_tied(case: Case, value: Value, matches: Sequence[Match], rival: int) -> bool:
    """Whether the word next before a value stands in the sentence it agrees with, and not in that of another figure."""
    places = case.draft.places(value.start, value.end)
    before = [i for i in range(places.start) if case.draft.words[i].telling] if places else []
    if not before or any(m.sentence == rival for m in matches):
        return False
    there = max((float(case.aligned.covers(m.sentence)[before[-1]]) for m in matches), default=0.0)
    return there >= _SURE and float(case.aligned.covers(rival)[before[-1]]) < _COUNTED


def _may_count(case: Case, value: Value, k: int, other: Value) -> bool:
    """Whether two values may count the same, where both say what they count."""
    if value.what is None or other.what is None or value.what == other.what:
        return True
    return case.links(words_of(case.draft, value), k, words_of(case.sources[k].read, other)) >= _COUNTED


def _is_of_kind(value: Value, other: Value, matches: Sequence[Match] = ()) -> bool:
    """Whether one of two values may stand where the other does; a date where one that agrees with it is written so."""
    if (value.what == "time") is not (other.what == "time"):
        return False
    if value.kind == "date" == other.kind:
        figures = {bool(DIGITS.search(v.text)) for v in (value, *(m.value for m in matches))}
        return value.unit == other.unit and bool(DIGITS.search(other.text)) in figures
    if value.kind != other.kind:
        gapped = {value.kind, other.kind} <= _GAPPED
        return gapped and all(v.what is None for v in (value, other) if v.kind == "number")
    return True


def _counts_another(value: Value, other: Value, matches: Sequence[Match]) -> bool:
    """Whether what is counted tells that the value is in its right place."""
    return value.what is not None and any(m.value.what == value.what for m in matches) and other.what not in (None, value.what)


def _best(case: Case, value: Value, matches: Sequence[Match], *, counted: bool) -> float:
    return max((fit_of(case, value, m.sentence, m.value, counted=counted) for m in matches), default=0.0)


def check_crossed(case: Case, values: Sequence[Value], matched: dict[int, list[Match]]) -> Refused | None:
    """Two figures of the draft that its source has in the other order, where what they are said of keeps its order."""
    turns = {m.value.low == v.low for v in values if v.kind == "score" and v.low != v.high for m in matched[v.start]}
    if len(turns) > 1:
        score = next(v for v in values if v.kind == "score")
        return Refused(score.text, "Some of the scores stand the other way round in the source.", "number")
    for one, other in pairwise(values):
        mine, theirs = matched[one.start], matched[other.start]
        if len(mine) != 1 or len(theirs) != 1 or mine[0].sentence != theirs[0].sentence:
            continue
        last, first = mine[0].value, theirs[0].value
        if first.end > last.start or not _is_of_kind(one, first) or one.kind in _TIMED:
            continue
        draft, source = _segments(case.draft, one, other), _segments(case.sources[mine[0].sentence].read, first, last)
        if not all((*draft, *source)):
            continue
        k = mine[0].sentence
        counted = [
            (partner_words(case.draft, v), partner_words(case.sources[k].read, o)) for v, o in ((one, last), (other, first))
        ]
        straight = min(case.links(own, k, there) for own, there in counted)
        if straight > max(case.links(counted[0][0], k, counted[1][1]), case.links(counted[1][0], k, counted[0][1])):
            continue  # what each counts tells that they are in their places
        kept = _alike(case, draft[0], k, source[0]) + _alike(case, draft[1], k, source[1])
        turned = _alike(case, draft[0], k, source[1]) + _alike(case, draft[1], k, source[0])
        if kept > turned + _CROSSED:
            return Refused(one.text, f"“{one.text}” and “{other.text}” stand the other way round in the source.", "number")
    return None


def _segments(read: Read, one: Value, other: Value) -> tuple[list[int], list[int]]:
    """The telling words before the first of two values, and those between both."""
    low, high = read.places(one.start, one.end), read.places(other.start, other.end)
    valued = {i for v in read.values for i in read.places(v.start, v.end)}
    telling = [i for i, word in enumerate(read.words) if word.telling and i not in valued]
    return [i for i in telling if i < low.start], [i for i in telling if low.stop <= i < high.start]


def _alike(case: Case, places: Sequence[int], sentence: int, others: Sequence[int]) -> float:
    """How well some words of a sentence have some of the draft: their mean likeness."""
    return sum(case.links([i], sentence, others) for i in places) / len(places)
