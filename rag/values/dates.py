"""Dates in a text: full ones, parts of one, and those that count from the day of publication."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from rag.text.calendar import MONTH_NAMES, MONTH_SHORT, WEEKDAYS
from rag.text.numbers import CARDINALS, ORDINALS, SCALES
from rag.values.found import Found
from rag.values.scan import Scan
from rag.values.tense import befell
from rag.values.units import WORDS
from rag.values.vocabulary import valued, words

YEARS = range(1000, 2101)
_SOON = 45  # days up to which a date without a year lies ahead whatever the verb's tense
_YEAR_NOUN = {
    "en": frozenset[str](),
    "ru": words("год года году годом годе г гг годы годов годам годах годами"),
    "bg": words("година г годината гг години годините"),
}
ORDINAL_TAILS = {
    "en": words("st nd rd th"),
    "ru": words("го е й ое ого м му ом ого"),
    "bg": words("ти ви ри и ия та ми"),
}
# Which year: the words after a month or alone, as the number of years from that of publication.
_YEAR_PHRASES = {
    "en": valued(
        "-1 last_year the_previous_year of_last_year a_year_earlier\n0 this_year of_this_year\n1 next_year of_next_year"
    ),
    "ru": {
        f"{stem}{ending} {noun}": offset
        for stem, endings, offset in (
            *(
                ("прошл", "ого ом ый", -1),
                ("минувш", "его ем ий", -1),
                ("предыдущ", "его ем ий", -1),
                ("позапрошл", "ого ом ый", -2),
            ),
            *(("эт", "ого ом от", 0), ("нынешн", "его ем ий", 0), ("текущ", "его ем ий", 0)),
            *(("следующ", "его ем ий", 1), ("будущ", "его ем ий", 1)),
        )
        for ending in endings.split()
        for noun in ("года", "году", "год")
    },
    "bg": {
        f"{adjective} година": offset
        for adjective, offset in valued(
            "-2 по-миналата\n-1 миналата предишната предходната изминалата\n0 тази настоящата текущата тая"
            "\n1 следващата идната идващата"
        ).items()
    }
    | valued("-1 м_._г лани\n0 т_._г\n1 догодина"),
}
_DAY_MONTH = re.compile(r"(0?[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])")
YearPhrases = dict[str, list[tuple[tuple[str, ...], int]]]


def _by_first_word(phrases: dict[str, int]) -> YearPhrases:
    found: YearPhrases = {}
    for phrase, offset in phrases.items():
        parts = tuple(phrase.replace("-", " - ").split())
        found.setdefault(parts[0], []).append((parts, offset))
    return found


_RELATIVE_YEARS = {language: _by_first_word(phrases) for language, phrases in _YEAR_PHRASES.items()}
# The third of a month or a year that is meant.
_PART = {
    "en": valued("0 early beginning start\n1 mid middle\n2 late end"),
    "ru": valued("0 начале начала началу начало\n1 середина середине середины середину\n2 конце конца концу конец"),
    "bg": valued("0 началото начало\n1 средата\n2 края краят край"),
}
_OPENERS = {
    "en": words(
        "in on of last next this since by until till from through during early late mid and to between around before after"
    ),
    "ru": words("в с до по к на от за и июнь начале конце середине прошлого"),
    "bg": words("през от до на в за към месец и началото края средата миналия следващия този"),
}


def whole_month(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def safe(year: int, month: int, number: int) -> date | None:
    """The day; None where the calendar has none such."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month_at(scan: Scan, i: int) -> int | None:
    """The month whose name is piece `i`, in full or, with a full stop, in short."""
    word = scan.words[i]
    found = MONTH_NAMES[scan.language].get(word)
    if found is None and (found := MONTH_SHORT[scan.language].get(word)) is not None:
        return found if scan.words[i + 1] == "." or scan.kinds[i + 1] == "n" or scan.kinds[i - 1] == "n" else None
    if found and scan.language == "en" and word in ("may", "march") and not scan.capital(i):
        return None
    return found


