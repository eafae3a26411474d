"""Whether somebody in a draft does what the source has another do, or has done to him what he does there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rag.answer.check.concepts import agents
from rag.answer.check.evidence import Case
from rag.answer.check.frames import Act, acts
from rag.answer.check.grammar import joined
from rag.answer.check.naming import akin, alike, parts
from rag.answer.check.opposites import denied
from rag.answer.check.parties import Party, parties
from rag.answer.check.reading import Read
from rag.answer.said.speech import speech
from rag.types import Refused
from rag.values.vocabulary import words

_SURE, _SURELY_NOT = 0.7, 0.2  # that two parties are the same
_UNKNOWN = 0.45
_MARGIN = 0.3
_LIKE = 0.6  # similarity of words from which two parties are the same
_LIKE_OTHERS = 0.75  # the same for two that are of other kinds by the list
_LINKED, _CLOSELY, _CLEARLY = 0.45, 0.58, 0.6  # similarity of two verbs
_SAME_DEED = 0.8
_NEXT = 0.15  # how much less a verb may be like the draft's than the best of the source
_CLOSER = 0.08  # the same for two verbs of one sentence
_AWAY = 3  # words off a verb at which one tells half as much of where it stands
_TOLD, _ALONE = 0.35, 0.54  # the same where somebody stands on the other side of the verb, and where a verb has but one side
_COVERED = 0.45  # how well a sentence has the rest of a draft where another takes somebody's place
# Words for many sorts of somebody: an official is a minister too. And words for what anybody may be.
_BROAD, _ANYBODY = (
    frozenset[int]().union(*(agents(word, "en") for word in words(listed)))
    for listed in (
        "officials spokesman director agency company expert worker official mission",
        "buyer seller owner winner loser customer client suspect victim man woman people person member participant partner side"
        " colleague mother wife son brother family",
    )
)


@dataclass(frozen=True, slots=True)
class _There:
    """An act of a sentence of the sources."""

    sentence: int
    act: Act
    link: float
    cover: float

    @property
    def score(self) -> float:
        """How likely the draft tells of it: by the verb, and by what else its sentence has."""
        return self.link + self.cover


def check_acting(case: Case, calls: Calls) -> Refused | None:
    """Why the parties of a draft's verbs are not those of the source's; None where they are, or nobody can tell."""
    for act in acts(case.draft):
        there = _likely(case, act)
        agreeing = any(_agrees(calls, act, one) for one in there)
        same = any(calls.best(p, o.sentence, o.act.first) > _SURELY_NOT for o in there for p in act.first)
        for one in there:
            if party := (None if same else _exchanged(calls, act, one)) or (None if agreeing else _turned(calls, act, one)):
                who = _written(case.draft, party)
                return Refused(who, f"In the source it is not “{who}” who does this to the other.", "roles")
        spoken = speech(case.draft.language)
        said = spoken is not None and case.draft.words[act.place].text in spoken.verbs  # who speaks, the attribution tells
        if not said and not agreeing and (party := _substituted(calls, act, there)):
            who = _written(case.draft, party)
            return Refused(who, f"The source does not say it of “{who}”.", "roles")
    return None


def _written(read: Read, party: Party) -> str:
    return read.text[read.words[party.places.start].start : read.words[party.places.stop - 1].end]


def _likely(case: Case, act: Act) -> list[_There]:
    """Those of the linked acts that are not clearly less likely than another, for this verb or for another of the draft."""
    top = float(case.aligned.similar[act.place].max(initial=0.0))
    rest = [one for mine in acts(case.draft) if mine != act for one in _linked(case, mine)]
    found = [
        one
        for one in _linked(case, act)
        if one.link >= top - _NEXT and not any(other.act == one.act and other.link > one.link + _CLOSER for other in rest)
    ]
    best = max((one.score for one in found), default=0.0)
    return [
        one
        for one in found
        if one.score >= best - _NEXT
        and not any(other.sentence == one.sentence and other.link >= one.link + _CLOSER for other in found)
        and not any(other.act == one.act and other.link > one.link and best > one.score for other in rest)
    ]


def _linked(case: Case, act: Act) -> Iterator[_There]:
    """The acts of the sources that may be the same as one of the draft."""
    aside = {i for party in (*act.first, *act.second) for i in party.places}
    near = [i for i, w in enumerate(case.draft.words) if w.telling and i not in aside]
    weights = [1 / (1 + abs(i - act.place) / _AWAY) for i in near]
    marks = {case.sources[k].mark for k in case.picked}
    for k, source in enumerate(case.sources):
        if source.mark not in marks:
            continue
        cover = float(np.average(case.aligned.covers(k)[near], weights=weights)) if near else 0.0
        for other in acts(source.read):
            link = float(case.aligned.similar[act.place, case.aligned.column(k, other.place)])
            if {row for row, _ in act.deeds} & {row for row, _ in other.deeds}:
                link = max(link, _SAME_DEED)
            if _is_denied(case.draft, act.place) is not _is_denied(source.read, other.place):
                continue  # who did not get it says nothing of who gave it
            if link >= _LINKED:
                yield _There(k, other, link, cover)


def _is_denied(read: Read, place: int) -> bool:
    return denied(read, place) == 1.0


class Calls:
    """Which parties of a draft and its sources may be the same."""

    def __init__(self, case: Case) -> None:
        self.case = case
        reads = (case.draft, *(source.read for source in case.sources))
        self.known = [(name, party.kinds) for read in reads for party in parties(read) for name in party.names if party.kinds]
        self.theirs = {name for source in case.sources for party in parties(source.read) for name in party.about}
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
            short = any(name.isupper() for name in mine.names) is not any(name.isupper() for name in theirs.names)
            return _UNKNOWN if short or self._near(mine, theirs) or self._near(theirs, mine) else 0.0
        if any(_alike(a, b) for a in mine.names for b in theirs.about):
            return _UNKNOWN
        here, there = self.kinds(mine), self.kinds(theirs)
        if here and there and here & there:
            return 0.8
        found = self.case.links(mine.places, k, theirs.places)
        if found >= (_LIKE_OTHERS if here and there else _LIKE):
            return found
        if (here | there) & _ANYBODY:
            return _UNKNOWN
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


def _agrees(calls: Calls, act: Act, there: _There) -> bool:
    """Whether those who are known to stand in both stand in the same place, at least as surely as in the other."""
    pairs = ((act.first, there.act.first, there.act.second), (act.second, there.act.second, there.act.first))
    same = other = 0.0
    for own, beside, across in pairs:
        for mine in own:
            if mine.names or mine.kinds:
                one, two = calls.best(mine, there.sentence, beside), calls.best(mine, there.sentence, across)
                same, other = max(same, one), max(other, two)
    return same > _SURELY_NOT and same >= other


def _turned(calls: Calls, act: Act, there: _There) -> Party | None:
    """The party of the draft that stands on the other side of the verb in the source."""
    k, other = there.sentence, there.act

    def away(mine: Party, own: tuple[Party, ...], opposite: tuple[Party, ...]) -> bool:
        one, two = calls.best(mine, k, opposite), calls.best(mine, k, own)
        return one >= _SURE and (two <= _SURELY_NOT or (there.link >= _SAME_DEED and one - two >= _MARGIN))

    first = [p for p in act.first if away(p, other.first, other.second)]
    second = [p for p in act.second if away(p, other.second, other.first)]
    if first and second:
        return first[0]
    same_deed = bool({row for row, _ in act.deeds} & {row for row, _ in other.deeds})
    if there.link < _CLEARLY or there.cover < (_TOLD if act.first and act.second else _ALONE):
        return None
    if first and (other.first or same_deed):
        return first[0]
    if second and (other.second or same_deed):
        return second[0]
    return None


def _exchanged(calls: Calls, act: Act, there: _There) -> Party | None:
    """The party that acts in the draft where the one that acts in the source stands beside it, and the other way round."""
    if there.cover < _TOLD or not act.first or not there.act.first:
        return None
    k, theirs = there.sentence, _beside(calls.case.sources[there.sentence].read, there.act)
    mine = _beside(calls.case.draft, act)
    changed = any(calls.best(p, k, there.act.first) >= _SURE and calls.best(p, k, theirs) < _SURE for p in mine)
    found = [p for p in act.first if calls.best(p, k, theirs) >= _SURE]
    return found[0] if changed and found else None


def _beside(read: Read, act: Act) -> tuple[Party, ...]:
    """The other parties of the clause of an act, but for those that act together with the first."""
    return tuple(
        p
        for p in parties(read)
        if read.clause[p.places.start] == read.clause[act.place]
        and not any(p == one or joined(read, p.places, one.places) for one in act.first)
    )


def _substituted(calls: Calls, act: Act, there: list[_There]) -> Party | None:
    """The party of the draft that does what the source has somebody else do."""
    strong = [one for one in there if one.link >= _CLOSELY and one.cover >= _COVERED]
    if not strong:
        return None
    best = max(strong, key=lambda one: one.score)
    read = calls.case.sources[best.sentence].read
    busy = {p for other in acts(read) for p in (*other.first, *other.second)}  # who is there, and does something else
    others = [p for p in parties(read) if p not in busy]
    for mine in act.first:
        there_too = not mine.names or any(_alike(a, n) for a in mine.names for n in calls.theirs)
        beside = calls.best(mine, best.sentence, tuple(others)) >= _SURE
        beside = beside or calls.best(mine, best.sentence, best.act.second) >= _SURE
        if best.act.first and there_too and not beside and calls.best(mine, best.sentence, best.act.first) <= _SURELY_NOT:
            return mine
    return None
