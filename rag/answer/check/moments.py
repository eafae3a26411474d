"""Whether seasons, parts of the day, and what comes before and after what, are as the sources have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from rag.answer.check.amounts import agree
from rag.answer.check.evidence import Case
from rag.answer.check.reading import Read
from rag.types import Refused
from rag.values.units import UNITS, WORDS
from rag.values.vocabulary import words

# Beginnings of words in three languages; `$` closes one that stands whole.
_SEASONS = {
    "winter": "winter зима$ зимы$ зиме$ зиму$ зимой$ зимн зимат зимен",
    "spring": "spring$ springtime весна весной весну весны весне пролет$ пролетта пролетн пролетен",
    "summer": "summer лето$ летом$ лета$ лету$ летни летня летне летню лято лятн летен$",
    "autumn": "autumn осень осени осенн есен$ есента есенн есенен",
}
_MONTHS = {"winter": (12, 1, 2), "spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11)}
_DAYTIMES = {
    "morning": "morning утро$ утром$ утренн сутрин сутреш",
    "noon": "noon$ midday полдень полдня полудн обед$ обяд$ пладне",
    "afternoon": "afternoon днем$ следобед следобяд",
    "evening": "evening вечер",
    "night": "night$ nights$ overnight nighttime midnight ночь ночи$ ночью ночн полночь полноч нощ полунощ",
}
# Parts of the day that run into each other: one may be told as the other.
_NEAR = (frozenset(("evening", "night")), frozenset(("noon", "afternoon")), frozenset(("morning", "night")))
_HOURS = {"morning": (4, 12), "noon": (11, 14), "afternoon": (12, 18), "evening": (17, 24), "night": (20, 31)}
_DAY = words("day день ден деня денят")
_HALF_DAY = re.compile(
    r"\b(?:(?:перв|втор)\w+ половин\w+ дня|(?:първ|втор)\w+ половин\w+ на деня|(?:first|second) half of the day)\b", re.IGNORECASE
)
# The last moment at which something may be, and the first.
_LATEST = re.compile(r"\b(?:at the latest|no later than|не позже|не позднее|най-късно|не по-късно)\b", re.IGNORECASE)
_EARLIEST = re.compile(
    r"\b(?:at the earliest|no earlier than|not before|(?:until|till) at least|at least (?:until|till)|не раньше|не ранее|най-рано"
    r"|не по-рано|(?:поне|най-малко|минимум) до|(?:как минимум|минимум|по крайней мере|по меньшей мере) до)\b",
    re.IGNORECASE,
)
_BEFORE_CHRIST = re.compile(
    r"\b(?:B\.?C(?:\.?E)?\b|до н\. ?э|до нашей эры|до Рождества Христова|до Р\. ?Х|пр\. ?н\. ?е|преди новата ера|пр\. ?Хр)"
)
_HOUR, _DAY_HOURS = 3600, 24
_SIDES = {
    **dict.fromkeys(words("before earlier перед до преди"), "before"),
    **dict.fromkeys(words("after later спустя после след"), "after"),
}


def check_moments(case: Case) -> Refused | None:
    """Why a season, a part of the day or an order of the draft is another than that of its sources; None where none is."""
    reads = [case.sources[k].read for k in case.picked]
    for table, timed in ((_SEASONS, _season_of), (_DAYTIMES, _daytimes_of)):
        there = {key for read in reads for _, key in _named(read, table)}
        if not there and (table is _DAYTIMES or not _is_spare(case, reads)):
            continue
        known = there | {key for read in reads for value in read.values for key in timed(value.kind, value.low, value.unit)}
        for word, key in _named(case.draft, table):
            if key not in known and not any({key, other} in _NEAR for other in known):
                return Refused(word, f"“{word}” is not the time that the cited passage has.", "date")
    return _limits(case, reads) or _era(case, reads) or _order(case, reads)


def _is_spare(case: Case, reads: list[Read]) -> bool:
    """Whether the sources have a date that the draft tells in none of its own: by the weekend, where it has by summer."""
    dates = [v for read in reads for v in read.values if v.kind == "date"]
    return any(not any(agree(own, other) for draft in case.drafts.values() for own in draft.values) for other in dates)


def _limits(case: Case, reads: list[Read]) -> Refused | None:
    """Until then at the latest, where the source has until then at least."""
    for mine, reverse in ((_LATEST, _EARLIEST), (_EARLIEST, _LATEST)):
        said = mine.search(case.draft.text)
        if said and any(reverse.search(read.text) for read in reads) and not any(mine.search(read.text) for read in reads):
            return Refused(said[0], f"“{said[0]}”: the source has it the other way round.", "date")
    return None


def _era(case: Case, reads: list[Read]) -> Refused | None:
    """A year before our era, of which the sources say nothing: 2400 BC, where they have 2,400 years ago."""
    said = _BEFORE_CHRIST.search(case.draft.text)
    if said is None or any(_BEFORE_CHRIST.search(read.text) for read in reads):
        return None
    return Refused(said[0], f"“{said[0]}” is not in the cited passage.", "date")


def _named(read: Read, table: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The words of a sentence that a table has, as written, with their keys."""
    for word in read.words:
        if key := _key(word.text, tuple(table.items())):
            yield read.text[word.start : word.end], key
    for match in _HALF_DAY.finditer(read.text) if table is _DAYTIMES else ():
        yield match[0], "morning" if match[0][0].casefold() in "пf" else "afternoon"


