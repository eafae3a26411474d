"""How old somebody is: at the age of 54, в возрасте 54 лет, на 54 години; adjectives are in compounds.py."""

from __future__ import annotations

from rag.values.compounds import OLDEST
from rag.values.figures import read_figure
from rag.values.found import Quantity
from rag.values.ranges import span
from rag.values.scan import Scan
from rag.values.units import Unit
from rag.values.vocabulary import words

_AGED = {
    "en": ("aged", "age", "of"),
    "ru": ("возрасте", "возраст", "возраста", "исполнилось", "исполняется", "ему", "ей"),
    "bg": ("възраст", "навърши", "на"),
}
# "на 34 години" is an age in Bulgarian, but "в продължение на 34 години" is not.
_SENTENCED = ("осъд", "присъд", "удълж", "отлож", "затвор", "лишаване", "срок")
_NO_AGE = words("продължение рамките период срок края началото средата хода протежение повече затвор присъда")


def aged(scan: Scan, begin: int, end: int, unit: Unit, high: float) -> tuple[int, int] | None:
    """Where years are somebody's age, the pieces with the words that say so."""
    if unit.key != "year" or high > OLDEST:
        return None
    language, before = scan.language, scan.before(begin)
    if language == "en":
        if scan.words[end] == "old":
            return begin, end + 1
        return None
    if high % 1 or any(scan.words[k].startswith(_SENTENCED) for k in (*range(max(0, begin - 4), begin), end)):
        return None
    if before in _AGED[language] and (before != "на" or scan.before(begin - 1) not in _NO_AGE):
        return begin, end
    if before in ("было", "будет", "исполнилось") and scan.before(begin - 1) in ("ему", "ей", "которому", "которой", "мне"):
        return begin, end
    if before in ("в", "до", "с", "от", "над", "старше", "младше", "на") and scan.before(begin - 1) in ("возрасте", "възраст"):
        return begin, end
    return None


def age_before(scan: Scan, i: int) -> Quantity | None:
    """The age in years, in English, whose figure is at piece `i`: aged 34, at the age of 54; Anna Weller, 34, said."""
    figure = read_figure(scan, i)
    if figure is None or figure.low > OLDEST:
        return None
    before = scan.before(i)
    begin = i - 1
    if before == ",":
        named = scan.words[figure.end] == "," and scan.kinds[i - 2] == "w" and scan.capital(i - 2) and 2 < figure.low <= OLDEST
        return Quantity("age", i, figure.end, figure.low, figure.low, "year") if named and scan.words[i].isdigit() else None
    if before in ("is", "turned", "turns", "was"):
        who = before.startswith("turn") or scan.before(begin) == "who"
        ends = scan.kinds[figure.end] == "s" or scan.words[figure.end] in ("on", "in", "last", "this", "next", "and")
        return Quantity("age", i, figure.end, figure.low, figure.low, "year") if who and ends else None
    floor = i
    if before == "of" and scan.before(i - 1) in ("age", "ages"):
        begin = i - 2
    elif before == "between" and scan.before(i - 1) == "aged":
        begin = floor = i - 2
    elif before not in ("aged", "age"):
        return None
    low, high, _ = span(scan, i, figure, floor)
    if before == "of" and scan.before(i - 1) == "ages" and scan.words[figure.end] == "and":
        high = read_figure(scan, figure.end + 1) or high  # between the ages of 9 and 11
    if high.high > OLDEST:
        return None
    return Quantity("age", begin, high.end, low.low, high.high, "year", hedge="range" if low.low < high.high else "exact")
