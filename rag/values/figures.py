"""One figure in a text, in digits or in words, with what multiplies it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.text.calendar import MONTHS
from rag.text.numbers import ABOUT, CARDINALS, FRACTIONS, ROUGH, SCALES
from rag.values.nouns import noun
from rag.values.scan import Scan
from rag.values.units import WORDS
from rag.values.value import Hedge
from rag.values.vocabulary import words

_LONGEST = 40  # characters of a figure: what is longer is none
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_SPACES = re.compile(r"[\s']")
_JOINERS = {"en": ("and", "-"), "ru": ("-",), "bg": ("и",)}
_PARTS: dict[str, tuple[tuple[tuple[str, ...], float], ...]] = {
    "en": (
        (("and", "a", "half"), 0.5),
        (("-", "and", "-", "a", "-", "half"), 0.5),
        (("and", "a", "quarter"), 0.25),
        (("and", "three", "quarters"), 0.75),
    ),
    "ru": ((("с", "половиной"), 0.5), (("с", "четвертью"), 0.25)),
    "bg": ((("и", "половина"), 0.5), (("и", "половин"), 0.5), (("и", "три", "четвърти"), 0.75), (("и", "четвърт"), 0.25)),
}


def part_after(scan: Scan, i: int) -> tuple[int, float] | None:
    """How many pieces from `i` on say "and a half" or "and a quarter", and how much that is; None where none do."""
    return next(((len(words), part) for words, part in _PARTS[scan.language] if scan.has(i, words)), None)


_LARGE = 1000.0
_SEVERAL = {
    "en": (("several",), ("few",), ("couple", "of")),
    "ru": (("несколько",), ("нескольких",), ("несколькими",), ("пару",)),
    "bg": (("няколко",),),
}
# After these the forms are the genitive singular, and not the plural.
_GENITIVE = words("около более свыше менее порядка больше меньше до от")
_SHORT = words("тыс млн млрд трлн хил мил bn mln")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure up to piece `end`; `high` is above `low` only for words such as "hundreds".

    `words` says that it stands in words, `bare` that it is a single "one"; `scale` is what it was multiplied by (a thousand,
    a million); `hedge` comes from the words themselves (двайсетина, с лишним).
    """

    low: float
    high: float
    end: int
    step: float = 1.0
    words: bool = False
    bare: bool = False
    scale: float = 1.0
    hedge: Hedge = "exact"

    @property
    def scaled(self) -> bool:
        return self.scale >= _LARGE

    def times(self, factor: float) -> Figure:
        """The figure `factor` times as large."""
        return replace(self, low=self.low * factor, high=self.high * factor, step=self.step * factor, scale=self.scale * factor)


def read_figure(scan: Scan, i: int) -> Figure | None:
    """The figure that begins at piece `i`; None where none does."""
    if scan.kinds[i] == "n":
        return _in_digits(scan, i)
    if scan.kinds[i] != "w":
        return None
    return _in_words(scan, i)


def _in_digits(scan: Scan, i: int) -> Figure | None:
    value, step = digits(scan, i)
    if value is None:
        return None
    end, hedge = i + 1, "exact"
    language = scan.language
    if part := part_after(scan, end):
        value, step, end = value + part[1], part[1], end + part[0]
    multiplied = 1.0
    while True:
        if scan.has(end, ("с", "лишним")) and scan.words[end + 2] in SCALES[language]:
            end, hedge = end + 2, "more_than"
        at = end + 1 if scan.words[end] == "-" and scan.words[end + 1] in SCALES[language] else end
        scale = SCALES[language].get(scan.words[at])
        if scale is None or (scale < 100 and language != "en") or (scan.words[at] == "k" and not scan.glued(at)):
            break
        if scan.words[at] in ("tens", "dozens"):
            break
        value, step, multiplied = value * scale, step * scale, multiplied * scale
        end = _past_dot(scan, at + 1) if scan.words[at] in _SHORT else at + 1
    if multiplied >= _LARGE and scan.kinds[end] == "n":
        more = _in_digits(scan, end)
        if (
            more
            and more.low < step
            and more.low == int(more.low)
            and scan.words[more.end] not in MONTHS
            and scan.words[end].isdigit()
        ):
            return Figure(value + more.low, value + more.low, more.end, more.step, scale=more.scale)
    return Figure(value, value, end, step, scale=multiplied, hedge=hedge)  # type: ignore[arg-type]


