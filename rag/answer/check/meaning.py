"""Whether a draft means what its sources say: every telling word of it beside one like it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain

import numpy as np

from rag.answer.check.alignment import Matrix
from rag.answer.check.clauses import clauses
from rag.answer.check.doubts import Doubt, refusal
from rag.answer.check.evidence import Case
from rag.answer.check.likeness import likeness, part
from rag.types import Refused

_MOST_SHARED = 3  # names and figures that count
_NEAR = 4  # words around a word that are its surroundings
_COPIED, _COPY = 5, 0.8  # words, and the share of a draft's words, by which it is a copy
_COUNTERPART = 0.7  # similarity from which a word stands for another in one language
_CLAUSE = 2  # telling words of a clause that is read by itself
_WHOLE = 4.0  # likenesses of texts lie close together
_POOR, _MIDDLING = 0.35, 0.45  # similarities below which a word has hardly a counterpart


def check_meaning(case: Case) -> Refused | None:
    """Why the draft says what its sources do not; None where they do. Names and figures are checked apart."""
    return _slipped_in(case) or refusal(doubts(case))


def _slipped_in(case: Case) -> Refused | None:
    """A word put into a sentence that is copied otherwise: among so many that stand there, it weighs too little to be missed."""
    known = {word.lemma for source in case.sources for word in source.read.words}
    mine = [word.text for word in case.draft.words]
    for k in case.picked:
        theirs = [word.text for word in case.sources[k].read.words]
        changes = SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes()
        copied = sum(end - start for kind, _, _, start, end in changes if kind == "equal")
        if copied < max(_COPIED, _COPY * len(mine)):
            continue
        for place in chain.from_iterable(range(start, end) for kind, _, _, start, end in changes if kind == "insert"):
            word = case.draft.words[place]
            if word.telling and place not in case.set_apart and word.lemma not in known and _cover(case, place) < _COUNTERPART:
                return Refused(word.text, f"The cited passage says nothing of “{word.text}”.", "unsupported")
    return None


def _cover(case: Case, place: int) -> float:
    """How well the cited passages have a word, wherever they have it."""
    return float(case.aligned.similar[place].max(initial=0.0))


def doubts(case: Case) -> Iterator[Doubt]:
    """How well the draft as a whole is covered: on average and where it is worst, and whether by one sentence. A draft that
    shares names and figures with its source may word the rest more freely."""
    draft = case.draft
    every = np.stack([case.aligned.covers(k) for k in range(len(case.sources))])
    covers = every[list(case.picked)].max(axis=0)
    told = [i for i, w in enumerate(draft.words) if w.telling and i not in case.set_apart and draft.vectors[i].any()]
    if not told:
        return
    ranked = np.sort(covers[told])
    shared = min(len(draft.names) + len(draft.values), _MOST_SHARED) / _MOST_SHARED
    across = float(all(case.sources[k].read.language != draft.language for k in case.picked))
    mean = float(covers[told].mean())
    features = {
        "mean": mean,
        "worst": float(ranked[0]),
        "two_worst": float(ranked[:2].mean()),
        "three_worst": float(ranked[:3].mean()),
        "in_one": max(float(every[k][told].mean()) for k in case.picked),
        "together": _together(every, told),
        "poor": float(np.mean(ranked < _POOR)),
        "middling": float(np.mean(ranked < _MIDDLING)),
        "short": 1 / len(told),
        "shared": shared,
        "mean_shared": mean * shared,
        "no_name": float(not draft.names),
        "no_value": float(not draft.values),
        "mean_across": mean * across,
        "several": float(len(case.picked) > 1),
        **_read_whole(case),
    }
    word = draft.words[min(told, key=lambda i: float(covers[i]))].text
    yield Doubt("unsupported", "unheard", word, features, f"The cited passage says nothing of “{word}”.")


def _read_whole(case: Case) -> dict[str, float]:
    """How alike the draft is to the sentences it rests on, as texts: as a whole, and the worst of its clauses."""
    draft, picked = case.draft, [case.sources[k].read for k in case.picked]
    joined = " ".join(read.text for read in picked)
    parts_there = [part(read, places) for read in picked for places in clauses(read).values()]
    own = [part(draft, places) for places in clauses(draft).values() if sum(draft.words[i].telling for i in places) >= _CLAUSE]
    worst = [max(likeness(one, other, case.embedder) for other in (*parts_there, joined)) for one in own]
    whole = likeness(draft.text, joined, case.embedder)
    return {"whole": _WHOLE * whole, "whole_worst": _WHOLE * min(worst, default=whole)}


def _together(every: Matrix, told: list[int]) -> float:
    """How well the sentence that best has a word has those around it too, on average."""
    found = []
    for i in told:
        near = [x for x in told if x != i and abs(x - i) <= _NEAR]
        if near:
            found.append(float(every[int(every[:, i].argmax())][near].mean()))
    return float(np.mean(found)) if found else 0.5
