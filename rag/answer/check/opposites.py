"""Words of a draft that stand where the source has their opposite: sold and bought, safe and unsafe."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rag.answer.check.compared import block, home
from rag.answer.check.concepts import agree, opposite, sides
from rag.answer.check.doubts import Doubt, over
from rag.answer.check.evidence import Case
from rag.answer.check.likeness import freed
from rag.answer.check.marks import said
from rag.answer.check.reading import Read, Word
from rag.values.vocabulary import words

_NOISE = 0.35
_DENIED = 0.6  # from which a word counts as denied
# Function words that compare and place: they turn what is said as verbs do.
_COMPARING = words(
    "more less most least fewer over under above below up down before after больше меньше более менее выше ниже после до "
    "повече по-малко най-много най-малко над под поне преди след"
)
_NEAR = (1.0, 0.6, 0.4)  # how surely a "not" denies the first, second and third telling word after it


def denied(read: Read, place: int) -> float:
    """How surely a word is denied by a "not" before it, 0 to 1."""
    found = (
        _NEAR[min(one.of.index(place), len(_NEAR) - 1)]
        for one in said(read)
        if one.family == "negation" and place not in one.own and place in one.of
    )
    return max(found, default=0.0)


def opposites(case: Case) -> Iterator[Doubt]:
    """The words of the draft whose opposite, by the list, is in a sentence it rests on."""
    for place, word in enumerate(case.draft.words):
        if _turns(word):
            yield from _listed(case, place)


def _turns(word: Word) -> bool:
    return word.telling or word.text in _COMPARING


def _listed(case: Case, place: int) -> Iterator[Doubt]:
    draft = case.draft
    mine = sides(draft.words[place].text, draft.language)
    if not mine:
        return
    there = home(case, [place])
    for k in {there, *case.picked}:
        read, similar = case.sources[k].read, block(case, k)
        known = [sides(w.text, read.language) if _turns(w) else frozenset() for w in read.words]
        against = [j for j, theirs in enumerate(known) if opposite(mine, theirs)]
        if not against:
            continue
        j = max(against, key=lambda column: float(similar[place, column]))
        likeness = float(similar[place, j])
        alike = [x for x, theirs in enumerate(known) if agree(mine, theirs)]
        agreeing = max((float(similar[place, x]) for x in alike), default=0.0)
        fit = case.fit(range(place, place + 1), k, range(j, j + 1))
        better = fit - max((case.fit(range(place, place + 1), k, range(x, x + 1)) for x in alike), default=0.0)
        others = (sides(w.text, draft.language) for i, w in enumerate(draft.words) if i != place and _turns(w))
        rest = max((float(value) for x, value in enumerate(similar[place]) if x not in against), default=0.0)
        features = _denials(case, place, k, j) | {
            "likeness": over(likeness, _NOISE),
            "agreeing": over(agreeing, _NOISE),
            "before_rest": likeness - rest,
            "before_others": likeness - float(np.delete(similar[:, j], place).max(initial=0.0)),
            "context": fit,
            "better": better,
            "kept": float(bool(alike)),
            "mirrored": float(any(agree(known[j], own) for own in others)),
            "rows": float(min(3, sum((row, 1 - side) in known[j] for row, side in mine))),
            "comparing": float(not draft.words[place].telling),
            "denied_both": min(denied(draft, place), denied(read, j)),
            "home": float(k == there),
            **_freed(case, place, k, j),
        }
        word = draft.words[place].text
        yield Doubt("negation", "opposite", word, features, f"The source says the opposite of “{word}”.")


def _freed(case: Case, place: int, sentence: int, other: int) -> dict[str, float]:
    """How much more alike the draft is to the sentence without its word, and the sentence to the draft without the other."""
    draft, read = case.draft, case.sources[sentence].read
    here = freed(draft, [place], read, read.clause[other], case.embedder)
    there = freed(read, [other], draft, draft.clause[place], case.embedder)
    return here | {f"{name}_there": value for name, value in there.items()}


def _denials(case: Case, place: int, sentence: int, other: int) -> dict[str, float]:
    here, there = denied(case.draft, place), denied(case.sources[sentence].read, other)
    return {"denied": here, "source_denied": there, "one_denied": float((here >= _DENIED) != (there >= _DENIED))}
