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
_CLOSE = 5.0  # likenesses of clauses lie close together
_MOST = 1.5
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


def written(read: Read, place: int) -> str:
    """A word as it is written."""
    return read.text[read.words[place].start : read.words[place].end]


def put(read: Read, places: Sequence[int], instead: str) -> str:
    """The text with something else in the place of the words from the first to the last of some."""
    start, end = read.words[min(places)].start, read.words[max(places)].end
    return " ".join(f"{read.text[:start]}{instead}{read.text[end:]}".split())


def turned(read: Read, places: Sequence[int], instead: str, other: Read, embedder: Embedder) -> float:
    """How much more alike a sentence is to another with that one's words in the place of some of its own."""
    changed = likeness(put(read, places, instead), other.text, embedder)
    return _scaled(changed - likeness(read.text, other.text, embedder))


def _scaled(difference: float) -> float:
    return float(np.clip(_SCALE * difference, -_MOST, _MOST))


class ClauseLikeness:
    """How alike the clauses of a draft and of its sources are: those of the draft by number, those of a source by (sentence,
    number)."""

    def __init__(self, draft: Read, sources: Sequence[Read], embedder: Embedder) -> None:
        model: Any = embedder
        mine = clauses(draft)
        theirs = {(k, number): places for k, read in enumerate(sources) for number, places in clauses(read).items()}
        self._row = {number: i for i, number in enumerate(mine)}
        self._column = {key: j for j, key in enumerate(theirs)}
        rows = [_vector(part(draft, places), model) for places in mine.values()]
        columns = [_vector(part(sources[k], places), model) for (k, _), places in theirs.items()]
        self._alike = np.stack(rows) @ np.stack(columns).T

    def features(self, clause: int, sentence: int, other: int | None) -> dict[str, float]:
        """How alike a clause of the draft and one of a sentence are, and how much more alike the best other one is to either."""
        if other is None:
            return {"alike": 0.0, "rival": 0.0, "rival_there": 0.0}
        i, j = self._row[clause], self._column[sentence, other]
        alike = float(self._alike[i, j])
        row, column = np.delete(self._alike[i], j), np.delete(self._alike[:, j], i)
        return {
            "alike": _CLOSE * alike,
            "rival_there": _CLOSE * (float(row.max(initial=0.0)) - alike),
            "rival": _CLOSE * (float(column.max(initial=0.0)) - alike),
        }


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
