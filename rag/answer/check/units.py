"""Whether units that stand without a figure, and how many times something was done, are as the source has them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rag.answer.check.amounts import stated
from rag.answer.check.evidence import Case
from rag.answer.check.moments import check_moments
from rag.answer.check.rates import check_rates
from rag.answer.check.reading import Read
from rag.types import Refused
from rag.values.units import UNITS, WORDS

# Beginnings of words that say of a rate, a span of time or an age which unit it is counted in.
_ADVERBS = {
    "hour": "hourly ежечас почасов ежечасн",
    "day": "daily ежеднев ежесуточн сутки суток денонощ дневно всекиднев",
    "week": "weekly weeklong еженедел недельн седмичн",
    "month": "monthly ежемесяч месячн месечн",
    "year": "yearly annual ежегод годов годишн year-",
    "decade": "decade",
    "century": "centur столет",
}
_TIMES = {
    2: "twice doubled twofold дважды двукрат вдвое удвоил удвоен удвоя",
    3: "thrice tripled threefold трижды трехкрат втрое утроил утроен утроя трикрат",
    4: "quadrupl fourfold четырежды вчетверо четирикрат",
}
_KINDS = frozenset(
    ("duration", "distance", "mass", "area", "volume", "speed", "power", "energy", "temperature", "percent", "money")
)
_LEAST = 4  # letters, of which shorter words are also other things: are, min, sec


def check_units(case: Case) -> Refused | None:
    """Why a unit of the draft that stands outside its figures is not in its sources; None where all are."""
    valued = {i for draft in case.drafts.values() for v in stated(draft) for i in draft.places(v.start, v.end)}
    there = {unit for k in case.picked for unit in _all_units(case.sources[k].read)}
    for place, unit in _units(case.draft):
        if place not in valued and unit not in there and _is_other(case, place):
            word = case.draft.words[place].text
            return Refused(word, f"“{word}” is not the unit that the cited passage has.", "unit")
    return _times(case) or check_rates(case) or check_moments(case)


def _is_other(case: Case, place: int) -> bool:
    """Whether the word of the sources that is most like a unit of the draft is another unit."""
    if not case.aligned.words or not case.draft.vectors[place].any():
        return True
    best = max(case.picked, key=lambda k: float(case.aligned.covers(k)[place]))
    source = case.sources[best].read
    block = case.aligned.similar[place, case.aligned.offset[best] : case.aligned.offset[best + 1]]
    valued = {i for v in source.values for i in source.places(v.start, v.end)}
    at = int(block.argmax())
    return _unit(source.words[at].text, source.language) is not None or at in valued


def _times(case: Case) -> Refused | None:
    there = {n for k in case.picked for n in _multiples(case.sources[k].read)}
    there |= {v.low for k in case.picked for v in case.sources[k].read.values if v.kind == "number" and v.low is not None}
    there |= {v.low / 100 for k in case.picked for v in case.sources[k].read.values if v.kind == "percent" and v.low is not None}
    valued = {case.draft.words[i].text for v in stated(case.draft) for i in case.draft.places(v.start, v.end)}
    for number, word in _multiples(case.draft).items():
        if number not in there and word not in valued:
            return Refused(word, f"“{word}” is not what the cited passage says.", "number")
    return None


def _all_units(read: Read) -> set[str]:
    """The units of a sentence, in its figures too."""
    found = {unit for _, unit in _units(read)} | {value.unit for value in read.values}
    return found | {word.text for word in read.words}


def _units(read: Read) -> Iterator[tuple[int, str]]:
    for place, word in enumerate(read.words):
        unit = _unit(word.text, read.language)
        if unit is not None and not _is_ordinal(read, place):
            yield place, unit


def _is_ordinal(read: Read, place: int) -> bool:
    """Whether "second" is the one after the first: a second victim."""
    following = read.words[place + 1] if place + 1 < len(read.words) else None
    return read.words[place].text == "second" and following is not None and following.telling


@lru_cache(maxsize=20_000)
def _unit(word: str, language: str) -> str | None:
    for unit, stems in _ADVERBS.items():
        if word.startswith(tuple(stems.split())):
            return unit
    key = WORDS[language].get(word)
    if key is None or (len(word) < _LEAST and UNITS[key].kind != "duration") or UNITS[key].kind not in _KINDS:
        return None
    return key


def _multiples(read: Read) -> dict[float, str]:
    """How many times, where a single word says it."""
    found: dict[float, str] = {}
    for word in read.words:
        for number, stems in _TIMES.items():
            if word.text.startswith(tuple(stems.split())):
                found[number] = word.text
    return found
