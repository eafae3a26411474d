"""Figures with what they are figures of: counts, shares, sums, lengths of time, ages, scores, ordinals."""

from __future__ import annotations

from dataclasses import replace

from rag.values.ages import aged
from rag.values.compounds import adjectival, hyphened
from rag.values.counted import Counted, counted
from rag.values.figures import Figure, part_after, read_figure
from rag.values.found import Quantity, quantity_of
from rag.values.hedges import hedge_after, hedge_before, stronger
from rag.values.measures import compound, currency_before, unit_after
from rag.values.nouns import NOUNS, noun
from rag.values.ranges import in_scale_of, past_tail, span
from rag.values.scan import Scan
from rag.values.sequence import ordinal, score
from rag.values.shares import share_of
from rag.values.units import UNITS, Unit
from rag.values.vocabulary import words

_SCALES = ("magnitude", "магнитуд", "richter", "рихтер")
_LASTING = words("for lasted last lasts lasting took take takes after well spent than within of just only in waited was is were")
_MINUS = frozenset(("minus", "минус"))
_IN_METRES = words("hurdles waves walls times races heats sprints tides across towards")
_SIGN_WORDS = {"en": ("below", "zero"), "ru": ("ниже", "нуля"), "bg": ("под", "нулата")}
_INVERTED = words(
    "часа часов минут дней дня лет человек недели недель месяца месяцев километров метров рублей долларов раз тонн процентов евро"
)


def quantity(scan: Scan, i: int, floor: int) -> Quantity | None:
    """The quantity whose first figure is at piece `i`; its hedge and sign may stand before, but not before `floor`."""
    if share := share_of(scan, i, floor):
        return share
    first = read_figure(scan, i)
    if first is None:
        return None
    begin = _with_article(scan, i, first)
    money = currency_before(scan, begin)
    if money is not None and money[1] >= floor:
        begin = money[1]
    if special := score(scan, i, first) or ordinal(scan, i, first):
        return special
    first = past_tail(scan, first)
    low, high, opening = span(scan, begin, first, floor)
    later, after = hedge_after(scan, high.end)
    high = replace(high, end=after)
    found = _measure(scan, low, high, begin, money[0] if money else None)
    if found is None:
        return None
    found = replace(found, begin=min(opening, begin))
    hedge, start = hedge_before(scan, found.begin, floor)
    if found.kind == "duration" and scan.words[start] == "over" and start == found.begin - 1 and not _lasts(scan, start):
        hedge, start = "exact", found.begin  # over six years: in the course of them
    last, end = hedge_after(scan, found.end)
    hedge = stronger(hedge, stronger(later, last))
    hedge = stronger(hedge, stronger(first.hedge, "range" if found.low < found.high else "exact"))
    if start == i and scan.language == "ru" and first.words and not first.scaled and _inverted(scan, begin, found, floor):
        return _turned(scan, begin, found)
    return replace(found, begin=start, end=end, hedge=hedge)


def _lasts(scan: Scan, i: int) -> bool:
    """Whether "over" at piece `i` is "more than", after a word of lasting; before a length of time it is mostly "during"."""
    return scan.before(i) in _LASTING


def _with_article(scan: Scan, i: int, figure: Figure) -> int:
    """Where the figure begins with its article: "a" million, half "a" million."""
    return i - 1 if figure.words and scan.language == "en" and scan.before(i) in ("a", "an") else i


