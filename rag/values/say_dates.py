"""A date in the reader's language."""

from __future__ import annotations

import re
from datetime import date

from rag.text.calendar import MONTH_NAMES, WEEKDAYS
from rag.values.units import UNITS
from rag.values.value import Value

_SEASONS = {
    "en": ("winter", "spring", "summer", "autumn"), "ru": ("зима", "весна", "лето", "осень"),
    "bg": ("зимата на", "пролетта на", "лятото на", "есента на"),
}  # fmt: skip
_THIRDS = {
    "en": ("early ", "mid-", "late "),
    "ru": ("начало ", "середина ", "конец "),
    "bg": ("началото на ", "средата на ", "края на "),
}  # fmt: skip
_DAYS = {
    "en": {-2: "the day before yesterday", -1: "yesterday", 0: "today", 1: "tomorrow", 2: "the day after tomorrow"},
    "ru": {-2: "позавчера", -1: "вчера", 0: "сегодня", 1: "завтра", 2: "послезавтра"},
    "bg": {-2: "онзи ден", -1: "вчера", 0: "днес", 1: "утре", 2: "вдругиден"},
}
_BESIDE = {
    "en": {"week": ("last week", "this week", "next week"), "weekend": ("last weekend", "this weekend", "next weekend")}
    | {"month": ("last month", "this month", "next month"), "year": ("last year", "this year", "next year")},
    "ru": {
        "week": ("прошлая неделя", "эта неделя", "следующая неделя"),
        "weekend": ("прошлые выходные", "эти выходные", "следующие выходные"),
    }
    | {"month": ("прошлый месяц", "этот месяц", "следующий месяц"), "year": ("прошлый год", "этот год", "следующий год")},
    "bg": {
        "week": ("миналата седмица", "тази седмица", "следващата седмица"),
        "weekend": ("миналия уикенд", "този уикенд", "следващия уикенд"),
    }
    | {
        "month": ("миналия месец", "този месец", "следващия месец"),
        "year": ("миналата година", "тази година", "следващата година"),
    },
}
_BESIDE["en"] |= {unit: (f"last {unit}", f"this {unit}", f"next {unit}") for unit in ("decade", "century")}
_BESIDE["ru"] |= {
    "decade": ("прошлое десятилетие", "это десятилетие", "следующее десятилетие"),
    "century": ("прошлый век", "этот век", "следующий век"),
}
_BESIDE["bg"] |= {
    "decade": ("миналото десетилетие", "това десетилетие", "следващото десетилетие"),
    "century": ("миналия век", "този век", "следващия век"),
}
# The parts of such a period.
_THIRDS_OF = {"en": ("the beginning of ", "the middle of ", "the end of "), "ru": _THIRDS["ru"]}
_THIRD_OF = {
    "en": {unit: _BESIDE["en"][unit] for unit in ("month", "year")},
    "ru": {
        "month": ("прошлого месяца", "этого месяца", "следующего месяца"),
        "year": ("прошлого года", "этого года", "следующего года"),
    },
}
_YEAR_OF = {
    "en": ("last year", "this year", "next year"), "ru": ("прошлого года", "этого года", "следующего года"),
    "bg": ("миналата година", "тази година", "следващата година"),
}  # fmt: skip
# Before a weekday: masculine, feminine, neuter.
_SIDE_DAY = {
    "en": (("last", "this", "next"),),
    "ru": (
        ("в прошлый", "в этот", "в следующий"),
        ("в прошлую", "в эту", "в следующую"),
        ("в прошлое", "в это", "в следующее"),
    ),
    "bg": (("миналия", "този", "следващия"), ("миналата", "тази", "следващата")),
}
# Quarters and halves of a year, by their number, and then the year.
_OF_YEAR: dict[str, dict[str, str]] = {
    "quarter": {"en": "the {} quarter of {}", "ru": "{} квартал {}", "bg": "{} тримесечие на {}"},
    "half-year": {"en": "the {} half of {}", "ru": "{} полугодие {}", "bg": "{} полугодие на {}"},
}
_NUMBERED: dict[str, dict[str, tuple[str, ...]]] = {
    "quarter": {
        "en": ("first", "second", "third", "fourth"),
        "ru": ("I", "II", "III", "IV"),
        "bg": ("първото", "второто", "третото", "четвъртото"),
    },
    "half-year": {"en": ("first", "second"), "ru": ("первое", "второе"), "bg": ("първото", "второто")},
}
_GENDERS: dict[str, dict[int, int]] = {"en": {}, "ru": {3: 1, 5: 1, 6: 1, 7: 2}, "bg": {3: 1, 6: 1, 7: 1}}
_FEMININE = {"ru": {3: "среду", 5: "пятницу", 6: "субботу"}, "bg": {3: "сряда", 6: "събота", 7: "неделя"}, "en": {}}
_AGO = {"en": "{} ago", "ru": "{} назад", "bg": "преди {}"}
_OVER = {"en": "in {}", "ru": "через {}", "bg": "след {}"}
_ABOUT = {"en": "around ", "ru": "около ", "bg": "около "}
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_PARTIAL_DAY = re.compile(r"(?:--|year (-?\d+) )(\d\d)(?:-(\d\d)(?:/(\d\d))?)?")
_PARTIAL_BESIDE = re.compile(r"(day|week|weekend|month|year|decade|century) (-?\d+)")