def year_at(scan: Scan, i: int) -> tuple[int, int] | None:
    """The year in digits at piece `i`, and the piece after it and the word for year that may follow."""
    word = scan.words[i]
    if scan.kinds[i] != "n" or len(word) != 4 or not word.isdigit() or int(word) not in YEARS:
        return None
    return int(word), past_year_noun(scan, i + 1)


def past_year_noun(scan: Scan, i: int) -> int:
    """The piece after the word for "year" at `i`, if one is there."""
    nouns = _YEAR_NOUN[scan.language]
    if scan.words[i] in nouns:
        dotted = scan.words[i] in ("г", "гг") and scan.words[i + 1] == "." and scan.glued(i + 1)
        return i + 2 if dotted and not _ends(scan, i + 1) else i + 1
    return i


def _ends(scan: Scan, i: int) -> bool:
    """Whether the full stop at `i` seems to end the sentence as well."""
    return not scan.words[i + 1] or scan.capital(i + 1)


def relative_year(scan: Scan, i: int) -> tuple[int, int] | None:
    """The year that words at piece `i` name by its distance from the year of publication, and where they end."""
    for phrase, offset in _RELATIVE_YEARS[scan.language].get(scan.words[i], ()):
        if scan.has(i, phrase):
            end = i + len(phrase)
            return offset, end + (scan.words[end] == "." and phrase[-1] == "г")
    return None


def year_after(scan: Scan, i: int) -> tuple[int | None, int | None, int]:
    """The year written after a month: in full, or by its distance from the year of publication; and where it ends."""
    at = i + (scan.words[i] in (",", "of", "на", "."))
    for k in dict.fromkeys((at, i)):
        if found := year_at(scan, k):
            return found[0], None, found[1]
        if near := relative_year(scan, k):
            return None, near[0], near[1]
    return None, None, i


def day_of_month(scan: Scan, i: int) -> tuple[int, int] | None:
    """A day of the month at piece `i`, in digits (with an ending) or as an ordinal, and the piece after it."""
    word, language = scan.words[i], scan.language
    if scan.kinds[i] == "n":
        if not word.isdigit() or len(word) > 2 or not 1 <= int(word) <= 31:
            return None
        end = i + 1
        if scan.words[end] == "-" and scan.glued(end) and scan.words[end + 1] in ORDINAL_TAILS[language]:
            end += 2
        elif scan.glued(end) and scan.words[end] in ORDINAL_TAILS[language]:
            end += 1
        return int(word), end
    value, end = ORDINALS[language].get(word), i + 1
    tens = CARDINALS[language].get(word)
    if tens in (20, 30):
        k = end + (scan.words[end] in ("-", "и"))
        value, end = ORDINALS[language].get(scan.words[k]), k + 1
        value = value + tens if value and value < 10 else None
    return (int(value), end) if value and value <= 31 else None


def _of_2001(scan: Scan, begin: int, end: int) -> bool:
    """Whether the eleventh of September is that of the attacks."""
    near = (*scan.words[max(0, begin - 4) : begin], *scan.words[end : end + 3])
    return any(word.startswith(("attack", "hijack", "теракт", "атентат", "атак")) for word in near)