def _past_dot(scan: Scan, i: int) -> int:
    """`i`, or the piece after the full stop of an abbreviation there, where the sentence goes on."""
    following = scan.words[i + 1]
    if scan.words[i] != "." or not scan.glued(i) or not following:
        return i
    goes_on = (
        following in WORDS[scan.language] or following in "$€£₽%,)" or (scan.kinds[i + 1] in "nw" and not scan.capital(i + 1))
    )
    return i + 1 if goes_on else i


def digits(scan: Scan, i: int) -> tuple[float | None, float]:
    """The number of a piece in digits, and its last decimal place; None for what is no number, such as 1.2.3."""
    word = scan.words[i]
    if len(word) > _LONGEST:
        return None, 1.0
    if word[-1] in _VULGAR:
        whole = word[:-1].strip()
        return (float(whole) if whole else 0.0) + _VULGAR[word[-1]], 0.25
    if "/" in word:
        whole, _, part = word.replace("\u00a0", " ").rpartition(" ")
        over, under = part.split("/")
        return (None, 1.0) if int(under) == 0 else ((float(whole) if whole else 0.0) + int(over) / int(under), 0.25)
    word = _SPACES.sub("", word)
    if word.isdigit():
        return float(word), 1.0
    marks = re.sub(r"\d", "", word)
    mark = marks[-1]
    if len(marks) > 1 and len(set(marks)) == 1:
        groups = word.split(mark)
        if not all(len(group) == 3 for group in groups[1:]) or len(groups[0]) > 3:
            return None, 1.0
        return float("".join(groups)), 1.0
    if len(marks) > 1:
        word = word.replace(marks[0], "")
    elif _groups(scan, i, word, mark):
        return float(word.replace(mark, "")), 1.0
    return float(word.replace(",", ".")), 10.0 ** -len(word.rpartition(mark)[2])


def _groups(scan: Scan, i: int, word: str, mark: str) -> bool:
    """Whether the only mark of a number parts thousands: 1,234 in English, 1.234 in the others; there also 380,000 and
    1,234 before what is counted, for translations keep the English comma."""
    head, _, tail = word.partition(mark)
    if len(tail) != 3 or head == "0" or len(head) > 3:
        return False
    following = scan.words[i + 1]
    if scan.language == "en":
        return mark == ","
    if following in SCALES[scan.language]:
        return False
    return mark == "." or tail == "000" or noun(following, scan.language) is not None


@lru_cache(maxsize=50_000)
def _begins(word: str, language: str) -> bool:
    """Whether a figure in words may begin with a word."""
    tables = (ROUGH, ABOUT, FRACTIONS, CARDINALS, SCALES)
    several = any(word == phrase[0] for phrase in _SEVERAL[language])
    return several or any(word in table[language] for table in tables) or (language == "ru" and word[:3] == "пол")


def _in_words(scan: Scan, i: int) -> Figure | None:
    word, language = scan.words[i], scan.language
    if not _begins(word, language):
        return None
    if (rough := _rough(scan, i)) is not None:
        return rough
    if word in ABOUT[language] and not (word in SCALES[language] and scan.kinds[i - 1] == "n"):
        value = ABOUT[language][word]
        end, scale = i + 1, SCALES[language].get(scan.words[i + 1], 0.0)
        if scale >= _LARGE:
            value, end = value * scale, end + 1
        return Figure(value, value, end, value, words=True, scale=max(scale, 1.0), hedge="about")
    if word == "half" and scan.words[i + 1] in ("a", "-") and scan.words[i + 2] in SCALES["en"]:
        value = SCALES["en"][scan.words[i + 2]] / 2
        return Figure(value, value, i + 3, value / 5, words=True, scale=2 * value)
    if FRACTIONS[language].get(word) == 0.5 and SCALES[language].get(scan.words[i + 1], 0) >= 100:
        value = SCALES[language][scan.words[i + 1]] / 2
        return Figure(value, value, i + 2, value / 5, words=True, scale=2 * value)
    if language == "ru" and word[:3] == "пол" and (whole := SCALES["ru"].get(word[3:])):
        return Figure(whole / 2, whole / 2, i + 1, whole / 10, words=True, scale=whole)
    return _sum(scan, i)


