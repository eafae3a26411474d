"""A figure that is tied to its unit: 34-year-old, 10-дневный, двучасов, полчаса, 80-летие."""

from __future__ import annotations

from functools import lru_cache

from rag.text.numbers import PREFIXES
from rag.values.figures import Figure
from rag.values.found import Quantity, quantity_of
from rag.values.measures import compound, unit_after
from rag.values.scan import Scan
from rag.values.units import ANNIVERSARIES, UNITS, WORDS

_PERSONAL = ("летн", "годишн", "годишен", "годовал")
_THINGS = {
    "ru": "договор контракт план период срок перспектив войн истори программ соглашен запрет аренд опыт заключен пребыван правлен"
    " перемир план облигац ипотек кредит минимум максимум пауз перерыв стаж гарант",
    "bg": "договор контракт план период срок перспектив войн истори програм споразумен забран наем опит мандат управлен примир"
    " облигац кредит минимум максимум пауз прекъсв стаж гаранц присъд затвор традиц окупац служб дъно връх рекорд",
}
_THING_STEMS = {language: tuple(stems.split()) for language, stems in _THINGS.items()}
_STRONG = frozenset(("strong", "member", "man", "person", "seat", "judge", "nation", "party"))  # of how many a body is
OLDEST = 120  # years of an age


def hyphened(scan: Scan, low: Figure, high: Figure, begin: int, end: int) -> Quantity | None:
    """A figure that is tied to its unit: 34-year-old, 10-дневный, 80-летие, 6.1-magnitude, two-hour."""
    language, word = scan.language, scan.words[end + 1]
    if word in ANNIVERSARIES[language]:
        return Quantity("ordinal", begin, end + 2, low.low, high.high, what="anniversary")
    if language != "en" and (key := compound(word, language)):
        return adjectival(scan, low, high, begin, end + 1, key)
    if not (scan.glued(end) and scan.glued(end + 1)):
        return None
    if word in ("storey", "story", "floor", "storeyed", "storied"):
        return Quantity("number", begin, end + 2, low.low, high.high, what="floor", step=high.step)
    if word in _STRONG:
        return Quantity("number", begin, end + 2, low.low, high.high, step=high.step)
    if (key := WORDS[language].get(word)) is None:
        return None
    if key == "year" and scan.words[end + 2] == "-" and scan.words[end + 3] in ("old", "olds"):
        return Quantity("age", begin, end + 4, low.low, high.high, "year", step=high.step)
    unit = unit_after(scan, end + 1)
    return quantity_of(unit[0], low.low, high.high, high.step, begin, unit[1]) if unit else None


def adjectival(scan: Scan, low: Figure, high: Figure, begin: int, at: int, key: str) -> Quantity:
    """An adjective of a unit: of years it is an age, but for things that last."""
    if key == "floor":
        return Quantity("number", begin, at + 1, low.low, high.high, what="floor", step=high.step)
    word = scan.words[at]
    if key == "degree" and scan.words[at + 1].startswith(("мороз", "студ")):
        return quantity_of(UNITS[key], -high.high, -low.low, high.step, begin, at + 2)  # в сорокаградусный мороз
    personal = any(stem in word for stem in _PERSONAL)
    if key == "year" and personal and high.high <= OLDEST and not scan.words[at + 1].startswith(_THING_STEMS[scan.language]):
        return Quantity("age", begin, at + 1, low.low, high.high, "year", step=high.step)
    return quantity_of(UNITS[key], low.low, high.high, high.step, begin, at + 1)


def compounded(scan: Scan, i: int) -> Quantity | None:
    """A figure and its unit in one word: двухчасовой, двудневен, полчаса, полгода, тригодишен."""
    found = split_compound(scan.words[i], scan.language)
    if found is None:
        return None
    value, key, half = found
    if key == "anniversary":
        return Quantity("ordinal", i, i + 1, value, value, what="anniversary")
    figure = Figure(value, value, i + 1, 0.5 if value % 1 else 1.0, words=True)
    return quantity_of(UNITS[key], value, value, 0.5, i, i + 1) if half else adjectival(scan, figure, figure, i, i, key)


@lru_cache(maxsize=50_000)
def split_compound(word: str, language: str) -> tuple[float, str, bool] | None:
    """The number and the unit in one word, and whether the unit is a noun (полчаса); None for other words."""
    unit = WORDS[language].get(word) in ("decade", "century")  # десятилетие is no tenth anniversary
    return None if language == "en" or len(word) < 6 or unit else _split(word, language)


def _split(word: str, language: str) -> tuple[float, str, bool] | None:
    if language == "ru" and word.startswith("пол"):
        for head in ("полу", "пол"):
            if (
                word.startswith(head)
                and (key := WORDS["ru"].get(word[len(head) :]))
                and UNITS[key].kind in ("duration", "distance", "mass", "volume")
            ):
                return 0.5, key, True
    prefixes = PREFIXES[language]
    for cut in range(len(word) - 4, 1, -1):
        head, tail = word[:cut], word[cut:]
        if head not in prefixes:
            continue
        if key := compound(tail, language):
            return prefixes[head], key, False
        if tail in ANNIVERSARIES[language]:
            return prefixes[head], "anniversary", False
    for cut in range(3, len(word) - 8):
        # Compounds of two numbers: двадцатипятилетний, тридесетгодишен stays whole above.
        head, rest = word[:cut], word[cut:]
        if (tens := prefixes.get(head)) and tens >= 20 and (more := _split(rest, language)) and more[0] < 10 and not more[2]:
            return tens + more[0], more[1], False
    return None
