"""The unit that stands at a figure: of measure, of money, of percentages."""

from __future__ import annotations

from functools import lru_cache

from rag.values.scan import Scan
from rag.values.units import ADJECTIVES, COMPOUNDS, MODIFIERS, POINTS, SHARED_NAMES, SIGNS, SPEEDS, UNITS, WORDS, Unit
from rag.values.vocabulary import words

_ABBREVIATED = words(
    "ч мин сек час дн мес нед г гр кг км м см мм т л мл га руб долл лв грн щ кв куб hr hrs min sec ft in lb lbs oz sq yd mi"
)
_PER = {
    "en": (("per",), ("an",), ("a",), ("/",), ("an", "-")),
    "ru": (("в",), ("на",), ("/",)),
    "bg": (("в",), ("на",), ("/",)),
}
_SHORT_PER = {"ч": "hour", "h": "hour", "час": "hour", "с": "second", "s": "second", "сек": "second"}
_DEGREES = {"c": "°C", "с": "°C", "f": "°F"}
_AMERICAN = frozenset(("сша", "us", "u"))
# Latin letters that are no unit when they stand apart from their figure, or at all in capitals (5G).
_TIGHT = words("g l h w c")


def unit_after(scan: Scan, i: int) -> tuple[Unit, int] | None:
    """The unit at piece `i`, and the piece after it; None where none is."""
    language, word = scan.language, scan.words[i]
    if scan.kinds[i] == "s":
        return _sign(scan, i)
    if scan.kinds[i] != "w":
        return None
    if language == "en" and word == "per" and scan.words[i + 1] == "cent":
        return UNITS["%"], i + 2
    if language == "bg" and word == "на" and scan.words[i + 1] == "сто":
        return UNITS["%"], i + 2
    if word == "щ" and scan.has(i + 1, (".", "д")):
        return UNITS["USD"], i + 4
    if word in _DEGREES and scan.glued(i) and scan.capital(i):
        return UNITS[_DEGREES[word]], i + 1  # 38C
    if (key := WORDS[language].get(word)) is not None:
        if word in _TIGHT and (not scan.glued(i) or scan.capital(i)):
            return None
        if word in ("in", "are"):
            return None  # five are in hospital
        return _extended(scan, i, key)
    return _modified(scan, i)


def _sign(scan: Scan, i: int) -> tuple[Unit, int] | None:
    sign = scan.words[i]
    if sign in ("%", "٪"):
        return UNITS["%"], i + 1
    if sign in ("°", "º", "˚"):
        letter = scan.words[i + 1]
        if letter in _DEGREES:
            return UNITS[_DEGREES[letter]], i + 2
        return UNITS["degree"], i + 1
    return (UNITS[SIGNS[sign]], i + 1) if sign in SIGNS else None


def _extended(scan: Scan, i: int, key: str) -> tuple[Unit, int]:
    """A unit and what changes it: в час, per hour, degrees Celsius, percentage points, pounds sterling, долларов США."""
    unit, end, language = UNITS[key], i + 1, scan.language
    if scan.words[i] == "г" and language == "bg" and scan.words[end] == "." and scan.glued(end):
        unit, key = UNITS["year"], "year"  # with its full stop it is a year, without one a gram
    if (
        scan.words[i] in _ABBREVIATED
        and scan.words[end] == "."
        and scan.glued(end)
        and not (scan.capital(end + 1) or not scan.words[end + 1])
    ):
        end += 1
    if unit.kind == "distance":
        for per in _PER[language]:
            if scan.has(end, per):
                word = scan.words[end + len(per)]
                time = _SHORT_PER.get(word) or WORDS[language].get(word, "")
                if speed := SPEEDS.get((key, time)):
                    return UNITS[speed], end + len(per) + 1
    elif key == "litre" and (depth := _on_square_metre(scan, end)):
        return UNITS["mm"], depth
    elif key == "degree":
        at = end + (scan.words[end] in ("по", "по-"))
        scale = WORDS[language].get(scan.words[at])
        if scale in ("°C", "°F"):
            return UNITS[scale], at + 1
        if scan.words[end] in _DEGREES and scan.capital(end):
            return UNITS[_DEGREES[scan.words[end]]], end + 1
    elif key == "pound" and scan.words[end] in ("sterling", "стерлингов"):
        return UNITS["GBP"], end + 1
    elif key == "USD" and scan.words[end] in _AMERICAN:
        return unit, end + 1
    elif key == "%" and scan.words[end] in POINTS:
        return UNITS["pp"], end + 1
    elif key in ("kW", "MW", "GW") and scan.words[end] in ("-", "·") and WORDS[language].get(scan.words[end + 1]) == "hour":
        return UNITS[key + "h"], end + 2
    return unit, end


