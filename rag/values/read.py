"""The values of a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache, lru_cache

from rag.text.calendar import MONTH_NAMES, MONTH_SHORT, WEEKDAYS
from rag.text.numbers import ABOUT, CARDINALS, FRACTIONS, ORDINALS, ROUGH, SCALES
from rag.types import day
from rag.values import multiples, periods, relative, times
from rag.values.ages import age_before
from rag.values.compounds import OLDEST, compounded, split_compound
from rag.values.counted import including, is_modifier
from rag.values.dates import Dates, adjective_of_weekday, month_at, relative_year
from rag.values.eras import NAMED_TENS, SEASONS, century, decade, from_year, named_decade, season
from rag.values.figures import part_after, read_figure
from rag.values.found import Found, Quantity, quantity_of
from rag.values.hedges import hedge_after, hedge_before, is_difference, stronger
from rag.values.measures import unit_after
from rag.values.multiples import multiple
from rag.values.nouns import NOUNS, noun
from rag.values.quantities import continued, quantity
from rag.values.scan import Scan, visible
from rag.values.sequence import ordinal_word
from rag.values.shares import one_in
from rag.values.tense import ahead, until
from rag.values.units import UNITS, WORDS
from rag.values.value import Value
from rag.values.vocabulary import words

_RUSSIAN = frozenset("ыэёЫЭЁ")
# A number after one of these is a name: of a page, an aircraft, a law, a school. Folded; "no" and "чл" stand with a full stop.
_LABELS = words(
    "boeing airbus iphone windows flight room article section chapter page resolution channel formula route highway"
    " apollo falcon unit figure fig war terminal table version gate platform no number annex protocol amendment paragraph psalm"
    " type mark mk area radio tu il yak sukhoi терминале рисунок рис формула формулы формуле боинг эйрбас рейс статья статьи"
    " статье статью статьей ст глава главы главе страница стр пункт пункта п № школа школе школы закон указ резолюция"
    " резолюции номер кабинет дом офис корпус квартира кв участок участке телеканал постановление приложение часть ч"
    " фиг терминал терминала тип типа формула еърбъс полет член чл ал алинея стая училище закона решение резолюцията точка"
    " бр автобус"
    " трамвай линия магистрала етап входа вход апартамент канал протокол"
)
_SINGLE = {  # one of a unit of time without a number; for English after an article
    "en": words("second minute hour day week month year decade century mile half-hour"),
    "ru": words(
        "минуту минуты час часа сутки суток день дня неделю недели месяц месяца год года десятилетие десятилетия век века"
    ),
    "bg": words("минута час ден денонощие седмица месец година десетилетие век тон километър метър литър"),
}
_SINGLE_AFTER = {
    "en": words(
        "for about nearly almost over under than least within after around approximately lasted lasting lasts last"
        " took take takes spent of just only roughly every another some in"
    ),
    "ru": words(
        "около более менее больше меньше почти примерно за через на спустя длился длилась длилось длились продлился"
        " продлилась продлилось продолжался продолжалась продолжалось заняло занял заняла весь целый целую минувшие"
        " последние прошедшие последний последнюю прошедший чем не"
        " минимум не в"
    ),
    "bg": words(
        " около над близо почти за след преди от продължи продължил продължила трая цял цяла цяло последния последната"
        " последното изминалото поне под до"
    ),
}
_RATE = words("once twice times times раз раза пъти път веднъж дважды однажды трижды на в")
_NONE = {
    "en": frozenset(("no", "nobody", "none", "without")),
    "ru": frozenset(("никто", "нет", "без", "никого")),
    "bg": frozenset(("никой", "няма", "без", "нямаше", "никого")),
}
_EACH = words("каждый каждая каждое каждого каждой каждому каждую каждым всеки всяка всяко")
_NOBODY = words("nobody no-one никто никого никой никого")
# What may stand between "nobody" and what befell them.
_HELPING = words("was were is has have had been else not one не е бе беше са был была было были бил била при in on the")
_DIFFERING = frozenset(("number", "money", "distance", "mass", "area", "volume", "temperature", "speed", "power", "energy"))
_SHORT = 3  # letters of units that are abbreviations
_QUARTERS = frozenset(("q1", "q2", "q3", "q4"))
_HARM = frozenset(("dead", "injured", "affected", "missing", "casualties"))
_AGE = words("aged age of between , is was turned turns")
_JOINED = words("and or , и или")
_GOES_ON = words("to до from from down up , а не вместо instead of rather than от срещу compared with")
_CLAUSE = frozenset(",;.:()")
_OPENING = frozenset(".!?:\"“«„'‘")


@cache
def _measures(language: str) -> frozenset[str]:
    """The words for units of which one may stand without a number before a part: a metre and a half, тонну с четвертью."""
    kinds = ("duration", "distance", "mass", "volume", "area")
    return frozenset(word for word, key in WORDS[language].items() if len(word) > _SHORT and UNITS[key].kind in kinds)


@cache
def _triggers(language: str) -> frozenset[str]:
    """The words at which a value may begin."""
    tables = (CARDINALS, SCALES, ROUGH, ABOUT, FRACTIONS, ORDINALS, MONTH_NAMES, MONTH_SHORT, WEEKDAYS, SEASONS)
    words = {word for table in tables for word in table[language]}
    words |= (
        multiples.words_at(language)
        | relative.words_at(language)
        | periods.words_at(language)
        | times.words_at(language)
        | _SINGLE[language]
        | _measures(language)
        | _NONE[language]
        | _EACH
        | (NAMED_TENS.keys() if language == "en" else set())
    )
    words |= {"several", "few", "couple", "несколько", "нескольких", "няколко", "няколкостотин", "лани", "догодина"}
    return frozenset(words)


@lru_cache(maxsize=50_000)
def _starts(word: str, language: str) -> bool:
    return (
        word in _triggers(language)
        or relative.is_adjective(word, language)
        or split_compound(word, language) is not None
        or (language == "ru" and word[:3] == "пол" and (word[3:] in SCALES["ru"] or word[3:] in ORDINALS["ru"]))
        or multiples.is_verb(word, language)
        or adjective_of_weekday(word, language) is not None
        or (language == "en" and word[-2:] in ("'s", "’s") and word[:-2] in WEEKDAYS["en"])
        or (len(word) <= 6 and not word.strip("ivxхі"))
    )


def _language(text: str, language: str | None) -> str:
    if language in ("bg", "ru", "en"):
        return language
    cyrillic = any("\u0400" <= char <= "\u04ff" for char in text)
    return "en" if not cyrillic else "ru" if _RUSSIAN & set(text) else "bg"


def read_values(text: str, language: str | None, *, published: date | datetime | None = None) -> tuple[Value, ...]:
    """The values that `text` states, in order, none overlapping; offsets count its code points.

    `language` is "bg", "ru" or "en"; for any other, and for None, it is told by the letters of the text. Relative dates
    count from `published`; without it they, and days and months without a year, are partial (see `Value`).

    Years, phone numbers, names of models and numbers of sections are no counts, and are dates or nothing. "One" is a value only
    beside a unit or a noun of the news, "first" never. "Hundreds", "десятки", "several thousand" are ranges from two of that
    power of ten to just below the next, with the hedge `about`; "a dozen" is 12. Where the text says that nobody was
    killed, hurt or missing, that is a number 0.
    """
    published_day = None if published is None else day(published)
    shown = visible(text)
    if shown is None:
        return tuple(_Reader(text, _language(text, language), published_day).values())
    plain, offsets = shown
    found = _Reader(plain, _language(plain, language), published_day).values()
    return tuple(_moved(value, text, offsets) for value in found)


def _moved(value: Value, text: str, offsets: list[int]) -> Value:
    start, end = offsets[value.start], offsets[value.end - 1] + 1
    return replace(value, start=start, end=end, text=text[start:end])


class _Reader:
    """Goes through one text once."""

    def __init__(self, text: str, language: str, published: date | None) -> None:
        self.text = text
        self.scan = Scan(text, language)
        self.dates = Dates(self.scan, published)
        self.last: Quantity | None = None

    def values(self) -> Iterator[Value]:
        scan, language = self.scan, self.scan.language
        i = floor = 0
        while i < scan.size:
            kind = scan.kinds[i]
            found: Found | Quantity | None = None
            if kind in "ndc":
                found = self._at_figure(i, floor)
            elif kind == "x" and len(scan.words[i]) == 2 and scan.words[i] in _QUARTERS:
                found = periods.period(self.dates, i)
            elif kind == "w" and _starts(scan.words[i], language):
                found = self._at_word(i, floor)
            if found is None or found.begin < floor:
                i += 1
                continue
            yield self._value(found)
            i = floor = found.end

    def _at_figure(self, i: int, floor: int) -> Found | Quantity | None:
        scan, dates, language = self.scan, self.dates, self.scan.language
        if scan.kinds[i] == "d":
            return dates.numeric(i)
        if scan.kinds[i] == "c":
            return times.time_of_day(scan, i, floor) or self._score_of_clock(i)
        if language == "en" and scan.has(i, ("9", "/", "11")) and scan.glued(i + 1) and scan.glued(i + 2):
            return Found(i, i + 3, "day", date(2001, 9, 11), date(2001, 9, 11))
        labelled = self._labelled(i)
        if labelled and (dated := dates.from_day(i)) and month_at(scan, dated.end - 1):
            return dated  # рейс 1 июня
        if labelled or self._before_christ(i + 1) or (scan.words[i][-2:] == ".0" and scan.capital(i - 1)):
            return None
        dated = dates.from_day(i) or dates.day_and_month(i) or dates.part_of(century(scan, i)) or periods.period(dates, i)
        if dated is None:
            dated = dates.part_of(decade(scan, i)) if self._counts(i) else from_year(dates, i)
        if dated is not None:
            return dated
        if timed := (language == "bg" and times.spoken_time(scan, i)) or times.time_of_day(scan, i, floor):
            return timed
        return self._amount(i, floor)

    def _score_of_clock(self, i: int) -> Quantity | None:
        first, second, *more = self.scan.words[i].split(":")
        return None if more else Quantity("score", i, i + 1, float(first), float(second))

    def _labelled(self, i: int) -> bool:
        scan = self.scan
        before = scan.before(i)
        if before in ("№", "#", "/", "§"):
            return True
        k = i - 1 - (before == ".")
        if k < 0 or scan.words[k] not in _LABELS:
            return False
        short = len(scan.words[k]) <= 3 and scan.kinds[k] == "w"
        if scan.words[k] in ("no", "п", "ст", "ч", "кв", "бр", "стр", "чл", "ал", "fig", "фиг", "рис"):
            return before == "."
        if scan.words[k] in (
            "number",
            "дом",
            "школа",
            "школе",
            "часть",
            "пункт",
            "unit",
            "решение",
            "точка",
            "закон",
            "закона",
            "член",
        ):
            counts = noun(scan.words[i + 1], scan.language) is not None and not self._one_thing(i)
            return scan.kinds[i] == "n" and scan.words[i].isdigit() and not counts
        return short or before != "."

    def _one_thing(self, i: int) -> bool:
        """Whether what follows a figure is one thing, of that number: the number 14 bus."""
        named = noun(self.scan.words[i + 1], "en") if self.scan.language == "en" else None
        forms = named.forms["en"] if named else ("", "")
        return forms[0] != forms[-1] and self.scan.words[i + 1] == forms[0] and self.scan.words[i] != "1"

    def _before_christ(self, k: int) -> bool:
        scan = self.scan
        k += scan.words[k] == "г" and 1 + (scan.words[k + 1] == ".")
        return scan.words[k] == "bc" or scan.has(k, ("до", "н")) or scan.has(k, ("пр", ".", "н")) or scan.has(k, ("b", ".", "c"))

    def _counts(self, i: int) -> bool:
        """Whether four digits are a count and no year: a noun of the news, a unit or a multiplier stands after them."""
        scan = self.scan
        if len(scan.words[i]) != 4 or not scan.words[i].isdigit():
            return True
        following = scan.words[i + 1]
        if following in SCALES[scan.language]:
            return True
        if following in ("г", "гг") or (scan.kinds[i + 1] == "s" and following not in "%°$€£₽"):
            return False
        unit = unit_after(scan, i + 1)
        if unit is not None:
            return unit[0].key != "year" or scan.before(i) in ("около", "почти", "преди", "примерно", "about", "over", "nearly")
        if scan.before(i) in ("$", "€", "£", "₽"):
            return True
        if scan.before(i) in ("in", "since", "през", "year"):
            return False
        named = noun(following, scan.language) if scan.kinds[i + 1] == "w" else None
        if named is None:
            return False
        forms = named.forms[scan.language]
        return following != forms[0] or forms[0] == forms[-1] or named.kind == "role"  # в 1973 президент

    def _amount(self, i: int, floor: int) -> Found | Quantity | None:
        scan = self.scan
        aged = age_before(scan, i) if scan.language == "en" and scan.before(i) in _AGE else None
        if aged is not None and aged.begin >= floor:
            return aged
        if (
            scan.kinds[i] == "w"
            and scan.language == "en"
            and i
            and scan.capital(i)
            and scan.capital(i + 1)
            and scan.before(i) not in _OPENING
        ):
            return None  # Six Flags
        found = quantity(scan, i, floor)
        if found is not None and found.kind == "duration" and found.low == found.high:
            return self._ago(found) or found
        return found

    def _ago(self, found: Quantity) -> Found | None:
        """The date that a length of time is away from that of publication, where it says so: two days ago, через неделю."""
        scan = self.scan
        count = round(found.low / UNITS[found.unit].factor, 6)
        if said := relative.says_ago(scan, found.begin, found.end):
            return relative.ago(self.dates, *said, found.unit, count)
        if relative.says_hence(scan, found.begin):
            return relative.ago(self.dates, found.begin - 1, found.end, found.unit, -count)
        return None

    def _at_word(self, i: int, floor: int) -> Found | Quantity | None:
        scan, dates, language = self.scan, self.dates, self.scan.language
        word = scan.words[i]
        if word in ("четири", "четирите") and scan.words[i + 1] == "очи":
            return None  # two people alone
        if word in _NONE[language] and (none := self._none(i)):
            return none
        if found := relative.single_day(dates, i) or relative.beside(dates, i) or relative.from_weekday(dates, i):
            return found
        if found := periods.period(dates, i):
            return found
        if word in MONTH_NAMES[language] or word in MONTH_SHORT[language]:
            found = dates.from_month(i, ahead=ahead(scan, i) or until(scan, i))
            if found:
                return found
        if word in SEASONS[language] and (found := season(dates, i)):
            return found
        if told := times.spoken_time(scan, i) or multiple(scan, i, floor):
            return told
        if found := self._year_phrase(i) or dates.part_of(named_decade(scan, i)):
            return found
        if word in _EACH and (part := one_in(scan, i, floor)):
            return part
        if found := dates.from_day(i) or dates.part_of(century(scan, i)):
            return found
        if timed := times.named_time(scan, i) or (times.time_of_day(scan, i, floor) if word in CARDINALS[language] else None):
            return timed
        if ordered := ordinal_word(scan, i):
            return ordered
        opens = i == 0 or scan.before(i) in _OPENING
        if (opens or not scan.capital(i)) and (joined := compounded(scan, i)):
            hedge, start = hedge_before(scan, i, floor)
            joined = replace(joined, begin=start, hedge=hedge)
            return (self._ago(joined) if joined.kind == "duration" else None) or joined
        if (word in _SINGLE[language] or word in _measures(language)) and (single := self._single(i, floor)):
            return self._ago(single) or single
        return self._amount(i, floor)

    def _year_phrase(self, i: int) -> Found | None:
        near = relative_year(self.scan, i)
        return self.dates.year(i, near[1], None, near[0]) if near else None

    def _single(self, i: int, floor: int) -> Quantity | None:
        """One of a unit, without a number: lasted an hour, около часа, цял ден, час и половина, a metre and a half. Of other
        units than those of time it counts only with a part."""
        scan, language = self.scan, self.scan.language
        begin = i
        if language == "en":
            if scan.before(i) not in ("a", "an"):
                return None
            begin = i - 1
        unit = unit_after(scan, i)
        if unit is None or begin < floor or (scan.before(i) == "за" and unit[0].kind != "duration"):
            return None  # 2 лева за литър
        one, end, step = 1.0, unit[1], 1.0
        if more := part_after(scan, end):
            one, end, step = 1 + more[1], end + more[0], more[1]
        elif scan.words[i] not in _SINGLE[language]:
            return None
        hedge, start = hedge_before(scan, begin, floor)
        following = scan.words[end]
        cued = scan.before(start) in _SINGLE_AFTER[language] or hedge != "exact" or one > 1
        cued = cued or following in ("ago", "later", "назад", "спустя") or (following == "earlier" and language == "en")
        if not cued or scan.before(begin) in _RATE or (language == "en" and scan.before(begin) in ("times", "percent")):
            return None
        made = quantity_of(unit[0], one, one, step, start, end)
        longer = continued(scan, made, unit[0]) if one == 1 else made
        if longer is made and language == "ru" and scan.kinds[end] == "w" and read_figure(scan, end):
            return None  # часа два
        later, end = hedge_after(scan, longer.end)  # a year and a half or more
        return replace(longer, end=end, hedge=stronger(hedge, later))

    def _none(self, i: int) -> Quantity | None:
        """Nobody was hurt, няма загинали, обошлось без жертв: a number 0. "No reports of casualties" is none."""
        scan = self.scan
        between = _HELPING if scan.words[i] in _NOBODY or scan.words[i + 1] == "one" else None
        steps = [range(i + 1, min(i + 5, scan.size))]
        if scan.words[i] == "нет":
            steps.append(range(i - 1, max(-1, i - 3), -1))
        for step in steps:
            for k in step:
                found = noun(scan.words[k], scan.language) if scan.kinds[k] == "w" else None
                if found is not None and found.key in _HARM:
                    return Quantity("number", min(i, k), max(i, k) + 1, 0.0, 0.0, what=found.key)
                helps = scan.words[k] in between if between is not None else is_modifier(scan, k)
                if not helps or abs(k - i) > 3:
                    break
        return None

    def _value(self, found: Found | Quantity) -> Value:
        scan = self.scan
        start, end = scan.starts[found.begin], scan.ends[found.end - 1]
        text = self.text[start:end]
        if isinstance(found, Found):
            low, high = relative.as_day(found.low), relative.as_day(found.high)
            return Value(
                "date", start, end, text, low, high, found.unit, found.hedge, resolved=found.resolved, partial=found.partial
            )
        found = self._inherited(found)
        if found.kind in _DIFFERING and found.what != "time" and is_difference(scan, found.begin, found.end):
            found = replace(found, what="difference", group=None)
        step = 0.0 if found.kind in ("time", "score", "ordinal") else found.step
        return Value(found.kind, start, end, text, found.low, found.high, found.unit, found.hedge, found.what, found.group, step)

    def _inherited(self, found: Quantity) -> Quantity:
        """A part of a count of people shares its role: killed 12 people, including 3 children."""
        before, self.last = self.last, found
        if before is not None and before.kind == "age" and found.kind == "number" and found.what is None:
            joined = 0 < found.begin - before.end <= 2 and self.scan.between(before.end, found.begin) <= _JOINED
            return replace(found, kind="age", unit="year") if joined and found.high <= OLDEST else found  # aged 34 and 41
        if before is None or before.what is None or found.kind != "number":
            return found
        if found.what is None:  # rose from 10 to 15; at 43, down from 51
            goes_on = (
                self.scan.words[found.end] not in ("of", "из", "от")
                and 0 < found.begin - before.end <= 4
                and self.scan.between(before.end, found.begin) <= _GOES_ON
            )
            return replace(found, what=before.what, group=before.group) if goes_on else found
        whole = noun_class(before.what)
        if whole == "role" and noun_class(found.what) == "group" and including(self.scan, found.begin):
            return replace(found, what=before.what, group=None if found.what == "people" else found.what)
        return found


def noun_class(key: str) -> str | None:
    """The class of a key of a noun; None for one that is told by its lemma alone."""
    return NOUNS[key].kind if key in NOUNS else None
