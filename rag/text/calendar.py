"""The names of months and weekdays in English, Russian and Bulgarian, in all their forms: the one place that lists them."""

from __future__ import annotations

from collections.abc import Mapping

# By language, January first; the full forms of each, then its abbreviations after a bar.
_MONTHS = {
    "en": "january|jan february|feb march|mar april|apr may| june|jun july|jul august|aug september|sept,sep october|oct"
    " november|nov december|dec",
    "ru": "январь,января,январе,январю,январем|янв"
    " февраль,февраля,феврале,февралю,февралем|фев,февр март,марта,марте,марту,мартом"
    "|мар апрель,апреля,апреле,апрелю,апрелем|апр май,мая,мае,маю,маем| июнь,июня,июне,июню,июнем|июн"
    " июль,июля,июле,июлю,июлем|июл август,августа,августе,августу,августом|авг"
    " сентябрь,сентября,сентябре,сентябрю,сентябрем|сен,сент октябрь,октября,октябре,октябрю,октябрем|окт"
    " ноябрь,ноября,ноябре,ноябрю,ноябрем|ноя,нояб декабрь,декабря,декабре,декабрю,декабрем|дек",
    "bg": "януари|ян,яну февруари|фев,февр март|мар април|апр май| юни|юн юли|юл август|авг септември|сеп,септ октомври|окт"
    " ноември|ное,ноем декември|дек",
}
_WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "ru": "понедельник,понедельника,понедельнику,понедельником,понедельнике вторник,вторника,вторнику,вторником,вторнике"
    " среда,среду,среды,среде,средой четверг,четверга,четвергу,четвергом,четверге пятница,пятницу,пятницы,пятнице,пятницей"
    " суббота,субботу,субботы,субботе,субботой воскресенье,воскресенья,воскресенью,воскресеньем",
    "bg": "понеделник,понеделника,понеделникът вторник,вторника,вторникът сряда,срядата четвъртък,четвъртъка,четвъртъкът"
    " петък,петъка,петъкът събота,съботата неделя,неделята",
}


def _numbered(groups: str, part: int | None) -> dict[str, int]:
    """Form -> its number from 1; of each group the full forms (0), the abbreviations (1) or both (None)."""
    found = {}
    for number, group in enumerate(groups.split(), 1):
        sides = group.split("|") if part is None else group.split("|")[part : part + 1]
        found.update({form: number for side in sides for form in side.split(",") if form})
    return found


# Folded form -> 1 to 12, by language. Abbreviations stand without their point.
MONTH_NAMES: Mapping[str, Mapping[str, int]] = {language: _numbered(groups, 0) for language, groups in _MONTHS.items()}
MONTH_SHORT: Mapping[str, Mapping[str, int]] = {language: _numbered(groups, 1) for language, groups in _MONTHS.items()}
# All forms of all languages; no form has two numbers.
MONTHS: Mapping[str, int] = {form: n for groups in _MONTHS.values() for form, n in _numbered(groups, None).items()}
# Folded form -> 1 (Monday) to 7, as in date.isoweekday.
WEEKDAYS: Mapping[str, Mapping[str, int]] = {language: _numbered(groups, 0) for language, groups in _WEEKDAYS.items()}