class Dates:
    """Reads dates off a scanned text; `published` is the day from which relative ones count."""

    def __init__(self, scan: Scan, published: date | None) -> None:
        self.scan = scan
        self.published = published

    def day(self, begin: int, end: int, month: int, number: int, year: int | None, offset: int | None) -> Found | None:
        """A day with its year, or one that the day of publication completes, or else a partial date."""
        if year is None and self.published is None:
            if not 1 <= number <= calendar.monthrange(2000, month)[1]:
                return None
            partial = f"{'--' if offset is None else f'year {offset} '}{month:02}-{number:02}"
            return Found(begin, end, "day", None, None, partial=partial)
        there = self._completed(begin, month, number, offset) if year is None else safe(year, month, number)
        return Found(begin, end, "day", there, there, resolved=year is None) if there else None

    def _completed(self, begin: int, month: int, number: int, offset: int | None) -> date | None:
        """The day in the year that brings it nearest to that of publication; what was is not put months ahead of it."""
        published = self.published
        assert published is not None
        if offset is not None:
            return safe(published.year + offset, month, number)
        near = [day for k in (-1, 0, 1) if (day := safe(published.year + k, month, number))]
        nearest = min(near, key=lambda day: abs(day - published), default=None)
        if nearest is None or (nearest - published).days <= _SOON or not befell(self.scan, begin):
            return nearest
        return max((day for day in near if day <= published), default=nearest)

    def month(
        self, begin: int, end: int, month: int, year: int | None, offset: int | None, *, ahead: bool = False
    ) -> Found | None:
        """A month with its year; without one, the last such month up to that of publication (the next where it lies `ahead`)."""
        if year is None and self.published is None:
            partial = f"--{month:02}" if offset is None else f"year {offset} {month:02}"
            return Found(begin, end, "month", None, None, partial=partial)
        resolved = year is None
        if year is None:
            assert self.published is not None
            year = self.published.year
            if offset is not None:
                year += offset
            elif ahead:
                year += month < self.published.month
            else:
                year -= month > self.published.month
        low, high = whole_month(year, month)
        return Found(begin, end, "month", low, high, resolved=resolved)

    def year(self, begin: int, end: int, year: int | None, offset: int | None = None) -> Found:
        """A whole year."""
        if year is None:
            if self.published is None:
                return Found(begin, end, "year", None, None, partial=f"year {offset}")
            year = self.published.year + (offset or 0)
            return Found(begin, end, "year", date(year, 1, 1), date(year, 12, 31), resolved=True)
        return Found(begin, end, "year", date(year, 1, 1), date(year, 12, 31))

    # ---- at a figure or an ordinal

    def numeric(self, i: int) -> Found | None:
        """The date in figures that is piece `i`: 2025-09-03, 03.09.2025."""
        first, second, third = (int(part) for part in re.findall(r"\d+", self.scan.words[i]))
        end = past_year_noun(self.scan, i + 1)
        if first > 31:
            there = safe(first, second, third)
        else:
            year = third if third > 99 else 2000 + third
            there = None
            if "/" not in self.scan.words[i] or self.scan.language != "en" or first > 12 or first == second:
                there = safe(year, second, first)
            elif second > 12:
                there = safe(year, first, second)
        return Found(i, end, "day", there, there) if there else None

    def from_day(self, i: int) -> Found | None:
        """Dates that begin with the day: 3 September 2025, 3–5 сентября, с 3 по 5, 3-ти септември миналата година."""
        scan = self.scan
        first = day_of_month(scan, i)
        if first is None:
            return None
        number, k = first
        last = number
        joined = scan.words[k] in ("-", "–", "—", "и", "and", "to", "до", "по", "срещу")
        joined = joined or (scan.words[k] == "на" and scan.before(i) in ("с", "со"))  # в ночь с 2 на 3 сентября
        if joined and (further := day_of_month(scan, k + 1)) and self._month_after(further[1]):
            last, k = further
        at = self._month_after(k)
        if at is None:
            return None
        month = month_at(scan, at)
        assert month is not None
        k = at + 1
        if scan.words[k] == "." and scan.glued(k) and scan.words[at] in MONTH_SHORT[scan.language] and not _ends(scan, k):
            k += 1
        year, offset, end = year_after(scan, k)
        if year is None and offset is None and month == 9 and number == 11 and _of_2001(scan, i, end):
            year = 2001
        found = self.day(i, end, month, last, year, offset)
        return self._from(found, number) if found and number < last else found

    def day_and_month(self, i: int) -> Found | None:
        """A day and a month in figures after a preposition, in Russian and Bulgarian: на 3.09, до 03.09."""
        scan = self.scan
        match = _DAY_MONTH.fullmatch(scan.words[i]) if scan.language != "en" and len(scan.words[i]) <= 5 else None
        if match is None or scan.before(i) not in ("на", "от", "до", "с", "со", "к", "по"):
            return None
        end = i + 1 + (scan.words[i + 1] == "." and scan.glued(i + 1) and bool(scan.words[i + 2]) and not scan.capital(i + 2))
        timed = scan.words[end] in ("ч", "час", "часа", "часов", "и") or scan.kinds[end] == "n"
        if timed or scan.words[end] in WORDS[scan.language] or scan.words[end] in SCALES[scan.language]:
            return None
        return self.day(i, end, int(match[2]), int(match[1]), None, None) if scan.words[end] not in ("%", "°") else None

    def _month_after(self, k: int) -> int | None:
        """The piece that is a month's name, at `k` or after "of" or "of the month"."""
        scan = self.scan
        for skip in ((), ("of",), ("месец",), ("день",)):
            if scan.has(k, skip) and month_at(scan, k + len(skip)):
                return k + len(skip)
        return None

    def _from(self, found: Found, number: int) -> Found:
        """A span of days that begins at day `number` of the month in which `found` is."""
        if found.high is None:
            partial = f"{(found.partial or '')[:-2]}{number:02}/{(found.partial or '')[-2:]}"
            return Found(found.begin, found.end, "day", None, None, partial=partial, hedge="range")
        return Found(found.begin, found.end, "day", found.high.replace(day=number), found.high, found.resolved, hedge="range")

    # ---- at a month's name

    def from_month(self, i: int, *, ahead: bool) -> Found | None:
        """Dates that begin with a month: September 3, 2025; September 2025; in June; early September; юни миналата година."""
        scan = self.scan
        month = month_at(scan, i)
        if month is None:
            return None
        k = i + 1
        if scan.words[k] == "." and scan.glued(k) and scan.words[i] in MONTH_SHORT[scan.language]:
            k += 1
        if scan.language == "en" and (first := day_of_month(scan, k)) and scan.kinds[k] == "n":
            number, end = first
            last = number
            more = day_of_month(scan, end + 1) if scan.words[end] in ("-", "–", "and", "to") else None
            if more and more[0] > number and not month_at(scan, more[1]):
                last, end = more
            year, offset, end = year_after(scan, end)
            if year is None and offset is None and month == 9 and number == 11 and _of_2001(scan, i, end):
                year = 2001
            found = self.day(i, end, month, last, year, offset)
            return self._from(found, number) if found and number < last else found
        year, offset, end = year_after(scan, k)
        begin, part = self.part(i)
        if year is None and offset is None:
            near = SIDES[scan.language].get(scan.before(begin))
            if near is not None:
                return self._beside(begin - 1, end, month, near)
            if begin == i and scan.before(i) not in _OPENERS[scan.language] and not self._surely_month(i):
                return None
        if part is None and (span := self._months(begin, end, month)):
            return span
        found = self.month(begin, end, month, year, offset, ahead=ahead)
        return third(found, part)

    def _months(self, begin: int, k: int, month: int) -> Found | None:
        """A span of months that ends in a stated year, or in that of publication: с июня по август этого года."""
        scan = self.scan
        if scan.words[k] not in ("-", "–", "—", "and", "to", "по", "до", "и", "through", "until"):
            return None
        last = month_at(scan, k + 1)
        if last is None or last <= month:
            return None
        year, offset, end = year_after(scan, k + 2)
        if scan.words[k] in ("and", "и") and scan.before(begin) not in ("between", "между") and year is None and offset is None:
            return None
        found = self.month(begin, end, last, year, offset)
        if found is None or found.low is None:
            return found
        return Found(begin, end, "month", date(found.low.year, month, 1), found.high, found.resolved, hedge="range")

    def _surely_month(self, i: int) -> bool:
        """Whether a name without a preposition is a month's: no word or first name, and not capitalised where months are not."""
        scan = self.scan
        if scan.size == 1:
            return True
        if scan.words[i] in _ALSO_WORDS or scan.words[i] in MONTH_SHORT[scan.language]:
            return False
        return not scan.capital(i) if scan.language != "en" else True

    def part(self, i: int) -> tuple[int, int | None]:
        """Which third of a month or year the words before it name, and where they begin."""
        scan = self.scan
        at = i - 1
        if scan.words[at] in ("of", "на", "-", "the") and at > 0:
            at -= 1
        if at >= 0 and (part := _PART[scan.language].get(scan.words[at])) is not None:
            return at, part
        return i, None

    def part_of(self, found: Found | None) -> Found | None:
        """A decade or century, or the third of it that the words before it name: the mid-1990s, в начале XIX века."""
        if found is None:
            return None
        begin, part = self.part(found.begin)
        return found if part is None else third(replace(found, begin=begin), part)

    def _beside(self, begin: int, end: int, month: int, near: int) -> Found:
        """Last June, next June: strictly before or after the month of publication; this June: of its year."""
        if self.published is None:
            return Found(begin, end, "month", None, None, partial=f"--{month:02}")
        year = self.published.year
        if near < 0:
            year -= month >= self.published.month
        elif near > 0:
            year += month <= self.published.month
        low, high = whole_month(year, month)
        return Found(begin, end, "month", low, high, resolved=True)


