"""Dates as articles write them, in Russian, Bulgarian and English.

Read are ISO 8601 (`2025-09-04`, with a time or without), year first (`2025.09.04`), day first (`04.09.2025`) and months by
name (`4 сентября 2025 г.`, `12 март 2025`, `Sept. 4, 2025`, `4th September 2025`). Dotted numbers are day first. With
slashes or hyphens the order is the day's first where one number is above 12, where both are equal, or where the language
is known and is not English; else the date is ambiguous, and not guessed. Years have four digits, 1600 to 2100.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from rag.text.calendar import MONTHS
from rag.types import day

Moment = date | datetime

MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY = r"\d{1,2}(?:st|nd|rd|th|-?(?:го|е|ое|ти|ви|ри|и)\b)?"

_DATE = re.compile(
    rf"""(?<![\d.,:/-])(?:
      (?P<ymd_y>\d{{4}})(?P<ymd>[-./])(?P<ymd_m>\d{{1,2}})(?P=ymd)(?P<ymd_d>\d{{1,2}})(?!\d)
    | (?P<dmy_d>\d{{1,2}})(?P<dmy>[-./])(?P<dmy_m>\d{{1,2}})(?P=dmy)(?P<dmy_y>\d{{4}})(?!\.?\d)
    | (?P<day>{DAY})\ (?:of\ )?(?P<month>{MONTH}),?\ (?P<year>\d{{4}})(?!\d)(?:\s?(?:года|год|година|г)\b\.?)?
    | (?P<en_month>\b{MONTH})\ (?P<en_day>{DAY})(?!\d),?\ (?P<en_year>\d{{4}})(?!\d)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ZONE = r"(?:Z\b|[+-]\d{2}:?\d{2}(?!\d)|UTC\b|GMT\b|МСК\b|MSK\b)"
_TIME = re.compile(
    rf"""(?<![\d.:])(?P<hour>\d{{1,2}})(?:(?P<colon>:)|\.)(?P<minute>\d{{2}})(?(colon)(?::(?P<second>\d{{2}})(?:[.,]\d+)?)?)(?![\d:])
    (?(colon)|(?=\s?(?:ч|[ap]\.?m|GMT|UTC|BST|CES?T|EES?T|E[DS]?T|МСК|MSK)\b))(?:\s?(?P<half>[ap]\.?m\b\.?))?(?:\s?ч\b\.?)?(?:\s?\(?(?P<zone>{_ZONE})\)?)?""",
    re.IGNORECASE | re.VERBOSE,
)
_FLUFF = re.compile(
    r"""\b(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеделник|сряда|четвъртък|петък|събота|неделя
    |пн|вт|ср|чт|пт|сб|вс|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day
    |в|во|на|от|at|on|г|года|год|година|ч|часа|et|est|edt|cet|cest|eet|eest|bst)\b\.?""",
    re.IGNORECASE | re.VERBOSE,
)


class DateError(ValueError):
    """A value is no date, an impossible one or an ambiguous one; the message names it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, at `text[start:end]`."""

    start: int
    end: int
    value: date


def make_date(year: int, month: int, number: int, written: str) -> date:
    """The day; raises DateError naming the `written` value where the calendar has no such day."""
    if not 1600 <= year <= 2100:
        raise DateError(f"{written!r} is not a date of 1600 to 2100")
    try:
        return date(year, month, number)
    except ValueError:
        raise DateError(f"{written!r} is not a day of the calendar") from None


def month_number(name: str) -> int:
    """1 to 12, for a name that MONTH matches."""
    return MONTHS[name.rstrip(".").lower()]


def day_number(written: str) -> int:
    """The number of a day that DAY matches (`4`, `4th`, `4-го`)."""
    return int(re.match(r"\d+", written)[0])  # type: ignore[index]


def _read(match: re.Match[str], day_first: bool) -> date:
    written = match[0]
    if match["ymd"]:
        return make_date(int(match["ymd_y"]), int(match["ymd_m"]), int(match["ymd_d"]), written)
    if match["dmy"]:
        first, second, year = int(match["dmy_d"]), int(match["dmy_m"]), int(match["dmy_y"])
        if match["dmy"] == "." or day_first or first > 12 or first == second:
            return make_date(year, second, first, written)
        if second > 12:
            return make_date(year, first, second, written)
        raise DateError(f"{written!r} may be two days (day or month first); write it as YYYY-MM-DD")
    if match["month"]:
        return make_date(int(match["year"]), month_number(match["month"]), day_number(match["day"]), written)
    return make_date(int(match["en_year"]), month_number(match["en_month"]), day_number(match["en_day"]), written)


def find_dates(text: str, *, day_first: bool = False) -> Iterator[Found]:
    """The full dates in `text`, in order; impossible and ambiguous ones are passed over."""
    for match in _DATE.finditer(text):
        try:
            yield Found(match.start(), match.end(), _read(match, day_first))
        except DateError:
            continue


def read_stamp(text: str, *, day_first: bool = False) -> tuple[Moment, str] | None:
    """The first full date of a line, with its time of day if it has one, and what is left of the line without all
    dates, times and the words around them; None where there is no full date."""
    found = list(find_dates(text, day_first=day_first))
    if not found:
        return None
    rest = text
    for each in reversed(found):
        # An ISO date joins its time with a T.
        end = each.end + 1 if re.match(r"T\d", text[each.end : each.end + 2]) else each.end
        rest = rest[: each.start] + " \x00 " + rest[end:]
    moments = [_with_time(found[0].value, match) for match in _TIME.finditer(rest)]
    if None not in moments:
        rest = _TIME.sub(" ", rest)
    moment = next((each for each in moments if each is not None), found[0].value)
    return moment, _FLUFF.sub(" ", rest).replace("\x00", " ").strip()


def _with_time(value: date, match: re.Match[str]) -> datetime | None:
    """The moment of that day; None where a day has no such hour or minute."""
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    half = (match["half"] or "").replace(".", "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return datetime(value.year, value.month, value.day, hour, minute, second, tzinfo=_zone(match["zone"]))


def _zone(name: str | None) -> timezone | None:
    if name is None:
        return None
    upper = name.upper()
    if upper in ("Z", "UTC", "GMT"):
        return UTC
    if upper in ("MSK", "МСК"):
        return timezone(timedelta(hours=3))
    digits = upper[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset >= timedelta(hours=24):
        return None
    return timezone(-offset if upper[0] == "-" else offset)


def parse_date(value: str, *, day_first: bool = False) -> Moment:
    """The date, or date and time, that the whole of `value` writes. Raises DateError naming the value."""
    text = " ".join(value.split())
    try:
        # ISO 8601 in all its forms; a date without a time stays a date.
        moment: Moment = date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        moment = _parse_written(text, day_first)
    make_date(moment.year, moment.month, moment.day, value)
    return moment


def _parse_written(text: str, day_first: bool) -> Moment:
    match = _DATE.search(text)
    if match is None:
        raise DateError(f"{text[:60]!r} is not a date with day, month and year; write it as YYYY-MM-DD")
    _read(match, day_first)  # says what is wrong with this date
    stamp = read_stamp(text, day_first=day_first)
    if stamp is None or re.search(r"\w", stamp[1]) or len(list(find_dates(text, day_first=day_first))) > 1:
        raise DateError(f"{text[:60]!r} is not a single date; write it as YYYY-MM-DD")
    return stamp[0]


def nearest_year(month: int, number: int, anchor: Moment, *, within: int = 31) -> date | None:
    """The day `number` of `month` in the year that brings it nearest to `anchor`; None if that is over `within` days off.

    A dateline of 31 December over a footer of 1 January is of the year before.
    """
    near = day(anchor)
    best: date | None = None
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            candidate = date(year, month, number)
        except ValueError:
            continue
        if best is None or abs(candidate - near) < abs(best - near):
            best = candidate
    return best if best is not None and abs(best - near).days <= within else None
