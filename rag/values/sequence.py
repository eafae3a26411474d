"""Figures that count nothing: scores and ordinals."""

from __future__ import annotations

from rag.text.numbers import CARDINALS, FRACTIONS, ORDINALS
from rag.values.counted import counted
from rag.values.figures import Figure, read_figure
from rag.values.found import Quantity
from rag.values.hedges import changes
from rag.values.measures import unit_after
from rag.values.nouns import noun
from rag.values.ranges import DASHES
from rag.values.scan import Scan
from rag.values.shares import ORDINAL_PARTS, PART_OF, stands_alone
from rag.values.units import ANNIVERSARIES
from rag.values.vocabulary import words

_ORDINAL_TAILS = {
    "en": words("st nd rd th"),
    "ru": words("й я е го му м ый ая ое ого ому ым ом ой ую ые ых ю ий"),
    "bg": words("и ти ви ри та ва ра ма то во ро ия ият ата ото ите ми"),
}
_SPORT = {
    "en": (
        "scor",
        "won",
        "win",
        "beat",
        "lost",
        "lose",
        "defeat",
        "victor",
        "draw",
        "drew",
        "vot",
        "thrash",
        "lead",
        "led",
        "set",
    ),
    "ru": ("счет", "выигр", "побед", "обыгр", "проигр", "ничь", "сет", "уступ"),
    "bg": ("резултат", "побед", "загуб", "спечел", "равен", "би", "надви", "срещу", "сет", "поведе"),
}
_FROM = {"en": "from", "ru": "от", "bg": "от"}
_RATIO = {"en": ("to",), "ru": ("к",), "bg": ("на", "към")}


def score(scan: Scan, i: int, first: Figure) -> Quantity | None:
    """3:1, 2–1 after a word of sport, 52 to 48, 21 к 20."""
    k = first.end
    word = scan.words[k]
    if first.words or first.low != int(first.low) or scan.kinds[k + 1] != "n" or first.scale > 1:
        return None
    second = read_figure(scan, k + 1)
    if second is None or second.scale > 1 or unit_after(scan, second.end):
        return None
    tight = scan.glued(k) and scan.glued(k + 1)
    if word == ":" and tight:
        pass
    elif word in DASHES and tight and first.low <= 200 and second.low <= 200:
        counts = first.low < second.low and counted(scan, i, second.end).listed
        if not (_sport(scan, i) or first.low > second.low) or counts or scan.words[second.end] == "-":
            return None
    elif word in _RATIO[scan.language] and (first.low > second.low or word == "к"):
        if scan.before(i) == _FROM[scan.language] or changes(scan, i) or not (_sport(scan, i) or word == "к"):
            return None
    else:
        return None
    return Quantity("score", i, second.end, first.low, second.low)


def _sport(scan: Scan, i: int) -> bool:
    return any(scan.words[k].startswith(_SPORT[scan.language]) for k in range(max(0, i - 8), min(i + 8, scan.size)))


def ordinal(scan: Scan, i: int, figure: Figure) -> Quantity | None:
    """An ordinal in digits: 80-й, 19th, 5-ти път; its noun is kept where it is an anniversary or a listed one."""
    k, language = figure.end, scan.language
    if figure.words or figure.low != int(figure.low) or figure.scale > 1:
        return None
    at = k + (scan.words[k] == "-" and scan.glued(k) and language != "en")
    if not scan.glued(at) or scan.kinds[at] != "w" or scan.words[at] not in _ORDINAL_TAILS[language]:
        return None
    if (at == k and language != "en") or (scan.words[at] == "ма" and figure.low not in (7, 8)):
        return None
    return numbered(scan, i, at + 1, figure.low)


def numbered(scan: Scan, begin: int, end: int, number: float) -> Quantity:
    """The ordinal with what it numbers."""
    for k in range(end, end + 3):
        if scan.words[k] in ANNIVERSARIES[scan.language] or scan.words[k].startswith(("годовщин", "годишнин")):
            return Quantity("ordinal", begin, k + 1, number, number, what="anniversary")
        if scan.kinds[k] != "w":
            break
    found = noun(scan.words[end], scan.language) if scan.kinds[end] == "w" else None
    what = found.key if found is not None and found.kind != "role" and found.key != "seat" else None
    return Quantity("ordinal", begin, end + (what is not None), number, number, what=what)


def ordinal_word(scan: Scan, i: int) -> Quantity | None:
    """An ordinal in words from the second on; "second" of time and the first are left out."""
    word, language, end = scan.words[i], scan.language, i + 1
    value = ORDINALS[language].get(word)
    if (tens := CARDINALS[language].get(word, 0)) >= 20 and tens < 100:
        end += scan.words[end] in ("-", "и")
        ones = ORDINALS[language].get(scan.words[end], 0)
        value = tens + ones if 1 <= ones < 10 else None
        end += 1
    if word in FRACTIONS[language] and stands_alone(scan, i, FRACTIONS[language][word]):
        return None  # a third of
    if scan.words[end] in PART_OF and (word in FRACTIONS[language] or word in ORDINAL_PARTS):
        return None  # третья часть, една пета част
    if scan.words[end].startswith(("half", "половин", "полугод")):
        return None  # the second half of a day, of a match
    if scan.words[end].startswith(("world", "миров", "светов")):
        return None  # a war's name, written with a figure as well
    if value is None or value < 2 or (language == "en" and value == 2 and scan.before(i) in ("a", "one", "per", "each")):
        return None
    return numbered(scan, i, end, value)