def _measure(scan: Scan, low: Figure, high: Figure, begin: int, money: Unit | None) -> Quantity | None:
    """The quantity that a figure, or a range of two, makes with what follows or precedes it."""
    end, language = high.end, scan.language
    if scan.words[end] == "m" and scan.glued(end) and not high.words and (money or _people_next(scan, end + 1)):
        low, high, end = (low.times(1e6), high.times(1e6), end + 1)
    if low.low == high.low:
        low = high = _shared_scale(scan, begin, high)
    low_value, high_value = min(low.low, high.low), max(low.high, high.high)
    step = high.step
    if money is not None:
        return quantity_of(money, low_value, high_value, step, begin, end)
    if (scale := _magnitude(scan, begin, end)) is not None:
        return Quantity("magnitude", scale[0], scale[1], low_value, high_value, step=step)
    if scan.words[end] == "-" and (found := hyphened(scan, low, high, begin, end)):
        return found
    if scan.glued(end) and scan.kinds[end] == "x":
        return None  # 4x4
    if high.high > high.low and scan.words[end] == "of" and unit_after(scan, end + 1) is not None:
        end += 1  # hundreds of hours
    if (unit := unit_after(scan, end)) is not None and scan.words[end] not in ("с", "в"):
        return _with_unit(scan, low, high, begin, unit)
    if language != "en" and (key := compound(scan.words[end], language)) and scan.kinds[end] == "w" and not high.words:
        return adjectival(scan, low, high, begin, end, key)  # 48 - годишен, written apart
    if scan.glued(end) and scan.kinds[end] == "w" and not high.words:
        return None  # 5G, 3D
    if scan.words[end] in ("до", "to") and (later := read_figure(scan, end + 1)) and (unit := unit_after(scan, later.end)):
        return quantity_of(unit[0], low_value, high_value, step, begin, end)  # поднялся с 55 до 61 рубля
    if (
        language == "en"
        and scan.words[end] == "-"
        and scan.glued(end)
        and scan.kinds[end + 1] == "w"
        and noun(scan.words[end + 1], "en") is None
    ):
        return None  # three-dimensional
    what = counted(scan, begin, end)
    if (high.bare or high.high == 0) and not _really_one(scan, begin, end, what):
        return None
    return _count(what, low_value, high_value, step, begin, end)


def _really_one(scan: Scan, begin: int, end: int, what: Counted) -> bool:
    """Whether "one", which is an article or a pronoun as well, counts: people, or things after a hedge or in English."""
    if not what.listed or what.what is None or scan.words[end] in ("of", "из", "от") or scan.before(begin) == "no":
        return False
    near = noun(scan.words[end], scan.language) or noun(scan.words[end + 1], scan.language)
    return NOUNS[what.what].kind != "thing" or (
        near is not None and (scan.language == "en" or hedge_before(scan, begin, 0)[1] < begin)
    )


def _shared_scale(scan: Scan, begin: int, figure: Figure) -> Figure:
    """A figure that something changed from, in the thousands or millions of what it changed to: вырос с 37 до 60 тысяч."""
    if scan.words[figure.end] not in ("до", "to") or scan.before(begin) not in ("from", "с", "со", "от"):
        return figure
    later = read_figure(scan, figure.end + 1)
    return figure if later is None else in_scale_of(later, figure)


def _count(what: Counted, low: float, high: float, step: float, begin: int, end: int) -> Quantity:
    return Quantity("number", begin, max(end, what.end), low, high, what=what.what, group=what.group, step=step)


def _with_unit(scan: Scan, low: Figure, high: Figure, begin: int, found: tuple[Unit, int]) -> Quantity | None:
    unit, end = found
    language = scan.language
    a, b, step = low.low, high.high, high.step
    if unit.key == "pound" and high.scaled and language == "en":
        unit = UNITS["GBP"]
    if unit.kind in ("temperature", "percent"):
        negative = scan.before(begin) in _MINUS or (
            scan.before(begin) in "-−–" and scan.before(begin) and scan.glued(begin) and not scan.glued(begin - 1)
        )
        if scan.has(end, _SIGN_WORDS[language]):
            negative, end = True, end + 2
        elif scan.words[end] in ("мороза", "студ"):
            negative, end = True, end + 1
        if negative:
            a, b = -b, -a
            begin -= scan.before(begin) in (*_MINUS, "-", "−", "–")
    if unit.kind in ("duration", "distance", "mass", "volume", "money"):
        if more := part_after(scan, end):
            a, b, step, end = a + more[1], b + more[1], more[1], end + more[0]
        if old := aged(scan, hedge_before(scan, begin, 0)[1], end, unit, b):
            return Quantity("age", old[0], old[1], a, b, "year", step=step)
    made = quantity_of(unit, a, b, step, begin, end)
    if unit.kind in ("duration", "distance", "mass") and a == b:
        made = continued(scan, made, unit)
    if unit.kind == "percent" and unit.key == "%":
        of = counted(scan, begin, end) if scan.words[end] not in ("in", "на", "в") else None
        if of is not None and of.listed and of.what:
            return replace(made, what=of.what, group=of.group)
    return made