SIDES = {
    "en": valued("-1 last\n0 this\n1 next"),
    "ru": valued(
        "-1 прошлом прошлого прошлой прошлым прошлую прошлое минувшем минувшего минувшей минувшим минувшую"
        "\n0 этом этого этой этим эту это нынешней нынешним нынешнего нынешнем текущего текущем"
        "\n1 следующем следующего следующей следующим следующую будущем будущего будущей будущим будущую грядущей грядущим"
    ),
    "bg": valued(
        "-1 миналия миналата миналото изминалата изминалото изминалия отминалата отминалото отминалия"
        "\n0 този тази това настоящата настоящото настоящия тая тоя"
        "\n1 следващия следващата следващото идния идната идното идващата идващото идващия предстоящата предстоящото"
    ),
}
# Months that are words or names as well, and need a preposition to be months.
_ALSO_WORDS = words("may march april june май мае мая")


def third(found: Found | None, part: int | None) -> Found | None:
    """The first, middle or last third of a month or a year, as an estimate."""
    if found is None or part is None:
        return found
    if found.low is None or found.high is None:
        return Found(found.begin, found.end, found.unit, None, None, partial=f"{found.partial} third {part}", hedge="about")
    if found.unit == "decade":
        years = ((0, 3), (3, 6), (6, 9))[part]
        first, last = (date(found.low.year + years[0], 1, 1), date(found.low.year + years[1], 12, 31))
        return Found(found.begin, found.end, "decade", first, last, found.resolved, hedge="about")
    length = (found.high - found.low).days + 1
    low = found.low + timedelta(days=length * part // 3)
    high = found.low + timedelta(days=length * (part + 1) // 3 - 1)
    return Found(found.begin, found.end, found.unit, low, high, found.resolved, hedge="about")


def weekday_at(scan: Scan, i: int) -> int | None:
    """The weekday (1 Monday to 7) whose name is piece `i`."""
    word = scan.words[i]
    if scan.language == "en" and word.endswith(("'s", "’s")):
        word = word[:-2]
    return WEEKDAYS[scan.language].get(word) or adjective_of_weekday(word, scan.language)


# Adjectives of weekdays, in the singular: of several days they say a habit, and of no day.
_OF_WEEKDAY = {
    "en": dict[str, int](),
    "ru": valued("1 понедельничн\n2 вторничн\n4 четвергов\n5 пятничн\n6 субботн\n7 воскресн"),
    "bg": valued("1 понеделнишк понеделничн\n2 вторнишк вторничн\n4 четвъртъчн\n5 петъчн\n6 съботн\n7 неделн"),
}
_SINGULAR = {
    "en": frozenset[str](),
    "ru": words("ый ий ая ое ого ому ом ой ую"),
    "bg": words("ия ият а ата о ото"),
}


@lru_cache(maxsize=20_000)
def adjective_of_weekday(word: str, language: str) -> int | None:
    """The weekday that a word is the adjective of: воскресный, неделното."""
    return next(
        (
            day
            for stem, day in _OF_WEEKDAY[language].items()
            if word.startswith(stem) and word[len(stem) :] in _SINGULAR[language]
        ),
        None,
    )