def _on_square_metre(scan: Scan, i: int) -> int | None:
    """Where "on a square metre" ends, at piece `i` or after what fell on it: 40 литра дъжд на квадратен метър."""
    for at in (i, i + 1) if scan.kinds[i] == "w" else (i,):
        for per in _PER[scan.language]:
            area = unit_after(scan, at + len(per)) if scan.has(at, per) else None
            if area is not None and area[0].key == "m2":
                return area[1]
    return None


def _modified(scan: Scan, i: int) -> tuple[Unit, int] | None:
    """A unit or currency after its adjective: square miles, кв. км, процентных пункта, британски лири, US dollars."""
    language, word = scan.language, scan.words[i]
    k = i + 1 + (scan.words[i + 1] == "." and scan.glued(i + 1))
    if word == "u" and scan.words[i + 2] == "s":  # U.S. dollars
        word, k = "us", i + 3 + (scan.words[i + 3] == ".")
    name = scan.words[k]
    for stem, units in MODIFIERS:
        if word.startswith(stem) and len(word) < len(stem) + 5:
            key = "point" if name in POINTS else WORDS[language].get(name, "")
            if found := units.get(key):
                dot = (
                    scan.words[k + 1] == "."
                    and scan.words[k] in _ABBREVIATED
                    and not scan.capital(k + 2)
                    and scan.words[k + 2] != ""
                )
                return UNITS[found], k + 1 + dot
    if word in ("new", "hong") and scan.words[k] in ("zealand", "kong"):
        word, k = scan.words[k], k + 1
        name = scan.words[k]
    owned = _owned(word, SHARED_NAMES.get(name) or WORDS[language].get(name, ""))
    return (UNITS[owned], k + 1) if owned else None


@lru_cache(maxsize=50_000)
def _owned(adjective: str, name: str) -> str | None:
    """The currency that an adjective of country makes of a name."""
    if not name:
        return None
    return next((code for stem, base, code in ADJECTIVES if base == name and adjective.startswith(stem)), None)


def currency_before(scan: Scan, i: int) -> tuple[Unit, int] | None:
    """The currency whose sign or code stands right before piece `i`, and where that begins."""
    sign = scan.before(i)
    if sign in SIGNS and scan.kinds[i - 1] == "s":
        letters = scan.before(i - 1)
        if i > 1 and scan.glued(i - 1) and (code := SIGNS.get(f"{letters}$")) and sign == "$":
            return UNITS[code], i - 2
        if i > 1 and scan.glued(i - 1) and sign == "$" and letters.upper() in UNITS:
            return UNITS[letters.upper()], i - 2
        return UNITS[SIGNS[sign]], i - 1
    code = sign.upper()
    if (
        len(code) == 3
        and code.isascii()
        and scan.capital(i - 1)
        and (unit := UNITS.get(code)) is not None
        and unit.kind == "money"
    ):
        return unit, i - 1
    return None


@lru_cache(maxsize=50_000)
def compound(word: str, language: str) -> str | None:
    """The unit of an adjective: летний, дневен, километровый; None for any other word."""
    for stem, key in COMPOUNDS[language].items():
        if word.startswith(stem) and len(word) <= len(stem) + 4:
            return key
    return None
