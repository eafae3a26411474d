"""How many voted for and how many against, as the draft and its sources have it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rag.answer.check.amounts import stated
from rag.answer.check.evidence import Case
from rag.answer.check.reading import Read
from rag.types import Refused
from rag.values import Value

_VOTING = re.compile(r"\b(?:vot\w+|ballot\w*|глас\w+|проголос\w+|голос\w+)", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for|in favour|in favor|backed|supported|yes|за|подкреп\w+|поддерж\w+)\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:against|opposed|против|срещу)\b", re.IGNORECASE)
_PAIR = re.compile(r"\s*(?:votes?|гласа|голос\w*)?\s*(?:to|на|к|–|-|:)\s*", re.IGNORECASE)
_LOST = re.compile(r"\b(?:reject|defeat|fail|fell|отхвърл|отклон|отверг|провал)", re.IGNORECASE)
_TIED = re.compile(r"\s*(?:[—–-]\s*)?")  # what may stand between "against" and its figure
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
    against = [v for m in _AGAINST.finditer(read.text) if (v := _nearest(read, values, m))]
    if len(against) == 1:
        found[against[0].low or 0] = "against"
        others = [v for v in values if v.low != against[0].low]
        voted = [v for v in others if _clause_says(read, v)] if len(others) > 1 else others
        if len(voted) == 1:
            found[voted[0].low or 0] = "for"
    elif not against and not _LOST.search(read.text):
        pairs = [(a, b) for a in values for b in values if _PAIR.fullmatch(read.text, a.end, b.start)]
        if pairs and pairs[0][0].low != pairs[0][1].low:
            found = {pairs[0][0].low or 0: "for", pairs[0][1].low or 0: "against"}
        elif not pairs and len(values) == 1 and _FOR.search(read.text):
            found = {values[0].low or 0: "for"}
    return found


def _nearest(read: Read, values: Sequence[Value], said: re.Match[str]) -> Value | None:
    """The figure that "against" is said of: the nearest one of its clause, or one that only a sign parts from it."""
    places = read.places(said.start(), said.end())
    if not places:
        return None
    clause = read.clause[places.start]
    near = []
    for value in values:
        inside = read.places(value.start, value.end)
        low, high = sorted(((value.start, value.end), said.span()))
        apart = read.text[low[1] : high[0]]
        next_to = value.start > said.start() and _TIED.fullmatch(apart) is not None
        if inside and (read.clause[inside.start] == clause or next_to):
            near.append((0 if next_to else len(apart), value))
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _clause_says(read: Read, value: Value) -> bool:
    """Whether the clause of a figure says that those voted, or were in favour."""
    places = read.places(value.start, value.end)
    clause = read.clause[places.start] if places else -1
    words = [word for word, number in zip(read.words, read.clause, strict=True) if number == clause]
    text = read.text[words[0].start : words[-1].end] if words else ""
    return _VOTING.search(text) is not None or _FOR.search(text) is not None
