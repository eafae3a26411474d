"""A draft that tells the one of two things that cannot both be, where its source tells the other: acquitted and convicted."""

from __future__ import annotations

from rag.answer.check.evidence import Case
from rag.answer.polarity import CONTRARY, states
from rag.types import Refused


def check_contrary(case: Case) -> Refused | None:
    """Why the draft says the opposite of the sentences that it rests on; None where it does not, or where it is not known."""
    mine = _told(case.draft.text)
    there: dict[int, set[tuple[bool, bool]]] = {}
    for k in case.picked:
        for row, ways in _told(case.sources[k].read.text).items():
            there.setdefault(row, set()).update(ways)
    for row, ways in mine.items():
        # Either tells one thing only, and neither denies it: what is denied, or told of two, is weighed by the doubts.
        if len(ways) == len(there.get(row, ())) == 1 and ways != there[row] and not any(no for _, no in (*ways, *there[row])):
            word = next(state for state in states(case.draft.text) if state.row == row)
            said = case.draft.text[word.start : word.end]
            return Refused(said, f"The source says the opposite of “{said}”.", "negation")
    return None


def _told(text: str) -> dict[int, set[tuple[bool, bool]]]:
    """By row of things that cannot both be, which of the two a text tells and whether it denies it; not what only may be."""
    found: dict[int, set[tuple[bool, bool]]] = {}
    for state in states(text):
        if state.row in CONTRARY and not state.maybe:
            found.setdefault(state.row, set()).add((state.first, state.denied))
    return found
