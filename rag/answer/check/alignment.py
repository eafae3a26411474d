"""Which words of a draft stand for which words of its sources, and what stands around them on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.answer.check.concepts import agree, sides
from rag.answer.check.naming import alike
from rag.answer.check.reading import Read, Source, Word
from rag.text.predicates import predicates
from rag.values.nouns import noun

Matrix = NDArray[np.float32]

# Similarities of words that a list or a dictionary says are the same, whatever their vectors.
_SAME_WORD = 0.95
_SAME_NAME = 0.9
_SAME_NOUN = 0.7
_SAME_EVENT = 0.6
# How much less a word says about a place, the further it is off: by a word, and by a clause.
_APART = 0.15
_OTHER_CLAUSE = 0.85


class Alignment:
    """The words of a draft beside those of some sentences.

    `similar` has a row a word of the draft and a column a word of the sources, one sentence after another: cosines of the
    words' vectors in their sentences, raised where lists say that two words mean the same. `owner[j]` is the sentence of
    column j, `offset[k]` the column of the first word of sentence k.
    """

    def __init__(self, draft: Read, found: Sequence[Source]) -> None:
        self.draft, self.sources = draft, tuple(found)
        self.words = [word for source in found for word in source.read.words]
        sizes = [len(source.read.words) for source in found]
        self.owner = np.repeat(np.arange(len(sizes)), sizes)
        self.offset = np.concatenate(([0], np.cumsum(sizes)))
        self.similar = self._similar()

    def _similar(self) -> Matrix:
        rows, columns = len(self.draft.words), len(self.words)
        if not rows or not columns:
            return np.zeros((rows, columns), dtype=np.float32)
        vectors = np.concatenate([source.read.vectors for source in self.sources])
        similar: Matrix = np.clip(self.draft.vectors @ vectors.T, 0.0, 1.0).astype(np.float32)
        keys = [_Keys(word, source.read.language) for source in self.sources for word in source.read.words]
        for i, word in enumerate(self.draft.words):
            own = _Keys(word, self.draft.language)
            for j, other in enumerate(keys):
                similar[i, j] = max(similar[i, j], own.same(other))
        return similar

    @cached_property
    def best(self) -> NDArray[np.intp]:
        """The column that is most similar to each word of the draft."""
        return self.similar.argmax(axis=1) if self.words else np.zeros(len(self.draft.words), dtype=np.intp)

    def covers(self, sentence: int) -> Matrix:
        """How well a sentence has each word of the draft, shape (words,)."""
        columns = self.similar[:, self.offset[sentence] : self.offset[sentence + 1]]
        found: Matrix = columns.max(axis=1) if columns.shape[1] else np.zeros(len(self.draft.words), dtype=np.float32)
        return found

    def column(self, sentence: int, place: int) -> int:
        """The column of word `place` of a sentence."""
        return int(self.offset[sentence]) + place

    def context(self, places: range, sentence: int, others: range) -> float:
        """How alike stand words `places` of the draft and words `others` of a sentence: 0 to 1, by what is around both."""
        near = nearness(self.draft, places)
        beside = nearness(self.sources[sentence].read, others)
        block = self.similar[:, self.offset[sentence] : self.offset[sentence + 1]]
        if not near.sum() or not block.size:
            return 0.0
        return float((near * (block * beside).max(axis=1)).sum() / near.sum())


def nearness(read: Read, places: range) -> Matrix:
    """How near each word is to some words, which do not count themselves: 1 for the next one, less for those further off."""
    near = np.zeros(len(read.words), dtype=np.float32)
    if not places:
        return near
    telling = np.cumsum([word.telling for word in read.words])
    for i, word in enumerate(read.words):
        if i in places or not word.telling:
            continue
        edge = places.start if i < places.start else places.stop - 1
        steps = abs(int(telling[i]) - int(telling[edge]))
        clauses = abs(read.clause[i] - read.clause[edge])
        near[i] = _OTHER_CLAUSE ** min(clauses, 2) / (1 + _APART * max(0, steps - 1))
    return near


class _Keys:
    """What lists and dictionaries say of a word."""

    __slots__ = ("events", "language", "noun", "sides", "word")

    def __init__(self, word: Word, language: str) -> None:
        self.word, self.language = word, language
        found = noun(word.text, language) if word.telling else None
        self.noun = found.key if found else None
        self.events = predicates(word.text) if word.telling else frozenset()
        self.sides = sides(word.text, language) if word.telling else frozenset()

    def same(self, other: _Keys) -> float:
        one, two = self.word, other.word
        if one.text == two.text or (self.language == other.language and one.lemma == two.lemma):
            return _SAME_WORD if one.telling else 0.0
        if one.capital and two.capital and alike(one.text, two.text):
            return _SAME_NAME
        if self.noun is not None and self.noun == other.noun:
            return _SAME_NOUN
        return _SAME_EVENT if self.events & other.events or agree(self.sides, other.sides) else 0.0
