"""Two figures as the ends of a range."""

from __future__ import annotations

from dataclasses import replace

from rag.values.figures import Figure, read_figure
from rag.values.hedges import changes
from rag.values.measures import unit_after
from rag.values.scan import Scan
from rag.values.units import SIGNS
from rag.values.vocabulary import words

DASHES = frozenset("-–—")
_TO = {"en": ("to", "or"), "ru": ("до", "или"), "bg": ("до", "или")}
_FROM = {"en": "from", "ru": "от", "bg": "от"}
_BETWEEN = {"en": ("between", "and"), "ru": ("между", "и"), "bg": ("между", "и")}
_APART = 50  # how many times one end may be the other, both counted in the same thousands or millions
_CARDINAL_TAILS = {
    "en": frozenset[str](),
    "ru": words("х ти ми мя тью ю ро и"),
    "bg": words("ма те тима имата мата"),
}


def past_tail(scan: Scan, figure: Figure) -> Figure:
    """The figure with the ending that is written after it in digits: 5-ти, 9-ма."""
    k = figure.end
    if (
        not figure.words
        and scan.words[k] == "-"
        and scan.glued(k)
        and scan.glued(k + 1)
        and scan.words[k + 1] in _CARDINAL_TAILS[scan.language]
    ):
        return replace(figure, end=k + 2)
    return figure


def in_scale_of(last: Figure, first: Figure) -> Figure:
    """The first figure of two in the thousands or millions of the last: 37 to 60 thousand, and not 800 to 1.2 thousand."""
    alike = first.scale == 1 and last.scale > 1 and 1 / _APART < last.low / last.scale / (first.low or 1.0) < _APART
    return first.times(last.scale) if alike else first


def span(scan: Scan, begin: int, first: Figure, floor: int) -> tuple[Figure, Figure, int]:
    """The two ends of a range that begins with `first`, and the piece where the range begins; twice the same where it is none."""
    k, language = first.end, scan.language
    inner = unit_after(scan, k)
    at = inner[1] if inner and scan.words[inner[1]] in (*_TO[language], *_BETWEEN[language], *DASHES) else k
    word, before = scan.words[at], scan.before(begin)
    by_so_much = language == "bg" and before in ("с", "със")  # поскъпна с 5 до 7 лева, and not с 5 до 27
    opening = begin
    if word in DASHES:
        tight = scan.glued(at) and scan.glued(at + 1)
        if not (tight or (word == "–" and scan.kinds[at + 1] == "n" and scan.kinds[begin] == "n")):
            return first, first, begin
    elif before == _BETWEEN[language][0] and word == _BETWEEN[language][1] and begin > floor:
        opening = begin - 1
    elif word == _TO[language][0] and (before in (_FROM[language], "с", "со") or language != "en"):
        if (changes(scan, begin - 1) and not by_so_much) or (before not in (_FROM[language], "с", "со") and inner is not None):
            return first, first, begin
        opening = begin - 1 if before in (_FROM[language], "с", "со") and begin > floor else begin
    elif word == _TO[language][1] or (word == "to" and language == "en"):
        later = read_figure(scan, at + 1) if before == "by" and inner is None else None
        if later and scan.words[later.end] not in ("%", "per", "percent") and changes(scan, begin - 1):
            return first, first, begin  # rose by 5 to 27
    else:
        return first, first, begin
    if inner and scan.words[at + 1] in SIGNS and inner[0].key != SIGNS[scan.words[at + 1]]:
        return first, first, begin  # fell 0.4% to $1.31
    last = read_figure(scan, at + 1 + (scan.kinds[at + 1] == "s" and scan.words[at + 1] in "$€£"))
    if last is None or last.bare:
        return first, first, begin
    last = past_tail(scan, last)
    if inner and at != k:
        other = unit_after(scan, last.end)
        if other is not None and other[0] != inner[0]:
            return first, first, begin
        if other is None and inner[0].kind == "percent":
            return first, first, begin  # rose 8 per cent to 143,000
    low = in_scale_of(last, first)
    doubtful = (word == "or" and low.low > 3) or (by_so_much and changes(scan, begin - 1))
    if not low.low < last.low or (doubtful and last.low > 2 * low.low):
        return first, first, begin
    return low, last, opening
