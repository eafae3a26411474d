"""Years, decades, centuries and seasons."""

from __future__ import annotations

import re
from datetime import date

from rag.text.numbers import CARDINALS, ORDINALS
from rag.values.counted import is_modifier
from rag.values.dates import ORDINAL_TAILS, SIDES, YEARS, Dates, past_year_noun, third, whole_month, year_after, year_at
from rag.values.found import Found
from rag.values.measures import unit_after
from rag.values.nouns import noun
from rag.values.scan import Scan
from rag.values.vocabulary import words

SEASONS = {
    "en": {"winter": 1, "spring": 2, "summer": 3, "autumn": 4},
    "ru": {"зимой": 1, "зимы": 1, "зиму": 1, "зима": 1, "весной": 2, "весны": 2, "весну": 2, "весна": 2, "летом": 3, "лето": 3}
    | {"осенью": 4, "осени": 4, "осень": 4},
    "bg": {"зимата": 1, "зима": 1, "пролетта": 2, "пролет": 2, "лятото": 3, "лято": 3, "есента": 4, "есен": 4},
}
_CENTURY = {
    "en": frozenset(("century", "centuries")),
    "ru": words("век века веке веку веком столетия столетие"),
    "bg": words("век века векът столетие"),
}
_LISTING = words(", and or to until и или до по – — -")
_ROMAN = re.compile(r"[ivxіхv]{1,6}")
_ROMAN_DIGITS = {"i": 1, "і": 1, "v": 5, "x": 10, "х": 10}

# "През 20-те години на миналия век" is of the twentieth.
_LAST_CENTURY = (("прошлого", "века"), ("на", "миналия", "век"), ("of", "the", "last", "century"), ("на", "20", "век"))
NAMED_TENS = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60}
NAMED_TENS |= {"seventies": 70, "eighties": 80, "nineties": 90}
# What makes a bare number below 1900 a year.
_YEAR_LEADS = {
    "en": words("in since from year by until till before circa during"),
    "ru": frozenset[str](),
    "bg": frozenset(("през",)),
}


def from_year(dates: Dates, i: int) -> Found | None:
    """A year in digits that is no count: 2024 г., in 1912, 1966-1994, the 1980s, 1980-те, and bare ones."""
    scan = dates.scan
    if ten := dates.part_of(decade(scan, i)):
        return ten
    read = year_at(scan, i)
    if read is None:
        return None
    year, end = read
    noun = end > i + 1
    if scan.words[end] in ("-", "–", "—", "/"):
        if (further := year_at(scan, end + 1)) and further[0] > year:
            low, high = date(year, 1, 1), date(further[0], 12, 31)
            return Found(i, further[1], "year", low, high, hedge="range")
        short = scan.words[end + 1]
        if scan.kinds[end + 1] == "n" and len(short) == 2 and short.isdigit() and int(short) == (year + 1) % 100:
            return Found(i, past_year_noun(scan, end + 2), "year", date(year, 1, 1), date(year + 1, 12, 31), hedge="range")
        if scan.words[end] == "-" and scan.glued(end + 1) and scan.words[end + 1] in ("а", "та", "го", "й", "м", "ата"):
            return dates.year(i, past_year_noun(scan, end + 2), year)
    if not (noun or 1900 <= year <= 2100 or scan.before(i) in _YEAR_LEADS[scan.language] or _among_years(scan, i)):
        return None
    begin, part = dates.part(i)
    return third(dates.year(begin, end, year), part)


def _among_years(scan: Scan, i: int) -> bool:
    """Whether a bare number stands in a list of years or at an end of a span of them: in 1563, 1593 and 1603; 1361 to 1528."""
    for step in (1, -1):
        k = i + step
        if scan.words[k] not in _LISTING:
            continue
        k += step * ({scan.words[k], scan.words[k + step]} <= _LISTING and "," in (scan.words[k], scan.words[k + step]))
        after = k + step + 1 if step > 0 else i + 1
        if year_at(scan, k + step) and unit_after(scan, after) is None and noun(scan.words[after], scan.language) is None:
            return True
        following = year_at(scan, k + step)
        if following and following[1] > k + step + 1:
            return True
    return False


