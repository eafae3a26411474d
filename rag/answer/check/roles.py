"""Whether those who act, are acted upon or speak in a draft are those of its sources."""

from __future__ import annotations

import re
from itertools import combinations, pairwise, product

import numpy as np

from rag.answer.check.acting import Calls, check_acting
from rag.answer.check.alignment import Matrix
from rag.answer.check.evidence import Case
from rag.answer.check.frames import belongs
from rag.answer.check.grammar import joined
from rag.answer.check.parties import Party, parties
from rag.answer.check.places import WHERE
from rag.answer.check.reading import Read
from rag.answer.said.attribution import Attributed, attribution, stated
from rag.types import Refused

_SURE, _SURELY_NOT = 0.7, 0.2  # that two parties are the same
_OF = ("of", "from", "'s", "из", "от")  # before what but says whose or whence something is
_FLOOR = 0.4  # what unrelated words have in common by their vectors
_STEP, _CLAUSE = 0.8, 0.4  # how much less a word tells of a party, the further off it is: by a word, and by a clause
_CROSSED = 0.1  # how much more the words about two parties stand with the other one in the source
_SAID, _WORSE = 0.5, 0.25  # how well a sentence has what a draft has somebody say, and how much less than the best does
_CONTRAST = re.compile(
    r";|,\s(?=(?:but|while|whereas|although|though|но|а|однако|хотя|тогда как|в то время как|обаче|докато|макар|въпреки че)\b)"
)


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
        here = [n for n in range(len(theirs)) if same[i][n] and not same[j][n]]
        there = [n for n in range(len(theirs)) if same[j][n] and not same[i][n]]
        apart = _near(draft, one) - _near(draft, other)
        kept = {(a, b): float(apart @ (about[a] - about[b])) for a, b in product(here, there)}
        best = max(kept, key=lambda pair: kept[pair], default=None)
        if best is None or kept[best] > -(_CROSSED if one.names else 2 * _CROSSED):
            continue
        (k, a), (m, b) = theirs[best[0]], theirs[best[1]]
        clause = case.sources[k].read.clause
        within = draft.clause[one.places.start] == draft.clause[other.places.start]
        if not (within and k == m and clause[a.places.start] == clause[b.places.start]):
            names = [draft.text[draft.words[p.places.start].start : draft.words[p.places.stop - 1].end] for p in (one, other)]
            return Refused(names[0], f"In the source “{names[0]}” and “{names[1]}” stand the other way round.", "roles")
    return None


def _takes_part(read: Read, party: Party) -> bool:
    """Whether a party is none that but says where something is, or whose."""
    return party.prep not in WHERE and party.prep not in _OF and not belongs(read, party)


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
    edges = [0, *(m.start() for m in _CONTRAST.finditer(draft.text)), len(draft.text)]
    for first, last in pairwise(edges):
        mine = attribution(draft.text, first, last, draft.language)
        if mine is None or not mine.resolved:
            continue
        start, end = stated(draft.text, first, last, draft.language)
        inside = [i for i in draft.places(start, end) if draft.words[i].telling]
        said = [i for i in inside if not mine.start <= draft.words[i].start < mine.end]
        own = _speaking(draft, mine, 0)
        if said and own and (theirs := _other_speaker(case, calls, own, said)):
            return Refused(mine.speaker, f"The source has it from “{theirs}”.", "roles")
    return None


def _other_speaker(case: Case, calls: Calls, own: list[Party], said: list[int]) -> str | None:
    """Who says in the sources what some words of the draft say; None where it may be the same speaker, or none is named."""
    covers = [float(case.aligned.covers(k)[said].mean()) for k in range(len(case.sources))]
    found = None
    for k, source in enumerate(case.sources):
        if covers[k] < max(_SAID, max(covers) - _WORSE):
            continue
        theirs = attribution(source.hit.document.text, source.start, source.end, source.read.language)
        if theirs is None or not theirs.resolved:
            continue
        others = [
            (n, party)
            for n, beside in enumerate(case.sources)
            if beside.mark == source.mark and beside.start <= theirs.start < beside.end
            for party in _speaking(beside.read, theirs, beside.start)
        ]
        if not others or any(calls.same(one, n, other) > _SURELY_NOT for one in own for n, other in others):
            return None
        if any(calls.best(one, n, parties(case.sources[n].read)) >= _SURE for one in own for n in (k, others[0][0])):
            return None
        found = theirs.speaker
    return found


def _speaking(read: Read, said: Attributed, offset: int) -> list[Party]:
    """The parties in the words for a speaker."""
    inside = set(read.places(said.start - offset, said.end - offset))
    return [party for party in parties(read) if inside.intersection(party.places)]
