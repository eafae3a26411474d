"""A mark of a draft beside the marks of its sources, and the other way round, in figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from rag.answer.check.alignment import Matrix
from rag.answer.check.clauses import clauses, counterpart, past_words
from rag.answer.check.doubts import over
from rag.answer.check.evidence import Case
from rag.answer.check.likeness import freed
from rag.answer.check.marks import Said, heads, said

# What unrelated words of two sentences have in common by their vectors.
_NOISE = 0.3
_NOISE_FAR = 0.45  # the best of several sentences
_NOISE_LACK = 0.4
_PICKED = 0.3  # what a sentence that the draft rests on has before others
_HALF = 2  # words off at which one counts half
_WITHOUT = re.compile(
    r"free|out of|lack|short of|ran out|run|empty|absen|лиш|вне|вън|свобод|пуст|недост|отсутств|отсъств|липс|нехват"
)

Mark = tuple[int, Said]  # the sentence it stands in


def block(case: Case, sentence: int) -> Matrix:
    """The similarities of the draft's words, a row each, with those of one sentence."""
    return case.aligned.similar[:, case.aligned.offset[sentence] : case.aligned.offset[sentence + 1]]


def home(case: Case, places: Sequence[int]) -> int:
    """The sentence that best has what stands around some words of the draft, and the words themselves."""
    centre = sum(places) / len(places)
    near = np.array([word.telling / (1 + abs(i - centre) / _HALF) for i, word in enumerate(case.draft.words)])
    picked = [_PICKED * (k in case.picked) for k in range(len(case.sources))]
    return max(range(len(case.sources)), key=lambda k: float((case.aligned.covers(k) * near).sum()) + picked[k])


def beside_sources(case: Case, one: Said, same: Sequence[Mark], other: Sequence[Mark], there: int) -> dict[str, float]:
    """How a mark of the draft stands to those of its sources: `same` answer it, `other` come near. `there` is its sentence."""
    read, source, cover = case.draft, case.sources[there].read, case.aligned.covers(there)
    mine = heads(read, one)
    own = [i for i in one.own if read.words[i].telling and read.vectors[i].any()]
    likeness, clause = counterpart(read, read.clause[one.own[0]], source, block(case, there))

    def met(marks: Sequence[Mark], *, here: bool) -> float:
        return max((case.links(mine, k, heads(case.sources[k].read, o)) for k, o in marks if (k == there) is here), default=0.0)

    lacks = [(k, o) for k, o in other if o.family == "lack"]
    lacking = [(k, [j for j in o.own if case.sources[k].read.words[j].telling]) for k, o in lacks]
    without = [(k, o) for k, o in lacks if _WITHOUT.match(o.text.casefold())]
    answered = sum(1 for k, _ in same if k in case.picked)
    past = past_words(source)
    return {
        "met": over(met(same, here=True), _NOISE),
        "met_off": over(met(same, here=False), _NOISE_FAR),
        "other": over(met(other, here=True), _NOISE_LACK),
        "lack": over(max((case.links([*own, *one.of[:1]], k, places) for k, places in lacking), default=0.0), _NOISE_LACK),
        "without": over(max((case.links(mine, k, heads(case.sources[k].read, o)) for k, o in without), default=0.0), _NOISE_LACK),
        "here": float(any(k == there for k, _ in same)),
        "other_here": float(any(k == there for k, _ in other)),
        "none": float(not same),
        "clause": over(likeness, _NOISE_LACK),
        "clause_same": float(_stands(case, same, there, clause)),
        "clause_other": float(_stands(case, other, there, clause)),
        "clause_past": float(clause is not None and any(j in past for j in clauses(source)[clause])),
        "own": over(float(cover[own].max(initial=0.0)), _NOISE),
        "scope": over(float(cover[list(one.of[:1])].max(initial=0.0)), _NOISE),
        "more": float(np.clip(sum(m.family == one.family for m in said(read)) - answered, -1, 2)),
        **freed(read, one.own, source, clause, case.embedder),
    }


def _stands(case: Case, marks: Sequence[Mark], sentence: int, clause: int | None) -> bool:
    """Whether one of some marks stands in a clause of a sentence."""
    return any(k == sentence and case.sources[k].read.clause[o.own[0]] == clause for k, o in marks)


def beside_draft(case: Case, mark: Mark, same: Sequence[Said], other: Sequence[Said]) -> dict[str, float]:
    """How a mark of a sentence that the draft rests on stands to the draft's: `same` answer it, `other` come near."""
    k, one = mark
    read, draft, similar = case.sources[k].read, case.draft, block(case, k)
    words = heads(read, one)
    best = similar.max(axis=0)
    covers = np.stack([case.aligned.covers(j) for j in range(len(case.sources))])
    own = [j for j in one.own if read.words[j].telling and read.vectors[j].any()]
    first = list(one.of[:1])
    heard = float(best[first].max(initial=0.0))
    margin = heard - float(covers[:, similar[:, first[0]].argmax()].max()) if first else 0.0
    inside = [j for j in clauses(read)[read.clause[one.own[0]]] if read.words[j].telling]
    telling = [i for i, word in enumerate(draft.words) if word.telling]
    likeness, clause = counterpart(read, read.clause[one.own[0]], draft, similar.T)
    answering = any(draft.clause[m.own[0]] == clause for m in same)
    nearly = any(draft.clause[m.own[0]] == clause for m in other)
    past = clause is not None and not past_words(draft).isdisjoint(clauses(draft)[clause])
    stand = {case.counterpart(k, j) for j in words[: len(one.own) + 2]}

    def met(marks: Sequence[Said]) -> float:
        return max((case.links(heads(draft, m), k, words) for m in marks), default=0.0)

    return {
        "heard": over(heard, _NOISE),
        "margin": margin,
        "second": over(float(best[list(one.of[1:2])].max(initial=0.0)), _NOISE),
        "own": over(float(best[own].max(initial=0.0)), _NOISE),
        "around": over(float(best[inside].mean()) if inside else 0.0, _NOISE_LACK),
        "share": float(np.mean([covers[k, i] >= covers[:, i].max() for i in telling])) if telling else 0.0,
        "any": float(bool(same)),
        "answer": over(met(same), _NOISE),
        "other": over(met(other), _NOISE_LACK),
        "any_other": float(bool(other)),
        "stands": float(any(not stand.isdisjoint({*m.own, *m.of[:2]}) for m in same)),
        "clause": over(likeness, _NOISE_LACK),
        "clause_same": float(answering),
        "clause_other": float(nearly),
        "clause_past": float(past),
        "clause_real": float(past and not answering and not nearly),
        "later": float(read.clause[one.own[0]] > 0),
        **freed(read, one.own, draft, clause, case.embedder),
    }
