"""Whether figures and dates stand on the sides that the sources have them on: from and to, instead of, of so many, the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rag.answer.check.amounts import stated
from rag.answer.check.evidence import Case
from rag.answer.check.reading import Read
from rag.types import Refused
from rag.values import Value
from rag.values.hedges import CHANGES
from rag.values.vocabulary import words

_FROM = words("from с со от")
_TO = words("to до")
_OLD = words("вместо спрямо instead than")  # say by themselves that a figure is the one that was, or was to be
_OLD_PAIRS = frozenset((("instead", "of"), ("rather", "than"), ("compared", "with"), ("compared", "to"), ("сравнению", "с")))
_OLD_PAIRS |= frozenset((("сравнение", "с"), ("and", "not"), ("а", "не"), ("down", "from"), ("up", "from")))
_IN = words("in on at for в во на за през към")
_MORE = words("more less fewer greater larger other rather")  # more than 5 is no figure that was
_OPENS = 2  # places from the beginning at which the whole of "of the 380" may stand
_OF = words("of among из от сред среди измежду")
_REACH = 6  # words before a figure within which a verb says that something rose or fell to it
_SIDES = {"from": "to", "to": "from"}
_FIRST = ("first", "перв", "първ")
_INITIAL = (*_FIRST, "впервые", "пръв", "initial", "original", "начал", "debut", "дебют", "earliest", "opening", "unprecedented")
_ALIKE = 0.4  # similarity of the words for what is the first


def check_turns(case: Case, matched: Mapping[int, Sequence[tuple[int, Value]]]) -> Refused | None:
    """Why a figure or a date of the draft stands on another side than in its sources; None where none does. `matched` are, by
    where a value begins, the sentences and values that it agrees with."""
    mine = _ends(case.draft)
    theirs = {k: _ends(case.sources[k].read) for k in case.picked}
    for value in stated(case.draft):
        own = mine.get(value.start)
        found = [_end(case.sources[k].read, theirs[k], other) for k, other in matched.get(value.start, ()) if k in theirs]
        if own and found and all(end == _SIDES[own] for end in found):
            return _turned(value)
    return _whole(case) or _first(case)


def _turned(value: Value) -> Refused:
    code = "date" if value.kind in ("date", "time") else "number"
    return Refused(value.text, f"“{value.text}” stands on the other side in the source.", code)


def _end(read: Read, ends: Mapping[int, str], value: Value) -> str | None:
    """The side of a value of a sentence, which may be one end of a span."""
    whole = next((v for v in read.values if v.start == value.start and v.low != v.high and value.low == value.high), None)
    if whole is not None:
        return "from" if value.low == whole.low else "to"
    return ends.get(value.start)


def _ends(read: Read) -> dict[int, str]:
    """Which values of a sentence are those that something changed from, and which those that it changed to."""
    values = [v for v in stated(read) if v.low == v.high or v.kind == "date"]
    led = {v.start: _led(read, v) for v in values}
    found = {v.start: "from" for v in values if led[v.start] == "old"}
    alike = [pair for kind in {v.kind for v in values} for pair in pairwise(v for v in values if v.kind == kind)]
    for one, other in alike:
        sides = (led[one.start], led[other.start])
        if sides in (("from", "to"), ("old", "to"), ("old", None)):
            found |= {one.start: "from", other.start: "to"}
        elif sides in (("to", "from"), ("to", "old"), (None, "old")):
            found |= {one.start: "to", other.start: "from"}
    return found | {v.start: "to" for v in values if led[v.start] == "to" and v.start not in found and _changes(read, v)}


def _led(read: Read, value: Value) -> str | None:
    """Which side the words right before a value, or its own first word, say."""
    places = read.places(value.start, value.end)
    if not places:
        return None
    before = [read.words[i].text for i in range(max(0, places.start - 3), places.start)]
    if before and before[-1] in _IN:
        before.pop()
    before = before[-2:]
    last = before[-1] if before else ""
    if tuple(before) in _OLD_PAIRS or (last in _OLD and not (len(before) == 2 and before[0] in _MORE)):
        return "old"
    inside = read.words[places.start].text
    if last in _FROM or inside in _FROM:
        return "from"
    return "to" if last in _TO or inside in _TO else None


def _changes(read: Read, value: Value) -> bool:
    places = read.places(value.start, value.end)
    near = range(max(0, places.start - _REACH), places.start)
    return any(
        read.clause[i] == read.clause[places.start] and read.words[i].text.startswith(CHANGES[read.language]) for i in near
    )


def _whole(case: Case) -> Refused | None:
    """More of some things than there are: of the 380 buildings, 1,150."""
    numbers = [v for v in stated(case.draft) if v.kind == "number" and v.what != "time" and v.low is not None]
    for whole, part in pairwise(numbers):
        places = case.draft.places(whole.start, whole.end)
        led = places and places.start <= _OPENS and case.draft.words[0].text in _OF
        if led and (whole.low or 0) < (part.low or 0) and part.what in (None, whole.what):
            return _turned(part)
    return None


def _first(case: Case) -> Refused | None:
    """The first of what the sources have another one of: the first unit, where it was the second."""
    reads = [case.sources[k].read for k in case.picked]
    if any(word.text.startswith(_INITIAL) for read in reads for word in read.words):
        return None
    for place, word in enumerate(case.draft.words[:-1]):
        if not word.text.startswith(_FIRST) or not case.draft.words[place + 1].telling:
            continue
        for k in case.picked:
            read = case.sources[k].read
            own = {v.low for v in case.draft.values if v.kind == "ordinal"}
            for v in (v for v in read.values if v.kind == "ordinal" and (v.low or 0) > 1 and v.low not in own):
                after = read.places(v.start, v.end)
                counted = [after.stop] if after.stop < len(read.words) else []
                if case.links([place + 1], k, counted) >= _ALIKE:
                    said = case.draft.text[word.start : word.end]
                    return Refused(said, f"“{said}”: the source has “{v.text}”.", "number")
    return None
