"""How many voted for and how many against, as the draft and its sources have it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.answer.check.amounts import stated
from rag.answer.check.evidence import Case
from rag.answer.check.reading import Read
from rag.types import Refused

_VOTING = re.compile(r"\b(?:vot\w+|ballot\w*|глас\w+|проголос\w+|голос\w+)", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for|in favour|in favor|backed|supported|yes|за|подкреп\w+|поддерж\w+)\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:against|opposed|против|срещу)\b", re.IGNORECASE)
_PAIR = re.compile(r"\s*(?:votes?|гласа|голос\w*)?\s*(?:to|на|к|–|-|:)\s*", re.IGNORECASE)
_LOST = re.compile(r"\b(?:reject|defeat|fail|fell|отхвърл|отклон|отверг|провал)", re.IGNORECASE)
_FIGURES = ("number", "percent")


def check_ballots(case: Case) -> Refused | None:
    """Why the figures of a vote stand on other sides than in the sources; None where they do not."""
    mine = _sides(case.draft)
    if not mine:
        return None
    theirs: dict[float, set[str]] = {}
    for k in case.picked:
        for figure, side in _sides(case.sources[k].read).items():
            theirs.setdefault(figure, set()).add(side)
    for figure, side in mine.items():
        if figure in theirs and side not in theirs[figure]:
            return Refused(f"{figure:g}", f"“{figure:g}” voted on the other side in the source.", "number")
    return None


def _sides(read: Read) -> Mapping[float, str]:
    """Figures of a sentence that tells of a vote, with the side on which they are."""
    values = [v for v in stated(read) if v.kind in _FIGURES and v.low is not None and v.low == v.high]
    found: dict[float, str] = {}
    if not values or not _VOTING.search(read.text):
        return found
    against = {v.low: v for m in _AGAINST.finditer(read.text) if (v := _nearest(read, values, m.start(), m.end()))}
    if len(against) == 1:
        (number, value), = against.items()
        found[number or 0] = "against"
        others = [v for v in values if v is not value and v.low != number]
        voted = [v for v in others if _told_for(read, v.start, value.start)]
        if len(voted) == 1:
            found[voted[0].low or 0] = "for"
    elif not against and not _LOST.search(read.text):
        pairs = [(a, b) for a in values for b in values if _PAIR.fullmatch(read.text, a.end, b.start)]
        for one, other in pairs[:1]:
            found |= {one.low or 0: "for", other.low or 0: "against"} if one.low != other.low else {}
        if not pairs and len(values) == 1 and _FOR.search(read.text):
            found[values[0].low or 0] = "for"
    return found
