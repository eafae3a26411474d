"""Dates that count from the day of publication: yesterday, on Tuesday, last week, two days ago."""

from __future__ import annotations

from datetime import date, timedelta

from rag.values.dates import Dates, day_of_month, month_at, relative_year, third, weekday_at, whole_month, year_at
from rag.values.found import Found
from rag.values.scan import Scan
from rag.values.tense import ahead, told_past, until
from rag.values.vocabulary import valued, words

# Words and phrases for a day, as its distance from that of publication.
_DAYS = {
    "en": valued(
        """
        -2 the_day_before_yesterday
        -1 yesterday yesterday's last_night the_previous_day the_day_before
        0 today today's tonight this_morning this_afternoon this_evening earlier_in_the_day later_in_the_day
        1 tomorrow tomorrow's
        2 the_day_after_tomorrow
        """
    ),
    "ru": valued(
        """
        -2 позавчера
        -1 вчера накануне прошлой_ночью предыдущий_день
        0 сегодня минувшей_ночью в_этот_день
        1 завтра
        2 послезавтра
        """
    ),
    "bg": valued(
        """
        -2 завчера онзи_ден
        -1 вчера снощи предишния_ден предния_ден предишният_ден
        0 днес довечера тази_сутрин тази_вечер тази_нощ
        1 утре
        2 вдругиден
        """
    ),
}
# Adjectives of such a day, by their stem.
_OF_DAY = {
    "en": dict[str, int](),
    "ru": valued("-2 позавчерашн\n-1 вчерашн\n0 сегодняшн\n1 завтрашн"),
    "bg": valued("-1 вчерашн снощн\n0 днешн\n1 утрешн"),
}
_DAY_BEFORE = ("the", "day", "before")
_DAY_PHRASES: dict[str, dict[str, list[tuple[tuple[str, ...], int]]]] = {language: {} for language in _DAYS}
for _language, _phrases in _DAYS.items():
    for _phrase, _offset in _phrases.items():
        _parts = tuple(_phrase.split())
        _DAY_PHRASES[_language].setdefault(_parts[0], []).append((_parts, _offset))
_DAY_STEMS = {language: tuple(stems) for language, stems in _OF_DAY.items()}
# Adjectives that put a week, month, year or weekday before, at or after that of publication; but for English by their stem.
_SIDES = {
    "en": valued("-1 last previous\n0 this\n1 next coming"),
    "ru": valued(
        "-2 позапрошл\n-1 прошл прошедш минувш предыдущ\n0 нынешн текущ\n1 следующ будущ предстоящ ближайш грядущ наступающ"
    ),
    "bg": valued("-1 минал изминал отминал предишн предходн\n0 настоящ текущ\n1 следващ идн идващ предстоящ близк"),
}
_THIS = {
    "en": frozenset(("this",)),
    "ru": words("эта это эти эту этой этом этого этот этим"),
    "bg": words("тази този тая това тоя"),
}
_UNITS = {
    "en": {
        "week": "week",
        "month": "month",
        "year": "year",
        "weekend": "weekend",
        "week's": "week",
        "month's": "month",
        "year's": "year",
    },
    "ru": dict.fromkeys(words("неделе неделю недели неделей неделя"), "week")
    | dict.fromkeys(words("месяце месяца месяц месяцем"), "month")
    | dict.fromkeys(words("году года год годом"), "year")
    | dict.fromkeys(words("выходные выходных"), "weekend")
    | dict.fromkeys(words("веке века век"), "century"),
    "bg": {
        "седмица": "week",
        "седмицата": "week",
        "месец": "month",
        "година": "year",
        "уикенд": "weekend",
        "уикенда": "weekend",
        "век": "century",
    },
}
_AGO = {"en": frozenset(("ago",)), "ru": frozenset(("назад",)), "bg": frozenset[str]()}


def words_at(language: str) -> frozenset[str]:
    """The words at which a relative date may begin."""
    return frozenset(_DAY_PHRASES[language])


