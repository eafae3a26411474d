"""Whether somebody in a draft does what the source has another do, or has done to him what he does there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rag.answer.check.concepts import agents
from rag.answer.check.evidence import Case
from rag.answer.check.frames import Act, Party, acts, parties
from rag.answer.check.naming import akin, alike, parts
from rag.types import Refused

_SURE, _SURELY_NOT = 0.7, 0.2  # that two parties are the same
_UNKNOWN = 0.45
_LIKE = 0.6  # similarity of words from which two parties are the same
_LINKED, _CLEARLY = 0.45, 0.6  # similarity of two verbs
_SAME_DEED = 0.8
_NEXT = 0.25  # how much less a verb may be like the draft's than the best of the source
_COVERED = 0.55  # how well a sentence has the rest of a draft where another takes somebody's place
# Words for many sorts of somebody: an official is a minister too.
_BROAD = frozenset().union(
    *(agents(word, "en") for word in ("officials", "spokesman", "director", "agency", "company", "expert", "worker", "official", "mission"))
)


@dataclass(frozen=True, slots=True)
class _There:
    """An act of a sentence of the sources."""

    sentence: int
    act: Act
    link: float


def agreed(case: Case) -> list[frozenset[int]]:
    """The places of the draft's parties that stand on the two sides of one verb as they do in the source."""
    calls, found = _Calls(case), []
    for act in acts(case.draft):
        for one in _linked(case, act):
            k, other = one.sentence, one.act
            sides = ((act.first, other.first, other.second), (act.second, other.second, other.first))
            sure = [
                {p for p in own if calls.best(p, k, same) >= _SURE and calls.best(p, k, across) < _SURE} for own, same, across in sides
            ]
            if all(sure) and one.link >= _CLEARLY:
                found.append(frozenset(i for side in sure for p in side for i in p.places))
    return found


def check_acting(case: Case) -> Refused | None:
    """Why the parties of a draft's verbs are not those of the source's; None where they are, or nobody can tell."""
    calls = _Calls(case)
    for act in acts(case.draft):
        there = list(_linked(case, act))
        best = max((one.link for one in there), default=0.0)
        there = [one for one in there if one.link >= best - _NEXT]
        if any(_agrees(calls, act, one) for one in there):
            continue
        for one in there:
            if party := _turned(calls, act, one):
                who = case.draft.text[case.draft.words[party.places.start].start : case.draft.words[party.places.stop - 1].end]
                return Refused(who, f"In the source it is not “{who}” who does this to the other.", "roles")
        if party := _substituted(calls, act, there):
            who = case.draft.text[case.draft.words[party.places.start].start : case.draft.words[party.places.stop - 1].end]
            return Refused(who, f"The source does not say it of “{who}”.", "roles")
    return None


def _linked(case: Case, act: Act) -> Iterator[_There]:
    """The acts of the sources that may be the same as one of the draft."""
    marks = {case.sources[k].mark for k in case.picked}
    for k, source in enumerate(case.sources):
        if source.mark not in marks:
            continue
        for other in acts(source.read):
            link = float(case.aligned.similar[act.place, case.aligned.column(k, other.place)])
            if {row for row, _ in act.deeds} & {row for row, _ in other.deeds}:
                link = max(link, _SAME_DEED)
            if link >= _LINKED:
                yield _There(k, other, link)