_TOLD_TOGETHER = {
    ("foot", "inch"),
    ("km", "m"),
    ("m", "cm"),
    ("tonne", "kg"),
    ("kg", "g"),
    ("stone", "pound"),
    ("pound", "ounce"),
}


def continued(scan: Scan, made: Quantity, unit: Unit) -> Quantity:
    """2 hours and 30 minutes, 2 ч. 30 мин., 6 feet 2 inches: the smaller unit that goes on after the larger."""
    k = made.end
    k += scan.words[k] in ("and", "и", ",")
    more = read_figure(scan, k)
    if more is None:
        return made
    smaller = unit_after(scan, more.end)
    if unit.key == "foot" and scan.words[more.end] == "in":
        smaller = UNITS["inch"], more.end + 1  # 5 ft 3 in
    if smaller is None or smaller[0].kind != unit.kind or smaller[0].factor >= unit.factor:
        return made
    extra = more.low * smaller[0].factor
    if extra >= unit.factor * 1.5 or (unit.kind != "duration" and (unit.key, smaller[0].key) not in _TOLD_TOGETHER):
        return made
    total = made.low + extra
    longer = replace(made, low=total, high=total, end=smaller[1], step=more.step * smaller[0].factor)
    return continued(scan, longer, smaller[0])


def _people_next(scan: Scan, i: int) -> bool:
    """Whether the word at `i` is a plural, so that "5m" before it is five million; but of a race or of waves it is metres."""
    word = scan.words[i]
    found = noun(word, scan.language) if scan.kinds[i] == "w" else None
    if found is not None:
        return word != found.forms["en"][0]
    return scan.kinds[i] == "w" and len(word) > 3 and word.endswith("s") and word not in _IN_METRES


def _magnitude(scan: Scan, begin: int, end: int) -> tuple[int, int] | None:
    """Where a figure is on a scale for earthquakes, the pieces with the words that say so."""
    for k in range(begin - 1, max(-1, begin - 5), -1):
        if scan.kinds[k] == "n" or scan.words[k] in (",", ".", ";"):
            break
        if scan.words[k].startswith(_SCALES[:2]):
            return (k if k >= begin - 2 else begin), end
    at = end + (scan.words[end] in ("-", "in"))
    if scan.words[at].startswith(_SCALES[:2]):
        return begin, at + 1
    for n in range(at, at + 6):
        if scan.words[n] in ",.;" and scan.words[n]:
            break
        if scan.words[n].startswith(_SCALES[2:]):
            return begin, n + 1
    return None


def _inverted(scan: Scan, begin: int, found: Quantity, floor: int) -> bool:
    """Whether the Russian noun stands before its number, as an estimate: часа два, человек двадцать."""
    if begin - 1 < floor or scan.before(begin) not in _INVERTED or scan.kinds[begin - 2] == "n":
        return False
    return found.kind == "number" and found.end <= found.begin + 3 and (found.what is None or scan.before(begin) == "человек")


def _turned(scan: Scan, begin: int, found: Quantity) -> Quantity:
    unit = unit_after(scan, begin - 1)
    if unit is not None:
        return replace(quantity_of(unit[0], found.low, found.high, found.step, begin - 1, found.end), hedge="about")
    of = counted(scan, begin - 2 if begin > 1 else 0, begin - 1)
    return replace(found, begin=begin - 1, hedge="about", what=of.what or found.what, group=of.group)