def _months(language: str, *, genitive: bool) -> list[str]:
    names: dict[int, list[str]] = {}
    for name, number in MONTH_NAMES[language].items():
        names.setdefault(number, []).append(name)
    chosen = [forms[1 if genitive and language == "ru" else 0] for _, forms in sorted(names.items())]
    return [name.capitalize() for name in chosen] if language == "en" else chosen


_NOMINATIVE = {language: _months(language, genitive=False) for language in MONTH_NAMES}
_GENITIVE = {language: _months(language, genitive=True) for language in MONTH_NAMES}


def say_date(value: Value, language: str) -> str:
    """The date with its year, as precise as it was stated; "3 сентября 2025 г.", "September 2025", "1980-те години"."""
    if value.low is None or value.high is None:
        return _partial(value.partial or "", language)
    low, high = date.fromordinal(int(value.low)), date.fromordinal(int(value.high))
    if value.unit in _OF_YEAR:
        number = (low.month - 1) // (3 if value.unit == "quarter" else 6)
        return _OF_YEAR[value.unit][language].format(_NUMBERED[value.unit][language][number], _year(low.year, language))
    if value.unit == "season":
        return f"{_SEASONS[language][low.month % 12 // 3]} {_year(high.year, language)}"
    if value.hedge == "about" and value.unit in ("decade", "century"):
        return _third_of_many(value.unit, low, language)
    if value.unit == "century":
        return _century(high.year // 100 if high.year % 100 == 0 else high.year // 100 + 1, low, language)
    if value.unit == "decade":
        return {"en": f"the {low.year}s", "ru": f"{low.year}-е годы", "bg": f"{low.year}-те години"}[language]
    if value.unit == "year" and value.hedge != "about":
        return _year(low.year, language) if low.year == high.year else f"{low.year}–{_year(high.year, language)}"
    if value.unit == "month" and value.hedge != "about" and low.month != high.month:
        first = _NOMINATIVE[language][low.month - 1] + ("" if low.year == high.year else f" {_year(low.year, language)}")
        return f"{first} – {_NOMINATIVE[language][high.month - 1]} {_year(high.year, language)}"
    if value.unit == "month" and value.hedge != "about":
        return f"{_NOMINATIVE[language][low.month - 1]} {_year(low.year, language)}"
    if value.hedge == "about" and value.unit in ("month", "year"):
        return _third(value.unit, low, language)
    if value.hedge == "about" and low != high:
        middle = date.fromordinal((low.toordinal() + high.toordinal()) // 2)
        return _ABOUT[language] + _day(middle, language)
    if low == high:
        return (_ABOUT[language] if value.hedge == "about" else "") + _day(low, language)
    if (low.year, low.month) == (high.year, high.month):
        return f"{low.day}–{_day(high, language)}"
    first = f"{low.day} {_GENITIVE[language][low.month - 1]}" if low.year == high.year else _day(low, language)
    return f"{first} – {_day(high, language)}"


def _year(year: int, language: str) -> str:
    return str(year) if language == "en" else f"{year} г."


def _day(day: date, language: str) -> str:
    return f"{day.day} {_GENITIVE[language][day.month - 1]} {_year(day.year, language)}"


def _third(unit: str, low: date, language: str) -> str:
    if unit == "year":
        part = 0 if low.month == 1 else 1 if low.month < 7 else 2
        return f"{_THIRDS[language][part]}{_year(low.year, language)}"
    part = 0 if low.day == 1 else 1 if low.day < 15 else 2
    return f"{_THIRDS[language][part]}{_GENITIVE[language][low.month - 1]} {_year(low.year, language)}"


def _third_of_many(unit: str, low: date, language: str) -> str:
    """The mid-1990s, начало XIX века."""
    if unit == "decade":
        first = low.year // 10 * 10
        part = {0: 0, 3: 1, 6: 2}[low.year - first]
        said = {"en": f"{first}s", "ru": f"{first}-х годов", "bg": f"{first}-те години"}[language]
        return ("the " if language == "en" else "") + _THIRDS[language][part] + said
    part = min(2, (low.year - 1) % 100 // 33)
    said = _century((low.year - 1) // 100 + 1, date(1, 1, 1), language)
    if language == "ru":
        said += "а"
    return ("the " if language == "en" else "") + _THIRDS[language][part] + said


def _century(number: int, low: date, language: str) -> str:
    if low.year % 100 == 0:  # the 1800s
        return {"en": f"the {low.year}s", "ru": f"{low.year}-е годы", "bg": f"{low.year}-те години"}[language]
    if language == "en":
        tail = "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{tail} century"
    roman, rest = "", number
    for size, sign in _ROMAN:
        while rest >= size:
            roman, rest = roman + sign, rest - size
    return f"{roman} век"


def _partial(partial: str, language: str) -> str:
    """What is known of a date without its year or day: "3 сентября", "вчера", "миналата седмица", "19 June last year"."""
    partial, _, third = partial.partition(" third ")
    if match := _PARTIAL_DAY.fullmatch(partial):
        offset, month, number, last = match.groups()
        days = "" if number is None else f"{int(number)}–{int(last)} " if last else f"{int(number)} "
        names = _GENITIVE if number or third else _NOMINATIVE
        year = "" if offset is None else " " + _of_year(int(offset), language)
        return (_THIRDS[language][int(third)] if third else "") + days + names[language][int(month) - 1] + year
    if match := re.fullmatch(r"weekday (\d)(?: (-?\d))?", partial):
        return _weekday(int(match[1]), match[2], language)
    if match := re.fullmatch(r"year (-?\d+) season (\d)", partial):
        season = _SEASONS[language][int(match[2]) - 1]
        return f"{season.removesuffix(' на')} {_of_year(int(match[1]), language)}"
    match = _PARTIAL_BESIDE.fullmatch(partial)
    assert match is not None, partial
    unit, offset = match[1], int(match[2])
    if third and language != "bg" and unit in _THIRD_OF[language] and -1 <= offset <= 1:
        return _THIRDS_OF[language][int(third)] + _THIRD_OF[language][unit][offset + 1]
    return (_THIRDS[language][int(third)] if third else "") + _beside(unit, offset, language)


def _of_year(offset: int, language: str) -> str:
    return (
        _YEAR_OF[language][offset + 1]
        if -1 <= offset <= 1
        else {"en": "the year before last", "ru": "позапрошлого года"}.get(language, "по-миналата година")
    )


def _weekday(number: int, side: str | None, language: str) -> str:
    names: dict[int, str] = {}
    for name, n in WEEKDAYS[language].items():
        names.setdefault(n, name)
    name = names[number].capitalize() if language == "en" else names[number]
    if side is None:
        return f"{'во' if number == 2 else 'в'} {_FEMININE['ru'].get(number, name)}" if language == "ru" else name
    name = _FEMININE[language].get(number, name)
    return f"{_SIDE_DAY[language][_GENDERS[language].get(number, 0)][int(side) + 1]} {name}"


def _beside(unit: str, offset: int, language: str) -> str:
    if unit == "day" and -2 <= offset <= 2:
        return _DAYS[language][offset]
    if unit in _BESIDE[language] and -1 <= offset <= 1:
        return _BESIDE[language][unit][offset + 1]
    count, unit = abs(offset), "week" if unit == "weekend" else unit
    forms = UNITS[unit].forms[language]
    if language == "ru":
        teens = 10 < count % 100 < 20
        form = forms[0] if count % 10 == 1 and not teens else forms[1] if 2 <= count % 10 <= 4 and not teens else forms[2]
        form = {"неделя": "неделю"}.get(form, form)
    else:
        form = forms[0] if count == 1 else forms[1]
    return (_AGO if offset < 0 else _OVER)[language].format(f"{count} {form}")
