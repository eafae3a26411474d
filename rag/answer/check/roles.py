"""Whether those who act, are acted upon or speak in a draft are those of its sources."""

from __future__ import annotations

import re
from itertools import combinations, product

import numpy as np

from rag.answer.check.acting import Calls, check_acting
from rag.answer.check.alignment import Matrix
from rag.answer.check.evidence import Case
from rag.answer.check.grammar import joined
from rag.answer.check.frames import belongs
from rag.answer.check.parties import Party, parties
from rag.answer.check.places import WHERE
from rag.answer.check.reading import Read
from rag.answer.said.attribution import Attributed, attribution, stated
from rag.types import Refused

_SURE, _SURELY_NOT = 0.7, 0.2  # that two parties are the same
_FLOOR = 0.4  # what unrelated words have in common by their vectors
_STEP, _CLAUSE = 0.8, 0.4  # how much less a word tells of a party, the further off it is: by a word, and by a clause
_CROSSED = 0.17  # how much more the words about two parties stand with the other one in the source
_SAID = 0.5  # how well a sentence has what a draft has somebody say


def check_roles(case: Case) -> Refused | None:
    """Why somebody else acts or speaks in the draft; None where nobody does."""
    calls = Calls(case)
    return _crossed(case, calls) or _speaker(case, calls) or check_acting(case, calls)


# ---- who has changed places


def _crossed(case: Case, calls: Calls) -> Refused | None:
    """Two parties of the draft each of which has about it what the source has about the other."""
    draft = case.draft
    mine = [party for party in parties(draft) if _takes_part(draft, party)]
    theirs = [(k, party) for k, source in enumerate(case.sources) for party in parties(source.read)]
    if len(mine) < 2 or len(theirs) < 2:
        return None
    about = [_about(case, k, party) for k, party in theirs]
    same = [[calls.same(party, k, other) >= _SURE for k, other in theirs] for party in mine]
    for (i, one), (j, other) in combinations(enumerate(mine), 2):
        if joined(draft, one.places, other.places) or bool(one.names) is not bool(other.names):
            continue
        here = [about[n] for n in range(len(theirs)) if same[i][n] and not same[j][n]]
        there = [about[n] for n in range(len(theirs)) if same[j][n] and not same[i][n]]
        apart = _near(draft, one) - _near(draft, other)
        kept = max((float(apart @ (a - b)) for a, b in product(here, there)), default=0.0)
        if kept <= -_CROSSED:
            names = [draft.text[draft.words[p.places.start].start : draft.words[p.places.stop - 1].end] for p in (one, other)]
            return Refused(names[0], f"In the source “{names[0]}” and “{names[1]}” stand the other way round.", "roles")
    return None


def _takes_part(read: Read, party: Party) -> bool:
    """Whether a party is none that but says where something is, or whose."""
    return party.prep not in WHERE and party.prep not in _OF and not belongs(read, party)


_OF = ("of", "from", "'s", "из", "от")


def _near(read: Read, party: Party) -> Matrix:
    """How much each word tells of a party: 1 beside it, less further off, 0 for parties."""
    inside = {i for other in parties(read) for i in other.places}
    told = np.cumsum([word.telling for word in read.words])
    near = np.zeros(len(read.words), dtype=np.float32)
    for i, word in enumerate(read.words):
        if word.telling and i not in inside:
            edge = party.places.start if i < party.places.start else party.places.stop - 1
            steps, clauses = abs(int(told[i]) - int(told[edge])), abs(read.clause[i] - read.clause[edge])
            near[i] = _STEP ** max(0, steps - 1) * _CLAUSE**clauses
    return near


def _about(case: Case, sentence: int, party: Party) -> Matrix:
    """How much what each word of the draft says is said of a party of a sentence, shape (words,)."""
    block = case.aligned.similar[:, case.aligned.offset[sentence] : case.aligned.offset[sentence + 1]]
    likeness = np.clip((block - _FLOOR) / (1 - _FLOOR), 0.0, 1.0)
    found: Matrix = (likeness * _near(case.sources[sentence].read, party)).max(axis=1)
    return found


# ---- who said it


def _speaker(case: Case, calls: Calls) -> Refused | None:
    """A draft that has somebody say what the source has from another."""
    draft = case.draft
    mine = attribution(draft.text, 0, len(draft.text), draft.language)
    if mine is None or not mine.resolved:
        return None
    start, end = stated(draft.text, 0, len(draft.text), draft.language)
    parted = [m.start() for m in re.finditer(";", draft.text)]
    start = max([start, *(at for at in parted if at < mine.start)])
    end = min([end, *(at for at in parted if at > mine.end)])
    said = [i for i in draft.places(start, end) if draft.words[i].telling and not mine.start <= draft.words[i].start < mine.end]
    if not said:
        return None
    k = max(range(len(case.sources)), key=lambda j: float(case.aligned.covers(j)[said].mean()) + 0.05 * (j in case.picked))
    source = case.sources[k]
    theirs = attribution(source.hit.document.text, source.start, source.end, source.read.language)
    if theirs is None or not theirs.resolved or float(case.aligned.covers(k)[said].mean()) < _SAID:
        return None
    own = _speaking(draft, mine, 0)
    others = [
        (n, party)
        for n, beside in enumerate(case.sources)
        if beside.mark == source.mark and beside.start <= theirs.start < beside.end
        for party in _speaking(beside.read, theirs, beside.start)
    ]
    if not own or not others or any(calls.same(one, n, other) > _SURELY_NOT for one in own for n, other in others):
        return None
    if any(calls.best(one, n, parties(case.sources[n].read)) >= _SURE for one in own for n in (k, others[0][0])):
        return None
    return Refused(mine.speaker, f"The source has it from “{theirs.speaker}”.", "roles")


def _speaking(read: Read, said: Attributed, offset: int) -> list[Party]:
    """The parties in the words for a speaker."""
    inside = set(read.places(said.start - offset, said.end - offset))
    return [party for party in parties(read) if inside.intersection(party.places)]
