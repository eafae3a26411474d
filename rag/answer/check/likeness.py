"""How alike texts are to the embedder, and how much more alike without some words of one: what a "not" or a "may" changes.

The embedder was trained on entailment, too: where a draft that lacks a "not" of its source is nearer to that source without the
"not" than to the source as it stands, the draft says the opposite.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from rag.answer.check.clauses import clauses
from rag.answer.check.reading import Read
from rag.embed.base import Embedder, Vectors

_KEPT = 8192  # texts whose vectors are remembered
_MOST = 1.5  # in either direction
_SCALE = 20.0  # a word taken out moves a similarity by hundredths


@lru_cache(maxsize=_KEPT)
def _vector(text: str, embedder: Any) -> Vectors:
    found: Vectors = embedder.embed_passages([text])[0]
    return found


def likeness(one: str, other: str, embedder: Embedder) -> float:
    """The similarity of two texts, at most 1; 0 where one is empty."""
    if not one or not other:
        return 0.0
    model: Any = embedder  # a key of the cache: one object, one model
    return float(np.dot(_vector(one, model), _vector(other, model)))


def part(read: Read, places: Sequence[int], without: Sequence[int] = ()) -> str:
    """The text from the first to the last of some words, without some of its words."""
    if not places:
        return ""
    start, end = read.words[min(places)].start, read.words[max(places)].end
    kept, at = "", start
    for place in sorted(without):
        word = read.words[place]
        if start <= word.start and word.end <= end:
            kept, at = kept + read.text[at : word.start], word.end
    return " ".join((kept + read.text[at:end]).split())


def _scaled(difference: float) -> float:
    return float(np.clip(_SCALE * difference, -_MOST, _MOST))


def freed(read: Read, own: Sequence[int], other: Read, clause: int | None, embedder: Embedder) -> dict[str, float]:
    """How much more alike a sentence is to another without some of its words: as a whole, and their clause to a `clause`."""
    everything = range(len(read.words))
    whole = likeness(part(read, everything, own), other.text, embedder) - likeness(read.text, other.text, embedder)
    within = 0.0
    if clause is not None:
        theirs = part(other, clauses(other)[clause])
        places = clauses(read)[read.clause[own[0]]]
        within = likeness(part(read, places, own), theirs, embedder) - likeness(part(read, places), theirs, embedder)
    return {"freed": _scaled(whole), "freed_clause": _scaled(within)}