def decade(scan: Scan, i: int) -> Found | None:
    """1980s, 1980-те, 80-х годов, the '90s."""
    word = scan.words[i]
    if scan.kinds[i] != "n" or not word.isdigit() or int(word) % 10 or len(word) not in (2, 4):
        return None
    k = i + 1
    k += scan.words[k] in ("-", "’", "'") and scan.glued(k)
    if not scan.glued(k) or scan.words[k] not in ("s", "те", "ми", "е", "х", "м", "ые", "ых", "тите"):
        return None
    named = past_year_noun(scan, k + 1) > k + 1
    if len(word) == 2:
        alone = scan.words[k] == "те" and scan.kinds[k + 1] != "w" and scan.before(i) in ("през", "от", "на", "до")
        if (
            not (named and scan.words[k] in ("те", "е", "х", "м", "ые", "ых"))
            and not alone
            and not (scan.words[k] == "s" and scan.before(i) in ("the", "’", "'", "early", "late"))
        ):
            return None
        year = (1900 if int(word) >= 30 else 2000) + int(word)
    else:
        year = int(word)
        counts = scan.language == "bg" and not named and scan.kinds[k + 1] == "w" and is_modifier(scan, k + 1)
        if year not in YEARS or counts:
            return None  # 1150-те проверени сгради
    end = past_year_noun(scan, k + 1)
    for phrase in _LAST_CENTURY:
        if len(word) == 2 and scan.has(end, phrase):
            year, end = 1900 + int(word), end + len(phrase)
    last = year + 99 if year % 100 == 0 and year < 2000 else year + 9
    unit = "century" if last - year == 99 else "decade"
    return Found(i, end, unit, date(year, 1, 1), date(last, 12, 31))


def named_decade(scan: Scan, i: int) -> Found | None:
    """The nineties, девяностые годы, деветдесетте години."""
    word, language = scan.words[i], scan.language
    if language == "en":
        year = NAMED_TENS.get(word, 0)
        return _ten(i, i + 1, year) if year and scan.before(i) in ("the", "early", "late", "-") else None
    tens = (ORDINALS if language == "ru" else CARDINALS)[language].get(word, 0)
    if tens not in range(20, 100, 10) or not word.endswith(("ые", "ых", "ым", "ыми", "те")):
        return None
    end = past_year_noun(scan, i + 1)
    if end == i + 1 or (language == "bg" and scan.before(i) not in ("през", "от", "на", "до", "средата")):
        return None
    return _ten(i, end, int(tens))


def _ten(begin: int, end: int, tens: int) -> Found:
    year = tens + (1900 if tens >= 30 else 2000)
    return Found(begin, end, "decade", date(year, 1, 1), date(year + 9, 12, 31))


def century(scan: Scan, i: int) -> Found | None:
    """19th century, XIX век, деветнадесети век."""
    word = scan.words[i]
    number, k = None, i + 1
    if scan.kinds[i] == "n" and word.isdigit() and len(word) <= 2:
        number = int(word)
        if scan.words[k] == "-" and scan.glued(k) and scan.glued(k + 1):
            k += 2
        elif scan.glued(k) and scan.words[k] in ORDINAL_TAILS[scan.language]:
            k += 1
        few = number % 10 in (2, 3, 4) and number // 10 != 1
        if k == i + 1 and (scan.language == "en" or (scan.words[k] == "века" and (scan.language == "bg" or few))):
            return None
    elif scan.kinds[i] == "w" and _ROMAN.fullmatch(word) and scan.capital(i):
        number = _roman(word)
    elif (ordinal := ORDINALS[scan.language].get(word)) is not None:
        number = int(ordinal)
        if scan.before(i) == "twenty" or (scan.before(i) == "-" and scan.before(i - 1) == "twenty"):
            number += 20
    k += scan.words[k] == "-"
    if number is None or not 1 <= number <= 21 or scan.words[k] not in _CENTURY[scan.language]:
        return None
    return Found(i, k + 1, "century", date(max(1, (number - 1) * 100 + 1), 1, 1), date(number * 100, 12, 31))


def season(dates: Dates, i: int) -> Found | None:
    """Summer 2024, летом прошлого года, през лятото на 2024 г.; winter is that which begins in the year before."""
    scan = dates.scan
    number = SEASONS[scan.language][scan.words[i]]
    year, offset, end = year_after(scan, i + 1)
    begin = i
    if year is None and offset is None:
        offset = SIDES[scan.language].get(scan.before(i))
        if offset is None:
            return None
        begin = i - 1
    resolved = year is None
    if year is None:
        if dates.published is None:
            return Found(begin, end, "season", None, None, partial=f"year {offset} season {number}")
        year = dates.published.year + (offset or 0)
        if number == 1:  # last winter is over, this one is or comes, the next begins
            month = dates.published.month
            year = dates.published.year + {-1: -(month <= 2), 0: int(month >= 6), 1: 1}[offset or 0]
    low = date(year - 1, 12, 1) if number == 1 else date(year, 3 * number - 3, 1)
    return Found(begin, end, "season", low, whole_month(year, 3 * number - 1)[1], resolved=resolved)


def _roman(word: str) -> int:
    total, largest = 0, 0
    for char in reversed(word):
        value = _ROMAN_DIGITS[char]
        total += value if value >= largest else -value
        largest = max(largest, value)
    return total