def is_adjective(word: str, language: str) -> bool:
    """Whether a word may be of a day, or put the week, month, year or day after it before, at or after that of publication."""
    return _side(word, language) is not None or word.startswith(_DAY_STEMS[language])


def _side(word: str, language: str) -> int | None:
    if word in _THIS[language]:
        return 0
    for stem, offset in _SIDES[language].items():
        if word == stem or (language != "en" and word.startswith(stem) and len(word) <= len(stem) + 3):
            return offset
    return None


def single_day(dates: Dates, i: int) -> Found | None:
    """Today, yesterday, last night, позавчера, снощи, the previous day."""
    scan = dates.scan
    word = scan.words[i]
    for parts, offset in _DAY_PHRASES[scan.language].get(word, ()):
        if scan.has(i, parts):
            if parts == _DAY_BEFORE and scan.words[i + 3] == "yesterday":
                continue
            if parts == _DAY_BEFORE and (scan.kinds[i + 3] == "w" or scan.kinds[i + 3] == "n"):
                return None
            return shifted(dates, i, i + len(parts), offset, "day")
    if not word.startswith(_DAY_STEMS[scan.language]):
        return None
    offset = next(offset for stem, offset in _OF_DAY[scan.language].items() if word.startswith(stem))
    return shifted(dates, i, i + 1, offset, "day")