@lru_cache(maxsize=20_000)
def _key(word: str, table: tuple[tuple[str, str], ...]) -> str | None:
    return next((key for key, stems in table if any(_begins(word, stem) for stem in stems.split())), None)


def _begins(word: str, stem: str) -> bool:
    return word == stem[:-1] if stem.endswith("$") else word.startswith(stem)


def _season_of(kind: str, low: float | None, unit: str) -> list[str]:
    """The season in which a date lies."""
    if kind != "date" or low is None or unit not in ("day", "week", "month", "season"):
        return []
    month = date.fromordinal(int(low)).month
    return [season for season, months in _MONTHS.items() if month in months]


def _daytimes_of(kind: str, low: float | None, unit: str) -> list[str]:
    """The parts of the day in which a time of day lies."""
    if kind != "time" or low is None:
        return []
    hour = low / _HOUR
    return [part for part, (begin, end) in _HOURS.items() if begin <= hour < end or begin <= hour + _DAY_HOURS < end]


def _order(case: Case, reads: list[Read]) -> Refused | None:
    """Hours after something, where the source has hours before it; the day after, where it has the day itself."""
    mine = set(_sided(case.draft))
    theirs = {pair for read in reads for pair in _sided(read)}
    for unit, side in mine:
        others = {other for name, other in theirs if name == unit}
        if others and side not in others:
            return Refused(unit, f"“{side}” is not the order that the cited passage has.", "date")
    return None


def _sided(read: Read) -> Iterator[tuple[str, str]]:
    """The units of time that stand before a "before" or an "after": hours after, седмица преди, the day after."""
    for place, word in enumerate(read.words[:-1]):
        unit = "day" if word.text in _DAY else WORDS[read.language].get(word.text, "")
        if not unit or UNITS[unit].kind != "duration":
            continue
        following = read.words[place + 1]
        side = _SIDES.get(following.text) or _itself(read, place)
        if side is not None and read.clause[place] == read.clause[place + 1] and place + 2 < len(read.words):
            yield unit, side


def _itself(read: Read, place: int) -> str | None:
    """Whether a day is that of something: on the day of, в день аварии, в деня на."""
    if read.words[place].text not in _DAY:
        return None
    if read.language == "ru":
        named = place and read.words[place - 1].text == "в" and read.words[place].text == "день" and read.words[place + 1].telling
        return "on" if named else None
    return "on" if read.words[place + 1].text in ("of", "на") and place and not read.words[place - 1].telling else None