def _sum(scan: Scan, i: int) -> Figure | None:
    """A number put together from words: сто двадцать три тысячи, two hundred and five, двайсет и пет."""
    language = scan.language
    cardinals, scales = CARDINALS[language], SCALES[language]
    total, current, step = 0.0, None, 1.0
    end, k, ceiling, count = i, i, float("inf"), 0
    hedge: Hedge = "exact"
    while True:
        at = k
        if k > i and scan.words[k] in _JOINERS[language] and (scan.words[k] != "-" or scan.glued(k)):
            k += 1
        word = scan.words[k]
        if (value := cardinals.get(word)) is not None and (current is None or _adds(current, value)):
            if total and (current or 0) + value >= ceiling:
                break
            if at != k and not total and (current is None or (scan.words[at] == "and" and current % 100)):
                break
            current = (current or 0.0) + value
            step = min(1.0, 0.5 if value % 1 else 1.0)
        elif (scale := scales.get(word)) is not None and (at == k or scan.words[at] == "-") and scale < ceiling:
            if current is None:
                if count or not _alone(scan, k):
                    break
                current = 1.0
            if scale < _LARGE:
                current *= scale
                step = step if scale < 100 else 1.0
            else:
                total, current, ceiling, step = total + current * scale, None, scale, step * scale if not total else scale
        else:
            if count and (part := part_after(scan, at)):
                if current is None:
                    total, step = total + ceiling * part[1], ceiling * part[1]
                else:
                    current, step = current + part[1], part[1]
                end = k = at + part[0]
                count += 1
                continue
            if scan.has(at, ("с", "лишним")) and scales.get(scan.words[at + 2]):
                hedge, k = "more_than", at + 2
                continue
            break
        count += 1
        k += 1
        if word in _SHORT:
            k = _past_dot(scan, k)
        end = k
    if not count:
        return None
    value = total + (current or 0.0)
    bare = count == 1 and value == 1
    multiplied = ceiling if current is None else 1.0
    return Figure(value, value, end, step, words=True, bare=bare, scale=multiplied, hedge=hedge)


def _adds(current: float, value: float) -> bool:
    """Whether a number word may follow: hundreds, then tens and teens, then ones."""
    rest = current % 100
    return (rest == 0 and 0 < value < 100) or (rest >= 20 and rest % 10 == 0 and 1 <= value < 10)


def _alone(scan: Scan, i: int) -> bool:
    """Whether a scale word without a number is one of it: a million, тысяча, хиляда; not the plural."""
    word, language = scan.words[i], scan.language
    if language == "en":
        return scan.before(i) in ("a", "one", "per") and word not in ("k", "m")
    return word not in ROUGH[language] and word not in _SHORT


def _rough(scan: Scan, i: int) -> Figure | None:
    """Hundreds, tens of thousands, несколько тысяч, стотици: from two of that power of ten to just below the next."""
    language = scan.language
    table = ROUGH[language]
    end, power = i, 1.0
    several = next((len(s) for s in _SEVERAL[language] if scan.has(i, s)), 0)
    if several:
        if scan.words[i] in ("couple", "пару") and scan.words[i + several] in WORDS[language]:
            return Figure(2, 2, i + several, words=True, hedge="about")  # a couple of hours
        power = SCALES[language].get(scan.words[i + several], 0.0) or table.get(scan.words[i + several], 0.0)
        if power < 100 or (language == "en" and power == 12):
            power = 10.0 if power in (10, 12) else 0.0
        if not power:
            return None
        end = i + several + 1
    else:
        if (found := table.get(scan.words[i])) is None:
            return None
        if scan.words[i] in ("сотни", "тысячи") and scan.before(i) in _GENITIVE:
            return Figure(found, found, i + 1, found, words=True, scale=found)  # около тысячи
        power, end = found, i + 1
    of = end + 1 if scan.words[end] == "of" else end
    further = table.get(scan.words[of]) or (SCALES[language].get(scan.words[of]) if language != "en" or of == end else None)
    if further and further >= _LARGE and power < _LARGE:
        power, end = power * further, of + 1
    return Figure(2 * power, 10 * power - 1, end, power, words=True, hedge="about")