def shifted(dates: Dates, begin: int, end: int, offset: int, unit: str) -> Found:
    """The day, week, month or year that lies `offset` of its kind from that of publication."""
    published = dates.published
    if published is None:
        return Found(begin, end, "week" if unit == "weekend" else unit, None, None, partial=f"{unit} {offset}")
    if unit == "day":
        there = published + timedelta(days=offset)
        return Found(begin, end, "day", there, there, resolved=True)
    if unit in ("week", "weekend"):
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=offset)
        low = monday + timedelta(days=5) if unit == "weekend" else monday
        return Found(begin, end, "week", low, monday + timedelta(days=6), resolved=True)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + offset
        low, high = whole_month(months // 12, months % 12 + 1)
        return Found(begin, end, "month", low, high, resolved=True)
    if unit == "century":
        first = ((published.year - 1) // 100 + offset) * 100 + 1
        return Found(begin, end, "century", date(first, 1, 1), date(first + 99, 12, 31), resolved=True)
    return dates.year(begin, end, None, offset)


def beside(dates: Dates, i: int) -> Found | None:
    """Last week, в прошлом году, следващия месец, this Tuesday, next June: an adjective of time at `i` and its noun."""
    scan = dates.scan
    side = _side(scan.words[i], scan.language)
    if side is None:
        return None
    k = i + 1
    unit = _UNITS[scan.language].get(scan.words[k])
    if unit:
        if near := relative_year(scan, i):
            side = near[0]
        begin, end = i, k + 1
        if scan.before(i) == "-" and scan.before(i - 1) == "по" and side < 0:
            begin, side = i - 2, 2 * side  # по-миналата седмица
        if scan.language == "en" and side < 0 and scan.words[i] == "previous" and unit == "year" and scan.before(i) != "the":
            return None
        begin, part = dates.part(begin) if unit in ("month", "year") else (begin, None)
        return third(shifted(dates, begin, end, side, unit), part)
    weekday = weekday_at(scan, k)
    if weekday:
        past = side == 0 and told_past(scan, k)  # this Monday
        return named_day(dates, i, k + 1, weekday, None if past else side)
    return None


def named_day(dates: Dates, begin: int, end: int, weekday: int, side: int | None) -> Found:
    """The weekday: the last such day up to that of publication; before it with "last", after it with "next"."""
    published = dates.published
    if published is None:
        return Found(begin, end, "day", None, None, partial=f"weekday {weekday}" + (f" {side}" if side else ""))
    back = (published.isoweekday() - weekday) % 7
    if side is None:
        there = published - timedelta(days=back)
    elif side < 0:
        there = published - timedelta(days=back or 7)
    elif side > 0:
        there = published + timedelta(days=7 - back)
    else:
        there = published - timedelta(days=back) + timedelta(days=7 if back else 0)
    return Found(begin, end, "day", there, there, resolved=True)


def from_weekday(dates: Dates, i: int) -> Found | None:
    """A weekday, with the date that may follow it: Tuesday, во вторник, 2 сентября, Tuesday, September 2."""
    scan = dates.scan
    weekday = weekday_at(scan, i)
    if weekday is None or (scan.language == "ru" and weekday == 3 and not _wednesday(scan, i)):
        return None
    k = i + 1 + (scan.words[i + 1] in (",", "("))
    written = None
    if scan.kinds[k] == "n" and day_of_month(scan, k):
        written = dates.from_day(k)
    elif scan.kinds[k] == "d":
        written = dates.numeric(k)
    elif month_at(scan, k) and scan.kinds[k + 1] == "n" and not year_at(scan, k + 1):
        written = dates.from_month(k, ahead=False)
    if written:
        return Found(i, written.end, written.unit, written.low, written.high, written.resolved, written.partial, written.hedge)
    side = 1 if ahead(scan, i) or until(scan, i) else None
    if side and dates.published and dates.published.isoweekday() == weekday:
        side = None  # "will speak on Tuesday", printed on a Tuesday: as often today
    return named_day(dates, i, i + 1, weekday, side)


_BEFORE_WEDNESDAY = words("до со к с после утро утру утра утром день дня днем вечер вечеру вечера вечером ночь ночи ночью")


def _wednesday(scan: Scan, i: int) -> bool:
    """Whether Russian "среда" is the day and not the surroundings."""
    return scan.words[i] == "среду" or (scan.before(i) in _BEFORE_WEDNESDAY and scan.words[i] in ("среды", "среде"))


def ago(dates: Dates, begin: int, end: int, unit: str, count: float) -> Found | None:
    """The date that lies `count` units before that of publication, or after it where `count` is negative: to the day for days,
    else as an estimate."""
    if count % 1 and unit in ("year", "decade", "century"):  # half a year, век и половина
        unit, count = ("month", count * 12) if unit == "year" else ("year", count * (10 if unit == "decade" else 100))
    if unit not in ("day", "week", "month", "year", "decade", "century") or count != int(count) or abs(count) > 2000:
        return None
    number = int(count)
    if dates.published is None:
        return Found(begin, end, unit, None, None, partial=f"{unit} {-number}")
    if unit == "week":
        there = dates.published - timedelta(weeks=number)
        return Found(begin, end, "week", there - timedelta(days=3), there + timedelta(days=3), resolved=True, hedge="about")
    if unit in ("decade", "century"):
        number *= 10 if unit == "decade" else 100
        unit = "year"
    if unit == "year" and number >= dates.published.year:
        return None
    if unit == "day" and dates.published.toordinal() <= number:
        return None
    return shifted(dates, begin, end, -number, unit)


def says_ago(scan: Scan, begin: int, end: int) -> tuple[int, int] | None:
    """Where a duration from `begin` to `end` is a distance into the past, the pieces with the word that says so."""
    if scan.language == "bg":
        return (begin - 1, end) if scan.before(begin) == "преди" else None
    if scan.language == "en" and scan.has(end, ("before", "last")):
        return None
    k = end + (scan.words[end] == "тому")
    return (begin, k + 1) if scan.words[k] in _AGO[scan.language] else None


_FIRST = words("first second third only once most least worst best")
_NEAR = 4  # words before "in"
_HENCE = {"en": frozenset(("in",)), "ru": frozenset(("через",)), "bg": frozenset(("след",))}


def says_hence(scan: Scan, begin: int) -> bool:
    """Whether a duration at piece `begin` is a distance into the future: in two weeks, через неделю, where the clause says what
    will be then."""
    if any(word in _FIRST or word.endswith("est") for word in scan.words[max(0, begin - 1 - _NEAR) : begin - 1]):
        return False  # the first time in 58 years, the wettest May in a decade
    return scan.before(begin) in _HENCE[scan.language] and ahead(scan, begin - 1)


def as_day(value: date | None) -> float | None:
    """The ordinal of a day, for a value."""
    return None if value is None else float(value.toordinal())
