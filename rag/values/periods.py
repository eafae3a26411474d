"""Parts of a year and of a week that have no name in the calendar: quarters, half-years, weekends, the end of the year."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from rag.text.numbers import ORDINALS
from rag.values.dates import ORDINAL_TAILS, Dates, relative_year, third, whole_month, year_at
from rag.values.found import Found
from rag.values.relative import shifted
from rag.values.scan import Scan
from rag.values.tense import ahead
from rag.values.vocabulary import words

# The months of each: a fourth of a year, or a half.
_PARTS = {
    "en": {"quarter": 3, "half": 6},
    "ru": dict.fromkeys(words("квартал квартала квартале кварталу кварталом"), 3)
    | dict.fromkeys(words("полугодие полугодия полугодии полугодию половина половины половине половину"), 6),
    "bg": dict.fromkeys(words("тримесечие тримесечието"), 3)
    | dict.fromkeys(words("полугодие полугодието шестмесечие шестмесечието половина половината"), 6),
}
_HALVES = words("half половина половины половине половину половината")  # of a year only where it says so
_ROMAN = {"i": 1, "і": 1, "ii": 2, "іі": 2, "iii": 3, "ііі": 3, "iv": 4, "іv": 4}
_OF = {"en": ("of",), "ru": (), "bg": ("на",)}
_THE_YEAR = {"en": words("year"), "ru": words("года"), "bg": words("годината")}
_WEEKENDS = {
    "en": (("the", "weekend"), ("weekend's",)),
    "ru": (("выходные",), ("выходных",), ("выходным",)),
    "bg": (("уикенда",), ("уикендът",), ("уикенд",), ("почивните", "дни"), ("почивни", "дни")),
}
_AT_WEEKEND = {"en": words("over at during on by until before after"), "ru": words("в на за к"), "bg": words("през за до от")}
# The whole of which a third is named: to the end of the year, с начала года, края на месеца.
_WHOLES = {
    "en": {"year": "year", "month": "month"},
    "ru": {"года": "year", "месяца": "month"},
    "bg": {"годината": "year", "месеца": "month"},
}
_PART = {
    "en": {"beginning": 0, "start": 0, "middle": 1, "end": 2},
    "ru": dict.fromkeys(words("начале начала началу"), 0)
    | dict.fromkeys(words("середине середины"), 1)
    | dict.fromkeys(words("конце конца концу"), 2),
    "bg": {"началото": 0, "средата": 1, "края": 2, "краят": 2},
}
_BEYOND: dict[str, dict[tuple[str, ...], tuple[str, int]]] = {
    "en": {
        ("week", "before", "last"): ("week", -2),
        ("month", "before", "last"): ("month", -2),
        ("year", "before", "last"): ("year", -2),
        ("week", "after", "next"): ("week", 2),
        ("year", "after", "next"): ("year", 2),
    },
    "ru": {},
    "bg": {},
}
_LINK = {"en": ("of", "the"), "ru": (), "bg": ("на",)}


def words_at(language: str) -> frozenset[str]:
    """The words at which such a period may begin."""
    weekends = {phrase[0] for phrase in _WEEKENDS[language]} if language != "en" else {"weekend", "weekend's"}
    return frozenset(weekends | _PART[language].keys() | {phrase[0] for phrase in _BEYOND[language]})


def period(dates: Dates, i: int) -> Found | None:
    """The quarter, half-year, weekend, or beginning or end of the year at piece `i`; None without the day of publication, but
    for quarters and halves of a stated year."""
    scan = dates.scan
    if scan.kinds[i] == "w" and not _may_begin(scan.words[i], scan.language):
        return None
    for phrase, (unit, offset) in _BEYOND[scan.language].items():
        if scan.has(i, phrase):
            return shifted(dates, i, i + len(phrase), offset, unit)
    return _part_of_year(dates, i) or _weekend(dates, i) or _third_of(dates, i)


@lru_cache(maxsize=50_000)
def _may_begin(word: str, language: str) -> bool:
    return word in words_at(language) or word in _ROMAN or word in ORDINALS[language] or word == "end"


def _numbered(scan: Scan, i: int) -> tuple[int, int] | None:
    """The number in digits with an ending, in words or in Roman figures at piece `i`, and the piece after it."""
    word, language = scan.words[i], scan.language
    if scan.kinds[i] == "n":
        k = i + 1
        if scan.words[k] == "-" and scan.glued(k) and scan.words[k + 1] in (*ORDINAL_TAILS[language], "м", "я", "ро", "то"):
            k += 2
        elif scan.glued(k) and scan.words[k] in ORDINAL_TAILS[language]:
            k += 1
        return (int(word), k) if len(word) == 1 and word.isdigit() else None
    if word in _ROMAN and scan.capital(i):
        return _ROMAN[word], i + 1
    value = ORDINALS[language].get(word)
    return (int(value), i + 1) if value and value <= 4 else None


def _part_of_year(dates: Dates, i: int) -> Found | None:
    scan = dates.scan
    language = scan.language
    if scan.kinds[i] == "x":
        number, end, months = int(scan.words[i][1]), i + 1, 3
    else:
        if (found := _numbered(scan, i)) is None:
            return None
        number, end = found
        end += scan.words[end] == "-" and language == "en"
        months = _PARTS[language].get(scan.words[end], 0)
        end += 1
    if not months or not 1 <= number <= 12 // months:
        return None
    halved = scan.words[end - 1] in _HALVES
    at = end + (bool(_OF[language]) and scan.words[end] in _OF[language])
    named = year_at(scan, at)
    if named is not None:
        return _months(i, named[1], named[0], number, months, resolved=False)
    published = dates.published
    if published is None:
        return None
    if near := relative_year(scan, at):
        return _months(i, near[1], published.year + near[0], number, months, resolved=True)
    at += scan.words[at] == "the"
    if scan.words[at] in _THE_YEAR[language] and at > end - (not _OF[language]):
        return _months(i, at + 1, published.year, number, months, resolved=True)
    if halved or at > end:
        return None  # of a match
    begun = (number - 1) * months + 1 <= published.month
    return _months(i, end, published.year - (not begun and not ahead(scan, i)), number, months, resolved=True)


def _months(begin: int, end: int, year: int, number: int, months: int, *, resolved: bool) -> Found:
    low = date(year, (number - 1) * months + 1, 1)
    high = whole_month(year, number * months)[1]
    return Found(begin, end, "quarter" if months == 3 else "half-year", low, high, resolved=resolved)


def _weekend(dates: Dates, i: int) -> Found | None:
    """Over the weekend, на выходных, през уикенда: the last that has begun, the next where the clause looks ahead."""
    scan, published = dates.scan, dates.published
    language = scan.language
    if language == "en":
        leads = scan.before(i) == "the" and scan.before(i - 1) in _AT_WEEKEND["en"]
        phrase: tuple[str, ...] = (scan.words[i],) if scan.words[i] in ("weekend", "weekend's") and leads else ()
        begin = i - 1
    else:
        phrase = next((p for p in _WEEKENDS[language] if scan.has(i, p)), ())
        phrase = phrase if scan.before(i) in _AT_WEEKEND[language] else ()
        begin = i
    if not phrase or published is None:
        return None
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    if ahead(scan, i) and (published - saturday).days > 1:
        saturday += timedelta(days=7)
    return Found(begin, i + len(phrase), "week", saturday, saturday + timedelta(days=1), resolved=True)


def _third_of(dates: Dates, i: int) -> Found | None:
    scan, published = dates.scan, dates.published
    language = scan.language
    if scan.words[i] == "end" and scan.before(i) == "-" and scan.before(i - 1) == "year":
        part, unit, end = 2, "year", i + 1
    else:
        link = _LINK[language]
        end = i + 1 + len(link)
        if (which := _PART[language].get(scan.words[i])) is None or not scan.has(i + 1, link):
            return None
        part, unit, end = which, _WHOLES[language].get(scan.words[end], ""), end + 1
    if not unit or published is None:
        return None
    return third(shifted(dates, i, end, 0, unit), part)
