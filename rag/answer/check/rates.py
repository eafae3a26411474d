"""Whether what is said for each, in all, or for a span of time is so in the sources: 60 a month, 600 each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.answer.check.amounts import stated
from rag.answer.check.evidence import Case
from rag.answer.check.reading import Read
from rag.types import Refused
from rag.values import Value, compare
from rag.values.units import COMPOUNDS, UNITS, WORDS

_PER = {
    "en": re.compile(r"\b(?:per|an?|each|every)\s+([^\W\d]+)"),
    "ru": re.compile(r"\b(?:в|за|каждый|каждую|каждые)\s+([^\W\d]+)"),
    "bg": re.compile(r"\b(?:на|в|за|всеки|всяка)\s+([^\W\d]+)"),
}
_ADVERBS = {
    "hour": "hourly ежечас почасов ежечасн",
    "day": "daily ежеднев ежесуточн дневно всекиднев",
    "week": "weekly еженедел седмично",
    "month": "monthly ежемесяч месечно",
    "year": "yearly annual ежегод годишно",
}
_REACH = 3  # words around a figure within which it is said of each or of all
_FAR = 5  # the same where what is counted stands between
_EACH = re.compile(
    r"\b(?:each|apiece|per (?:person|head|capita)|a head|каждый|каждому|каждая|каждой|каждое|на человека|на душу|поотдельно|всеки"
    r"|всяка|всяко|на човек|на глава)\b"
)
_TOTAL = re.compile(
    r"\b(?:in total|altogether|in all|a total of|combined|всего|в общей сложности|в сумме|общо|сумарно|общей суммой)\b"
)
_BY = re.compile(r"(?<!\w)по\s*$")


def check_rates(case: Case) -> Refused | None:
    """Why a figure of the draft is not for what the sources have it for; None where all are."""
    for value in stated(case.draft):
        mine = _rates(case.draft, value)
        total, each = _is_total(case.draft, value), _is_each(case.draft, value)
        for k in case.picked:
            read = case.sources[k].read
            for other in stated(read):
                if compare(value, other) != "same" or value.kind in ("date", "time"):
                    continue
                theirs = _rates(read, other) | _beside(read)
                if mine and theirs and mine.isdisjoint(theirs):
                    return Refused(value.text, f"“{value.text}” is for another span of time in the source.", "unit")
                if (total and _is_each(read, other) and not _is_total(read, other)) or (
                    each and _is_total(read, other) and not _is_each(read, other)
                ):
                    return Refused(value.text, f"“{value.text}” is for each in one, and in all in the other.", "unit")
    return None


def _rates(read: Read, value: Value) -> set[str]:
    """The units of time that a value is said for, right after it: insects per hour, марки на месец."""
    places = read.places(value.start, value.end)
    if not places or value.kind == "duration":
        return set()
    last = min(places.stop + _FAR, len(read.words)) - 1
    text = read.text[value.start : read.words[last].end].casefold()
    return set(_units(text, read.language))


def _units(text: str, language: str) -> Iterator[str]:
    for match in _PER[language].finditer(text):
        key = WORDS[language].get(match[1], "")
        if key and UNITS[key].kind == "duration":
            yield key
    for word in re.findall(r"[^\W\d]+", text):
        if found := next((unit for unit, stems in _ADVERBS.items() if word.startswith(tuple(stems.split()))), None):
            yield found


def _beside(read: Read) -> set[str]:
    """The units of time that adjectives of a sentence say: месячный взнос, годишна вноска."""
    if read.language == "en":
        return set(_units(read.text.casefold(), "en"))
    stems = COMPOUNDS[read.language].items()
    return {key for word in read.words for stem, key in stems if key in _ADVERBS and word.text.startswith(stem)}


def _is_each(read: Read, value: Value) -> bool:
    return _BY.search(read.text[: value.start].casefold()) is not None or _EACH.search(_clause(read, value)) is not None


def _is_total(read: Read, value: Value) -> bool:
    return _TOTAL.search(_clause(read, value)) is not None


def _clause(read: Read, value: Value) -> str:
    """What stands around a value, within some words of it."""
    places = read.places(value.start, value.end)
    if not places:
        return ""
    low, high = max(0, places.start - _REACH), min(len(read.words), places.stop + _REACH)
    return read.text[read.words[low].start : read.words[high - 1].end].casefold()