class _Calls:
    """Which parties of a draft and its sources may be the same."""

    def __init__(self, case: Case) -> None:
        self.case = case
        reads = (case.draft, *(source.read for source in case.sources))
        self.known = [(name, party.kinds) for read in reads for party in parties(read) for name in party.names if party.kinds]
        self.named = [(name, party) for read in reads for party in parties(read) for name in party.names]

    def kinds(self, party: Party) -> frozenset[int]:
        """What it is, by this phrase or by others that name it."""
        if not party.names:
            return party.kinds
        found = (kinds for name, kinds in self.known if any(_alike(name, mine) for mine in party.names))
        return party.kinds.union(*found)

    def same(self, mine: Party, k: int, theirs: Party) -> float:
        """How likely a party of the draft is one of sentence k, 0 to 1."""
        if mine.names and theirs.names:
            if any(_alike(a, b) for a in mine.names for b in theirs.names):
                return 1.0
            return _UNKNOWN if self._near(mine, theirs) or self._near(theirs, mine) else 0.0
        if any(_alike(a, b) for a in mine.names for b in theirs.about):
            return _UNKNOWN
        here, there = self.kinds(mine), self.kinds(theirs)
        if here and there and here & there:
            return 0.8
        found = self.case.links(mine.places, k, theirs.places)
        if found >= _LIKE:
            return found
        if not here or not there or (here | there) & _BROAD:
            return _UNKNOWN if not (mine.names or theirs.names) or not (here and there) else _SURELY_NOT
        return 0.1

    def _near(self, mine: Party, theirs: Party) -> bool:
        """Whether a third spelling joins them, or one is named in the phrase for the other."""
        if any(_alike(a, b) for a in mine.names for b in theirs.about):
            return True
        return any(any(_alike(a, n) for a in mine.names) and any(_alike(n, b) for b in theirs.names) for n, _ in self.named)

    def best(self, mine: Party, k: int, others: tuple[Party, ...]) -> float:
        return max((self.same(mine, k, other) for other in others), default=0.0)


def _alike(one: str, other: str) -> bool:
    if alike(one, other):
        return True
    return any(alike(a, b) or akin(a, b) for a in parts(one) for b in parts(other) if a[0].isupper() and b[0].isupper())


def _agrees(calls: _Calls, act: Act, there: _There) -> bool:
    """Whether those who are known to stand in both stand in the same place, at least as surely as in the other."""
    pairs = ((act.first, there.act.first, there.act.second), (act.second, there.act.second, there.act.first))
    same = other = 0.0
    for own, beside, across in pairs:
        for mine in own:
            if mine.names or mine.kinds:
                one, two = calls.best(mine, there.sentence, beside), calls.best(mine, there.sentence, across)
                same, other = max(same, one), max(other, two)
    return same > _SURELY_NOT and same >= other


def _turned(calls: _Calls, act: Act, there: _There) -> Party | None:
    """The party of the draft that stands on the other side of the verb in the source."""
    k, other = there.sentence, there.act

    def away(mine: Party, own: tuple[Party, ...], opposite: tuple[Party, ...]) -> bool:
        return calls.best(mine, k, opposite) >= _SURE and calls.best(mine, k, own) <= _SURELY_NOT

    first = [p for p in act.first if away(p, other.first, other.second)]
    second = [p for p in act.second if away(p, other.second, other.first)]
    if first and second:
        return first[0]
    same_deed = bool({row for row, _ in act.deeds} & {row for row, _ in other.deeds})
    if there.link < _CLEARLY:
        return None
    if first and (other.first or same_deed):
        return first[0]
    if second and (other.second or same_deed):
        return second[0]
    return None


def _substituted(calls: _Calls, act: Act, there: list[_There]) -> Party | None:
    """The party of the draft that does what the source has somebody else do."""
    case = calls.case
    strong = [one for one in there if one.link >= _CLEARLY and one.act.first]
    if not strong or not act.first:
        return None
    aside = {i for party in act.first for i in party.places}
    near = [i for i, w in enumerate(case.draft.words) if w.telling and i not in aside]
    best = max(strong, key=lambda one: float(case.aligned.covers(one.sentence)[near].sum()) + one.link)
    if not near or float(np.mean(case.aligned.covers(best.sentence)[near])) < _COVERED:
        return None
    for mine in act.first:
        if calls.best(mine, best.sentence, best.act.first) <= _SURELY_NOT and not _may_call(calls, mine, best):
            return mine
    return None


def _may_call(calls: _Calls, mine: Party, best: _There) -> bool:
    """Whether a party may stand for the source's in another way: it is not in the passage, or beside it in the sentence."""
    read = calls.case.sources[best.sentence].read
    return any(calls.same(mine, best.sentence, other) > _SURELY_NOT for other in parties(read) if other in best.act.first)
