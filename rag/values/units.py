"""Units of measure and currencies: how each is written in three languages, and what it is in the base unit of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rag.values.value import Kind
from rag.values.vocabulary import LANGUAGES, read_rows, words


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `factor` base units of `kind` make one of it. `forms` are what `say` writes after a figure, by language:
    English and Bulgarian one and many, Russian one, few and many (few is the genitive singular, after decimals too)."""

    key: str
    kind: Kind
    factor: float
    forms: Mapping[str, tuple[str, ...]]


UNITS: dict[str, Unit] = {}
# Folded word -> key of the unit, by language.
WORDS: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
SIGNS: dict[str, str] = {}


def _load() -> None:
    """Read units.txt. A name that several currencies share stands there for the one that the press means without more."""
    for row in read_rows("units.txt"):
        key, kind, factor, *signs = row.head.split()
        SIGNS.update(dict.fromkeys(signs, key))
        for language, forms in row.read.items():
            for word in forms:
                if "_" not in word:  # names of several words are found by their parts
                    WORDS[language].setdefault(word.lower(), key)
        UNITS[key] = Unit(key, kind, float(factor), row.said)  # type: ignore[arg-type]
    # Codes and the metric signs are read in Cyrillic texts too.
    latin = {word: key for word, key in WORDS["en"].items() if len(word) <= 3 or key in ("km/h", "kWh", "MWh", "GWh", "TWh")}
    for language in ("ru", "bg"):
        WORDS[language] = latin | WORDS[language]


_load()

# What stands before the name of a currency and says whose it is: the currency that the name means alone, the one that it means
# so, and the beginnings of the adjective.
_ADJECTIVES = """
    USD USD american u.s us американск щатск
    cent cent american us американск щатск
    USD AUD australian австралийск
    USD CAD canadian канадск
    USD NZD новозеланд zealand
    USD HKD гонконг хонконг kong
    pound GBP british британск английск
    GBP GBP британск
    BGN BGN bulgarian болгарск българск
    RUB RUB russian российск руск
    RUB BYN belarusian белорусск беларуск
    CHF CHF swiss швейцарск
    TRY TRY turkish турецк
    GBP TRY турск
    RON RON romanian румынск румънск
    UAH UAH ukrainian украинск
    CNY CNY chinese китайск
    JPY JPY japanese японск
    PLN PLN polish польск полск
    INR INR indian индийск
    crown CZK czech чешск чешк
    crown SEK swedish шведск
    crown NOK norwegian норвежск норвежк
    crown DKK danish датск
    dinar RSD serbian сербск сръбск
    MKD MKD macedonian македонск
    real BRL brazilian бразильск бразилск
    peso MXN mexican мексиканск
"""
ADJECTIVES = tuple(
    (stem, name, code) for name, code, *stems in map(str.split, _ADJECTIVES.strip().splitlines()) for stem in stems
)
# Names that say nothing without such an adjective.
SHARED_NAMES: Mapping[str, str] = {
    **dict.fromkeys(words("crown crowns krona kronor krone kroner крона кроны крон крону кронах крони"), "crown"),
    **dict.fromkeys(words("dinar dinars динар динара динаров динари"), "dinar"),
    **dict.fromkeys(words("real reais реал реала реалов реали"), "real"),
    **dict.fromkeys(words("peso pesos песо"), "peso"),
}
# square, cubic, nautical, percentage: beginning of the word -> unit -> unit.
_SQUARE = {"m": "m2", "km": "km2", "mile": "mi2", "foot": "ft2"}
_CUBIC = {"m": "m3", "km": "km3", "foot": "ft3"}
MODIFIERS: tuple[tuple[str, Mapping[str, str]], ...] = (
    *((word, _SQUARE) for word in ("square", "sq", "квадратн", "квадратен", "кв")),
    *((word, _CUBIC) for word in ("cubic", "cu", "кубическ", "кубичн", "кубичен", "куб")),
    *((word, {"mile": "nmi"}) for word in ("nautical", "морск")),
    *((word, {"point": "pp"}) for word in ("percentage", "процентн", "процентен")),
)
POINTS = words("point points пункт пункта пунктов пунктам пункту пункте пунктами пункти")
SPEEDS: Mapping[tuple[str, str], str] = {("km", "hour"): "km/h", ("mile", "hour"): "mph", ("m", "second"): "m/s"}

# The adjectives of compounds (двух-часовой, 10-дневен; in English the unit itself stands there): unit, then their beginnings.
_COMPOUNDS = {
    "en": "",
    "ru": "second секундн; minute минутн; hour часов; day дневн суточн; week недельн; month месячн; year летн годичн "
    "годовал; century вековой; km километров; m метров; cm сантиметров; mm миллиметров; mile мильн; tonne тонн; "
    "kg килограммов; litre литров; % процентн; degree градусн; hectare гектарн; MW мегаваттн; floor этажн",
    "bg": "second секундн секунден; minute минутн минутен; hour часов; day дневн дневен денонощн денонощен; week "
    "седмичн седмичен; month месечн месечен; year годишн годишен; century вековн; km километров; m метров; cm "
    "сантиметров; mm милиметров; tonne тонн тонен; kg килограмов; litre литров; % процентов процентн процентен; "
    "degree градусов; MW мегаватов; floor етажн етажен",
}
COMPOUNDS = {
    language: {stem: row.split()[0] for row in rows.split(";") for stem in row.split()[1:]}
    for language, rows in _COMPOUNDS.items()
}
ANNIVERSARIES: Mapping[str, tuple[str, ...]] = {
    "en": ("anniversary", "anniversaries", "birthday"), "ru": ("летие", "летия", "летию", "летием", "летии"),
    "bg": ("годишнина", "годишнината", "летие", "летието"),
}  # fmt: skip
