"""A value in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rag.text.numbers import CARDINALS
from rag.values.nouns import NOUNS
from rag.values.say_dates import say_date
from rag.values.units import UNITS
from rag.values.value import Value, ends
from rag.values.vocabulary import LANGUAGES

_HEDGES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "about": "about",
        "at_least": "at least",
        "at_most": "no more than",
        "more_than": "more than",
        "less_than": "less than",
    },
    "ru": {"about": "около", "at_least": "не менее", "at_most": "не более", "more_than": "более", "less_than": "менее"},
    "bg": {
        "about": "около",
        "at_least": "най-малко",
        "at_most": "не повече от",
        "more_than": "повече от",
        "less_than": "по-малко от",
    },
}
_SCALES = {
    "en": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")),
    "ru": ((1e12, "трлн"), (1e9, "млрд"), (1e6, "млн")),
    "bg": ((1e12, "трлн."), (1e9, "млрд."), (1e6, "млн.")),
}
_ROUGH = {
    "en": "dozens|hundreds|thousands|tens of thousands|hundreds of thousands|millions|tens of millions|hundreds of millions"
    "|billions|tens of billions|hundreds of billions",
    "ru": "десятки|сотни|тысячи|десятки тысяч|сотни тысяч|миллионы|десятки миллионов|сотни миллионов"
    "|миллиарды|десятки миллиардов|сотни миллиардов",
    "bg": "десетки|стотици|хиляди|десетки хиляди|стотици хиляди|милиони|десетки милиони|стотици милиони"
    "|милиарди|десетки милиарди|стотици милиарди",
}
_LABELS = {
    "magnitude": {"en": "magnitude", "ru": "магнитуда", "bg": "магнитуд"},
    "score": {"en": "score", "ru": "счёт", "bg": "резултат"},
}
_BY = {"en": "by", "ru": "на", "bg": "с"}
_ANNIVERSARY = {"en": "anniversary", "ru": "годовщина", "bg": "годишнина"}
_AGE = {"en": "aged {}", "ru": "возраст {}", "bg": "на възраст {}"}
_NBSP = "\u00a0"


def say(value: Value, language: str) -> str:
    """The value as a reader of `language` ("bg", "ru", "en"; English for any other) writes it, in the unit it was stated in.

    "more than 2.5 hours" gives "более 2,5 часа" in Russian. What is counted is said where it has a key common to the
    languages, otherwise, and after percentages, the figure stands alone. Reading it again gives an equal value. A date that
    is not resolved is said as far as it is known.
    """
    language = language if language in LANGUAGES else "en"
    if value.kind == "date":
        return say_date(value, language)
    low, high = ends(value)
    if value.kind == "time":
        seconds = int(low)
        said = f"{seconds // 3600:02}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    elif value.kind == "score":
        said = f"{_LABELS['score'][language]} {low:g}:{high:g}"
    elif value.kind == "ordinal":
        said = _ordinal(int(low), value.what, language)
    elif value.kind == "magnitude":
        said = f"{_LABELS['magnitude'][language]} {_figures(value, language, 1.0)}"
        return said if value.hedge in ("exact", "range") else said.replace(" ", f" {_HEDGES[language][value.hedge]} ", 1)
    else:
        said = _amount(value, language)
        if value.kind == "age":
            hedge = _HEDGES[language].get(value.hedge, "")
            return _AGE[language].format(f"{hedge} {said}".strip()) if language != "en" else f"{hedge} {said} old".strip()
    hedge = _HEDGES[language].get(value.hedge, "")
    if hedge == "less than" and value.kind == "number" and value.what in NOUNS:
        hedge = "fewer than"
    said = f"{hedge} {said}" if hedge and _rough(value) is None else said
    return f"{_BY[language]} {said}" if value.what == "difference" else said


def worth_saying(value: Value) -> bool:
    """Whether a value tells a reader of another language something: what has no number of its own is left out. A bare figure
    can be read as it stands; "the two ministers", двамата, refer to somebody and count nobody."""
    if value.kind == "ordinal" or (value.low is None and value.kind != "date"):
        return False
    if value.kind != "number":
        return True
    if _rough(value) is not None or value.what == "difference":
        return True
    first = value.text.split()[0].casefold()
    definite = first in CARDINALS["bg"] and first.endswith(("та", "те"))
    both = value.high == 2 and value.what in ("country", "state", "party", "team")  # the two that everything is about
    return value.what in NOUNS and value.low != 1 and not definite and not both


def _amount(value: Value, language: str) -> str:
    if value.kind == "number":
        return _counted(value, language)
    if value.kind == "duration" and value.low == value.high and (parts := _parts(value, language)):
        return parts
    unit = UNITS["year" if value.kind == "age" else value.unit]
    factor = unit.factor
    shown = value
    if unit.key == "°F":
        factor = 1.0
        shown = replace(value, low=_fahrenheit(value.low), high=_fahrenheit(value.high), step=value.step * 1.8)
    elif value.kind == "age":
        factor = 1.0
    figures = _figures(shown, language, factor)
    forms = unit.forms[language]
    form = _form(
        forms,
        round((shown.high or 0.0) / factor, 6),
        language,
        governed=value.hedge in _HEDGES[language],
        scaled=not figures[-1].isdigit(),
    )
    return figures + ("" if form == "%" else " ") + form


def _fahrenheit(celsius: float | None) -> float:
    return (celsius or 0.0) * 1.8 + 32


def _counted(value: Value, language: str) -> str:
    noun = NOUNS.get(value.what or "")
    rough = _rough(value)
    figures = _figures(value, language, 1.0) if rough is None else _ROUGH[language].split("|")[rough]
    if noun is None:
        return figures
    governed = value.hedge in _HEDGES[language] and rough is None
    scaled = not figures[-1].isdigit()
    if language == "ru" and value.low != value.high and noun.forms["ru"][1] == noun.forms["ru"][2]:
        scaled = True  # 10–21 погибших
    form = _form(noun.forms[language], value.high or 0.0, language, governed=governed, scaled=scaled)
    if value.group and (group := NOUNS.get(value.group)):
        form += " " + _form(group.forms[language], value.high or 0.0, language, governed=governed, scaled=scaled)
    of = " of" if rough is not None and language == "en" else ""
    return f"{figures}{of} {form}"


def _rough(value: Value) -> int | None:
    """The place in the list of words like "hundreds" of a value that was read from one."""
    if value.kind != "number" or value.hedge != "about" or value.low is None or value.high is None or value.low == value.high:
        return None
    power = value.low / 2
    place = len(f"{power:.0f}") - 2
    if value.high != 10 * power - 1 or power != 10 ** (place + 1) or not 0 <= place <= _ROUGH["en"].count("|"):
        return None
    return place


def _form(forms: tuple[str, ...], figure: float, language: str, *, governed: bool, scaled: bool) -> str:
    """The form of a noun after a figure. In Russian a hedge governs the genitive, and a multiplier the genitive plural."""
    if len(forms) == 1:
        return forms[0]
    if language != "ru":
        return forms[0] if figure == 1 and not scaled else forms[1]
    if scaled:
        return forms[2]
    if figure != int(figure):
        return forms[1]
    last, teens = int(abs(figure)) % 10, 10 < abs(figure) % 100 < 20
    if last == 1 and not teens:
        return _genitive(forms) if governed else forms[0]
    return forms[1] if 2 <= last <= 4 and not teens and not governed else forms[2]


def _genitive(forms: tuple[str, ...]) -> str:
    """The genitive singular of a Russian noun: its form for a few, but for those that decline like adjectives (погибшего)."""
    if forms[1] != forms[2] or not forms[0].endswith(("ий", "ый", "ой")):
        return forms[1]
    soft = forms[0].endswith("ий") and forms[0][-3] not in "гкх"
    return f"{forms[0][:-2]}{'его' if soft else 'ого'}"


def _figures(value: Value, language: str, factor: float) -> str:
    """The figure, or the two of a range, in units of `factor`."""
    low, high, step = (figure / factor for figure in (*ends(value), value.step))
    if low == high:
        return say_figure(low, step, language)
    if low < 0:
        joined = {"en": "{} to {}", "ru": "от {} до {}", "bg": "от {} до {}"}[language]
        return joined.format(say_figure(low, step, language), say_figure(high, step, language))
    scales = (scale for scale, _ in _SCALES[language])
    scale = next(
        (s for s in scales if s <= low and high < 1000 * s and (step >= s / 1000 or low % (s / 10) == high % (s / 10) == 0)), 1.0
    )
    first = say_figure(low / scale, step / scale, language)
    return f"{first}–{say_figure(high, step, language)}"


def say_figure(figure: float, step: float, language: str) -> str:
    """A number with the marks of the language; from a million on with its multiplier where it is a round one."""
    for scale, word in _SCALES[language]:
        if abs(figure) >= scale and (step >= scale / 1000 or figure % (scale / 10) == 0):
            return f"{_plain(figure / scale, language)} {word}"
    return _plain(figure, language)


def _plain(figure: float, language: str) -> str:
    text = f"{round(figure, 4):,f}".rstrip("0").rstrip(".")
    return text if language == "en" else text.replace(",", _NBSP).replace(".", ",")


def _parts(value: Value, language: str) -> str | None:
    """Hours and minutes, where the time has no short decimal in its unit."""
    assert value.low is not None
    unit = UNITS[value.unit]
    count = value.low / unit.factor
    smaller = {"hour": "minute", "minute": "second", "day": "hour"}.get(unit.key)
    if smaller is None or abs(count * 4 - round(count * 4)) < 1e-9 or abs(count * 10 - round(count * 10)) < 1e-9:
        return None
    rest = (value.low - int(count) * unit.factor) / UNITS[smaller].factor
    governed = value.hedge in _HEDGES[language]
    pieces = [(int(count), unit), (round(rest, 2), UNITS[smaller])]
    said = [
        f"{_plain(n, language)} {_form(u.forms[language], n, language, governed=governed, scaled=False)}" for n, u in pieces if n
    ]
    return (" и " if language == "bg" else " ").join(said)


def _ordinal(number: int, what: str | None, language: str) -> str:
    noun = NOUNS.get(what or "")
    name = _ANNIVERSARY[language] if what == "anniversary" else noun.forms[language][0] if noun else ""
    if language == "en":
        tail = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{tail} {name}".strip()
    gender = 1 if name.endswith(("а", "я")) else 2 if name.endswith(("о", "е")) else 0
    if language == "ru":
        return f"{number}-{'йяе'[gender]} {name}".strip()
    stem = "т" if 10 < number % 100 < 20 else {1: "в", 2: "р", 7: "м", 8: "м"}.get(number % 10, "т")
    return f"{number}-{stem}{'иао'[gender]} {name}".strip()
