"""Figures and dates of a draft that its sources say without a figure, or that follow from two that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from rag.answer.check.amounts import stated
from rag.answer.check.evidence import Case
from rag.answer.check.otherwise import DIGITS
from rag.answer.check.reading import Read
from rag.text.calendar import MONTHS
from rag.text.numbers import CARDINALS, FRACTIONS, PREFIXES
from rag.types import day
from rag.values import Value
from rag.values.units import WORDS

_EQUAL = 0.01  # parts of a ratio
_NEARLY = 0.5  # of what the best sentence has of the words around a date, from which another may be what tells of it
_BY = "на"  # наполовина, наполовину
_LONG = 4  # letters after the number in a compound
_NOW = re.compile(
    r"\b(?:now|nowadays|currently|presently|these days|to date|at present|at the moment|present-day|modern|contemporary"
    r"|сейчас|теперь|ныне|нынешн\w*|в наши дни|в настоящее время|современн\w*|на данный момент|поныне|сегодня"
    r"|сега|понастоящем|в наши дни|в наше време|в момента|съвремен\w*|днес|до момента)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:ago|earlier|before|previously|назад|ранее|раньше|преди|по-рано)\b", re.IGNORECASE)
_NIGHT = re.compile(r"night|ночь|ночью|ночи|нощ", re.IGNORECASE)
# After how many times: as little, and not as much.
_FEWER = re.compile(
    r"\W+(?:\w+\W+)?(?:ниже|меньше|менее|реже|слабее|короче|дешевле|легче|моложе|lower|less|fewer|smaller|cheaper|shorter"
    r"|по-(?:малк|ниск|рядк|слаб|къс|евтин|лек))",
    re.IGNORECASE,
)
_INTO = re.compile(r"(?:ночь на|нощта срещу|нощта към|overnight (?:in)?to)\s+(?:the\s+)?$", re.IGNORECASE)
_REACH = 24  # characters after a day within which the night of it is said
# Beginnings of the adjectives of months, January first; a month's own forms are read as dates.
_OF_MONTHS = (
    "январск януарск", "февральск февруарск", "мартовск мартенск", "апрельск априлск", "майск", "июньск юнск", "июльск юлск",
    "августовск", "сентябрьск септемврийск", "октябрьск октомврийск", "ноябрьск ноемврийск", "декабрьск декемврийск",
)  # fmt: skip


def is_derived(case: Case, value: Value) -> bool:
    """Whether what a draft states, and no value of its sources, follows from them all the same."""
    reads = [case.sources[k].read for k in case.picked]
    if value.kind == "date":
        if _is_now(value, reads) or _is_adjective(value, reads) or any(_is_year_before(value, read) for read in reads):
            return True
        return _is_overnight(case, value) or _is_of_report(case, value)
    if value.low is None or value.low != value.high:
        return False
    if value.what == "time":
        fewer = _FEWER.match(case.draft.text, value.end) is not None
        return any(
            _is_ratio(value.low, r) or _has_in_word(value.low, r) or (fewer and _has_part(1 / value.low, r)) for r in reads
        )
    if value.kind == "percent":
        return not DIGITS.search(value.text) and any(_has_part(value.low / 100, read) for read in reads)
    counts = [CARDINALS[case.draft.language].get(word, 0.0) for word in re.findall(r"\w+", value.text.casefold())]
    return any(_has_in_word(count, read) for count in counts if count > 1 for read in reads)


def _is_now(value: Value, reads: list[Read]) -> bool:
    """Today, for what is so now: no day is meant."""
    word = value.text.casefold()
    today = word.startswith(("today", "сегодня", "днес", "днеш"))
    dated = any(v.kind == "date" and v.unit in ("day", "week") for read in reads for v in read.values)
    return today and not dated and any(_NOW.search(read.text) for read in reads)


def _is_year_before(value: Value, read: Read) -> bool:
    """A year ago, годом ранее: one of a unit of time before what the sentence tells of."""
    one = value.resolved and not DIGITS.search(value.text) and _BEFORE.search(value.text) is not None
    units = (i for i, word in enumerate(read.words[:-1]) if WORDS[read.language].get(word.text) == value.unit)
    return one and any(_BEFORE.search(read.words[i + 1].text) for i in units)


def _is_overnight(case: Case, value: Value) -> bool:
    """Wednesday night, in the night to Thursday."""
    draft = case.draft
    for k in case.picked:
        read = case.sources[k].read
        own = next((v for v in case.draft_for(k).values if v.start == value.start), value)
        for other in read.values:
            if other.kind == "date" and other.unit == own.unit == "day" and other.low is not None and own.low is not None:
                early, late = ((draft, own), (read, other)) if own.low < other.low else ((read, other), (draft, own))
                if (late[1].low or 0) - (early[1].low or 0) == 1 and _is_night_to(*late) and _is_at_night(*early):
                    return True
    return False


def _is_night_to(read: Read, value: Value) -> bool:
    return _INTO.search(read.text[: value.start]) is not None


def _is_at_night(read: Read, value: Value) -> bool:
    near = _NIGHT.search(read.text, max(0, value.start - _REACH), value.end + _REACH) is not None
    return near and not _is_night_to(read, value)


def _is_adjective(value: Value, reads: list[Read]) -> bool:
    """A month that the source has as an adjective: февральские контракты."""
    month = next((MONTHS[word] for word in re.findall(r"[^\W\d_]+", value.text.casefold()) if word in MONTHS), None)
    if value.unit != "month" or month is None or DIGITS.search(value.text):
        return False
    return any(word.text.startswith(tuple(_OF_MONTHS[month - 1].split())) for read in reads for word in read.words)


def _is_of_report(case: Case, value: Value) -> bool:
    """A month or a year in which the report lies, where its sentence names none of its own."""
    if value.unit not in ("month", "year"):
        return False
    homes = case.homes(case.draft.places(value.start, value.end), _NEARLY)
    if any(v.unit == value.unit for k in homes for v in case.sources[k].read.values if v.kind == "date"):
        return False
    for k in homes:
        published = case.sources[k].hit.document.published
        own = next((v for v in case.draft_for(k).values if v.start == value.start), value)
        dated = any(v.kind == "date" for v in case.sources[k].read.values)
        if published is None or dated or own.low is None or own.high is None:
            continue
        if own.low <= day(published).toordinal() <= own.high:
            return True
    return False


def _is_ratio(times: float, read: Read) -> bool:
    """Twice as much, where a sentence has both amounts: from 350 to 700."""
    amounts = [v for v in stated(read) if v.low and v.low == v.high and v.kind != "date"]
    for one, other in combinations(amounts, 2):
        low, high = sorted((one.low or 1.0, other.low or 1.0))
        if one.kind == other.kind and one.unit == other.unit and abs(high / low - times) <= _EQUAL * times:
            return True
    return False


def _has_part(part: float, read: Read) -> bool:
    """Whether a sentence says a half or a third of what it has nearby: can be half those of, в два раза ниже."""
    said = any(abs(FRACTIONS[read.language].get(word.text.removeprefix(_BY), 0.0) - part) < _EQUAL for word in read.words)
    less = any(
        v.what == "time" and v.low and abs(1 / v.low - part) < _EQUAL and _FEWER.match(read.text, v.end) for v in read.values
    )
    return said or less or any(v.kind == "percent" and abs((v.low or 0.0) / 100 - part) < _EQUAL for v in read.values)


def _has_in_word(number: float, read: Read) -> bool:
    """Whether a sentence has a number in a compound, or in a name: пятиматчевая серия, Six Days in Fallujah."""
    valued = {i for v in read.values for i in read.places(v.start, v.end)}
    free = [word for i, word in enumerate(read.words) if i not in valued]
    named = any(word.capital and table.get(word.text) == number for word in free for table in CARDINALS.values())
    return named or any(number in _numbers_in(word.text, read.language) for word in free)


def _numbers_in(word: str, language: str) -> Iterator[float]:
    for head, number in PREFIXES[language].items():
        if word.startswith(head) and len(word) >= len(head) + _LONG:
            yield number
