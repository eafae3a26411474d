"""Times of day: 18:30, 6.30 pm, в 18 часов, at noon."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.text.calendar import WEEKDAYS
from rag.text.numbers import CARDINALS, ORDINALS
from rag.values.figures import digits, read_figure
from rag.values.found import Quantity
from rag.values.hedges import hedge_before
from rag.values.scan import Scan
from rag.values.units import WORDS
from rag.values.vocabulary import valued

_CLOCK = re.compile(r"(\d\d?)[:.](\d\d)(?::(\d\d))?")
# Where a figure with a point may be a time of day: "в 18.30".
_AT = {
    "en": frozenset(("at", "by", "from", "until", "till", "around", "about", "to", "before", "after")),
    "ru": frozenset(("в", "к", "до", "с", "около", "после", "на")),
    "bg": frozenset(("в", "към", "до", "от", "около", "след", "преди", "за")),
}
# Hours are a time of day only after these: "в 18 часов", but not "около 18 часов".
_AT_HOUR = {"en": frozenset[str](), "ru": frozenset(("в", "к")), "bg": frozenset(("в", "към"))}
_DAYTIME: Mapping[str, Mapping[str, int]] = {
    "en": {"am": 0, "pm": 12},
    "ru": {"утра": 0, "ночи": 0, "вечера": 12, "дня": 12},
    "bg": {"сутринта": 0, "вечерта": 12, "следобед": 12, "следобяд": 12},
}
_PHRASES: Mapping[str, Mapping[str, int]] = {
    "en": valued("0 in_the_morning\n12 in_the_afternoon in_the_evening at_night"),
    "ru": {},
    "bg": valued("0 през_нощта след_полунощ преди_обяд\n12 след_обяд"),
}
_NAMED: Mapping[str, Mapping[str, int]] = {
    "en": {"noon": 12, "midday": 12, "midnight": 0},
    "ru": {"полдень": 12, "полночь": 0, "полуночи": 0, "полудню": 12},
    "bg": {"полунощ": 0},
}


def time_of_day(scan: Scan, i: int, floor: int) -> Quantity | None:
    """The time of day whose figure is at piece `i`."""
    hour, minute, second, k = _figures(scan, i)
    if hour is None:
        return None
    half, end = _half(scan, k)
    stated = scan.kinds[i] == "c"
    before, language = scan.before(i), scan.language
    if stated and half is None and language != "en" and WORDS[language].get(scan.words[k]) == "hour":
        end = _past_hours(scan, k)  # в 11:00 часов
    if half is None and not stated:
        if scan.words[k] == "o" or scan.words[k].startswith("o'clock") or scan.words[k].startswith("o’clock"):
            end, stated = k + 1, True
        elif (
            language != "en"
            and WORDS[language].get(scan.words[k]) == "hour"
            and (before in _AT_HOUR[language] or minute is not None)
        ):
            end, stated = _past_hours(scan, k), True
            half, end = _half(scan, end) if _half(scan, end)[0] is not None else (None, end)
            if minute is None:
                minute, end = _minutes(scan, end)
        elif minute is not None and before in _AT[language] and not _measured(scan, k):
            stated = True
    if half is not None and hour > 12:
        half = None
    if not stated and half is None:
        return None
    bare = half is not None and language != "en" and not _says_hours(scan, i, k) and minute is None
    if bare and (scan.words[k] == "дня" or (scan.words[k] == "ночи" and before not in _AT[language])):
        return None  # "3 дня" is three days, "две ночи" two nights
    if half is not None:
        hour = hour % 12 + half if not (half == 0 and hour == 12) else 0
    if hour > 24 or (minute or 0) > 59:
        return None
    hedge, start = hedge_before(scan, i, floor)
    if hedge not in ("exact", "about"):
        hedge, start = "exact", i
    seconds = float(hour % 24 * 3600 + (minute or 0) * 60 + (second or 0))
    return Quantity("time", start, end, seconds, seconds, "clock", hedge, step=0.0)


def spoken_time(scan: Scan, i: int) -> Quantity | None:
    """A time of day told by a half, a quarter or minutes of an hour: half past seven, в половине восьмого, осем без четвърт."""
    found = {"en": _spoken_en, "ru": _spoken_ru, "bg": _spoken_bg}[scan.language](scan, i)
    if found is None:
        return None
    minutes, k = found
    half, end = _half(scan, k)
    if half is not None:
        minutes = minutes % 720 + 60 * half
    return Quantity("time", i, end, 60.0 * (minutes % 1440), 60.0 * (minutes % 1440), "clock", step=0.0)


def _spoken_en(scan: Scan, i: int) -> tuple[int, int] | None:
    word, k = scan.words[i], i + 1
    if word in ("half", "quarter"):
        past = 30 if word == "half" else 15
    else:
        figure = read_figure(scan, i)
        if figure is None or figure.low not in (5, 10, 20, 25):
            return None
        past, k = int(figure.low), figure.end
        k += scan.words[k] in ("minutes", "minute")
    hour = CARDINALS["en"].get(scan.words[k + 1], 0)
    if scan.words[k] not in ("past", "to") or not 1 <= hour <= 12 or (scan.words[k] == "to" and past == 30):
        return None
    before = scan.before(i - (scan.before(i) == "a"))
    if scan.words[k] == "to" and before not in ("at", "by", "until", "around", "about", "from", "after", "before"):
        return None  # ten to twelve people
    return int(hour) * 60 + (past if scan.words[k] == "past" else -past), k + 2


def _spoken_ru(scan: Scan, i: int) -> tuple[int, int] | None:
    word = scan.words[i]
    if word == "без":
        if scan.words[i + 1] == "четверти":
            less, k = 15, i + 2
        elif figure := read_figure(scan, i + 1):
            less, k = int(figure.low), figure.end
            k += scan.words[k] in ("минут", "минуты")
        else:
            return None
        hour = CARDINALS["ru"].get(scan.words[k], 1 if scan.words[k] == "час" else 0)
        return (int(hour) * 60 - less, k + 1) if 1 <= hour <= 12 and less in (5, 10, 15, 20, 25) else None
    if word in ("половина", "половине", "половину", "четверть"):
        past, name, k = (15 if word == "четверть" else 30), scan.words[i + 1], i + 2
    elif word.startswith("пол") and len(word) > 7:
        past, name, k = 30, word[3:], i + 1
    else:
        return None
    hour = ORDINALS["ru"].get(name, 0)
    return (int(hour - 1) * 60 + past, k) if 1 <= hour <= 12 and name.endswith(("ого", "его")) else None


def _spoken_bg(scan: Scan, i: int) -> tuple[int, int] | None:
    if scan.before(i) not in _AT["bg"]:
        return None
    figure = read_figure(scan, i)
    if figure is None:
        return None
    hour, k = int(figure.low), figure.end
    if figure.low % 1 in (0.25, 0.5) and figure.low < 13:
        minutes = int(figure.low % 1 * 60)
    elif scan.words[k] in ("и", "без") and figure.low % 1 == 0 and 1 <= hour <= 12:
        sign = 1 if scan.words[k] == "и" else -1
        more = read_figure(scan, k + 1)
        if scan.words[k + 1] == "четвърт":
            minutes, k = 15 * sign, k + 2
        elif more is not None and more.low in (5, 10, 15, 20, 25):
            minutes, k = int(more.low) * sign, more.end
        else:
            return None
    else:
        return None
    told = _half(scan, k)[0] is not None or scan.kinds[k] != "w"
    return (hour * 60 + minutes, k) if told and not _measured(scan, k) else None


def _figures(scan: Scan, i: int) -> tuple[int | None, int | None, int | None, int]:
    """Hour, minute and second as far as they are written at piece `i`, and the piece after them."""
    comma = scan.before(i) in _AT_HOUR[scan.language] and WORDS[scan.language].get(scan.words[i + 1]) == "hour"
    if match := _CLOCK.fullmatch(scan.words[i].replace(",", ".") if comma else scan.words[i]):
        return int(match[1]), int(match[2]), int(match[3]) if match[3] else None, i + 1
    if scan.kinds[i] == "n":
        value, end = digits(scan, i)[0], i + 1
    else:
        figure = read_figure(scan, i)
        value, end = (figure.low, figure.end) if figure else (None, i)
    if value is None or not 0 <= value <= 24 or value != int(value):
        return None, None, None, i
    return int(value), None, None, end


def _half(scan: Scan, k: int) -> tuple[int | None, int]:
    """What the words at piece `k` say of the half of the day: 0 or 12 hours to add, and where they end."""
    word, language = scan.words[k], scan.language
    if language == "en" and word in ("a", "p") and scan.words[k + 1] == "." and scan.words[k + 2] == "m":
        dot = scan.words[k + 3] == "." and scan.words[k + 4] != "" and not scan.capital(k + 4)
        return (0 if word == "a" else 12), k + 3 + dot
    if (half := _DAYTIME[language].get(word)) is not None:
        return half, k + 1
    for phrase, hours in _PHRASES[language].items():
        parts = tuple(phrase.split())
        if scan.has(k, parts):
            return hours, k + len(parts)
    if language != "en" and WORDS[language].get(word) == "hour":
        after = _past_hours(scan, k)
        if _half(scan, after)[0] is not None:
            return _half(scan, after)
    return None, k


def _past_hours(scan: Scan, k: int) -> int:
    return k + 1 + (scan.words[k] == "ч" and scan.words[k + 1] == "." and scan.words[k + 2] != "" and not scan.capital(k + 2))


def _minutes(scan: Scan, k: int) -> tuple[int | None, int]:
    """В 18 часов 30 минут: the minutes that follow the hours."""
    at = k + (scan.words[k] == "и")
    if scan.kinds[at] == "n" and scan.words[at].isdigit() and WORDS[scan.language].get(scan.words[at + 1]) == "minute":
        return int(scan.words[at]), at + 2
    return None, k


# Prefixes of units: at 0.11 microsieverts, at 2.4 gigahertz.
_PREFIXED = ("micro", "milli", "kilo", "mega", "giga", "nano", "микро", "милли", "мили", "кило", "мега", "гига", "нано")


def _measured(scan: Scan, k: int) -> bool:
    word, language = scan.words[k], scan.language
    return (
        word in WORDS[language]
        or word.startswith(_PREFIXED)
        or (word in "%°$€£₽-–" and word != "")
        or word in ("тыс", "млн", "млрд", "million", "billion", "хил", "раза", "пъти", "балла", "points")
    )


def _says_hours(scan: Scan, i: int, k: int) -> bool:
    return any(WORDS[scan.language].get(scan.words[n]) == "hour" for n in range(i, k + 1))


def named_time(scan: Scan, i: int) -> Quantity | None:
    """Noon and midnight, after a preposition."""
    hour = _NAMED[scan.language].get(scan.words[i])
    if hour is None or scan.before(i) not in (
        "at",
        "by",
        "until",
        "в",
        "к",
        "до",
        "около",
        "after",
        "before",
        "след",
        "после",
        "around",
        *WEEKDAYS[scan.language],
    ):
        return None
    return Quantity("time", i, i + 1, hour * 3600.0, hour * 3600.0, "clock", step=0.0)


def words_at(language: str) -> frozenset[str]:
    """The words that name a time of day by themselves."""
    return frozenset(_NAMED[language]) | ({"без"} if language == "ru" else frozenset())
