"""Parts of a whole: half of the, two thirds, треть, половината."""

from __future__ import annotations

from dataclasses import replace

from rag.text.numbers import FRACTIONS, ORDINALS, SCALES
from rag.values.counted import counted
from rag.values.figures import read_figure
from rag.values.found import Quantity, quantity_of
from rag.values.hedges import COMPARATIVES, hedge_before
from rag.values.measures import unit_after
from rag.values.scan import Scan
from rag.values.units import WORDS, Unit
from rag.values.vocabulary import words

# "Первая половина дня", "half the century" are times and no lengths.
_OF_WHOLE = words("от of из части часть част всех всички")  # after "a fifth", which is an ordinal as well
PART_OF = words("часть части частью доля доли долю част частта")
ORDINAL_PARTS = {  # ordinals that are parts of a whole only before these: третья часть
    **dict.fromkeys(words("третья третью третьей"), 1 / 3),
    **dict.fromkeys(words("четвертая четвертую четвертой четвърта"), 1 / 4),
}
_NO_WHOLE = words("день дня года века century day")


def one_in(scan: Scan, i: int, floor: int) -> Quantity | None:
    """One of so many, as a percentage: one in five, каждый пятый, всеки пети."""
    if scan.language == "en":
        few = read_figure(scan, i)
        many = read_figure(scan, few.end + 1) if few and scan.words[few.end] == "in" else None
        if few is None or many is None or not 0 < few.low < many.low <= 100 or unit_after(scan, many.end):
            return None
        low, end = few.low / many.low, many.end
    else:
        number = ORDINALS[scan.language].get(scan.words[i + 1], 0)
        if number < 2 or unit_after(scan, i + 2):
            return None
        low, end = 1 / number, i + 2
    of = counted(scan, i, end)
    what = of.what if of.listed else None
    hedge, start = hedge_before(scan, i, floor)
    return Quantity("percent", start, end, 100 * low, 100 * low, "%", hedge, what=what, step=1.0)


def share_of(scan: Scan, i: int, floor: int) -> Quantity | None:
    """Parts of a whole as a percentage: half of the, two thirds, треть, две трети, половината."""
    language = scan.language
    if language == "en" and (some := one_in(scan, i, floor)):
        return some
    figure = read_figure(scan, i) if scan.words[i] not in FRACTIONS[language] else None
    count, k = 1.0, i
    if figure is not None:
        if not figure.words or figure.low > 9 or figure.low % 1:
            return None
        count, k = figure.low, figure.end + (scan.words[figure.end] == "-")
    part = FRACTIONS[language].get(scan.words[k])
    if scan.words[k + 1] in ("a", "-") and scan.words[k + 2] in SCALES["en"]:
        return None  # half a million is a number
    if scan.words[k + 1] in PART_OF:
        part = part or ORDINAL_PARTS.get(scan.words[k])
    if part is None or (figure is None and not stands_alone(scan, k, part)) or part * count >= 1:
        return None
    if figure is not None and (part == 0.5 or (count == 1 and part < 0.25 and scan.words[k + 1] not in _OF_WHOLE)):
        return None
    end = k + 1
    end += scan.words[end] in PART_OF
    if (some := _part_of_scale(scan, i, end, part * count)) is not None:
        hedge, start = hedge_before(scan, some.begin, floor)
        return replace(some, begin=start, hedge=hedge)
    following = unit_after(scan, end + (scan.words[end] in ("of", "от", "an", "a")) + (scan.words[end + 1] in ("an", "a")))
    if following is not None:
        return _part_of_unit(scan, i, following, part * count)
    share = 100 * part * count
    begin = i - (scan.before(i) in ("a", "one") and figure is None)
    hedge, start = hedge_before(scan, begin, floor)
    of = counted(scan, begin, end + (scan.words[end] in ("of", "от")) + (scan.words[end + 1] in ("the", "all")))
    what = of.what if of.listed else None
    return Quantity("percent", start, end, share, share, "%", hedge, what=what, step=5.0 if part == 0.5 else 2.0)


def _part_of_scale(scan: Scan, i: int, end: int, part: float) -> Quantity | None:
    """A quarter of a million, четверть миллиона, три четвърти милион."""
    end += scan.words[end] in ("of", "от", "на")
    end += scan.words[end] in ("a", "един", "one")
    scale = SCALES[scan.language].get(scan.words[end], 0.0)
    if scale < 1000:
        return None
    begin = i - (scan.before(i) in ("a", "one"))
    if (unit := unit_after(scan, end + 1)) is not None:
        return quantity_of(unit[0], part * scale, part * scale, part * scale / 10, begin, unit[1])
    of = counted(scan, begin, end + 1)
    return Quantity(
        "number", begin, max(end + 1, of.end), part * scale, part * scale, what=of.what, group=of.group, step=part * scale / 10
    )


def _part_of_unit(scan: Scan, i: int, following: tuple[Unit, int], part: float) -> Quantity | None:
    """Half an hour, три четверти часа, половин час; of other units there is no quantity."""
    unit, end = following
    if unit.kind not in ("duration", "distance", "mass", "volume", "percent"):
        return None
    if scan.words[end - 1] in _NO_WHOLE and scan.words[end] not in ("ago", "назад") and scan.before(i) != "преди":
        return None
    begin = i - (scan.before(i) in ("a", "one"))
    return quantity_of(unit, part, part, part / 5, begin, end)


def stands_alone(scan: Scan, k: int, part: float) -> bool:
    """Whether a word for a part means one, and not an ordinal, a half of a match or a quarter of a year."""
    word, language, before = scan.words[k], scan.language, scan.before(k)
    if language == "en":
        if word == "half":
            following = scan.words[k + 1 + (scan.words[k + 1] == "-")]
            return before not in ("first", "second", "and", "a", "-") and (
                following in ("of", "the", "a", "an", "its", "their", "all") or following in WORDS["en"] or before == "by"
            )
        return before in ("a", "one") and (
            scan.words[k + 1] == "of" or scan.words[k + 1] in COMPARATIVES["en"] or scan.before(k - 1) == "by"
        )
    if language == "ru":
        if part == 0.5:
            return (
                word.startswith("половин")
                and before not in ("первая", "вторая", "первой", "второй", "первую", "вторую", "с")
                and word != "половиной"
            )
        if scan.words[k + 1] in PART_OF:
            return True
        return word in ("треть", "трети", "третью", "четверть", "четверти", "четвертью") and before not in (
            "две",
            "двух",
            "три",
            "трех",
        )
    if part == 0.5:
        return before not in ("първата", "втората", "и") and (word != "половин" or unit_after(scan, k + 1) is not None)
    if scan.words[k + 1] in PART_OF:
        return True
    return word in ("третина", "четвърт") and (scan.words[k + 1] in ("от", "час", "век") or scan.words[k + 1] in SCALES["bg"])
