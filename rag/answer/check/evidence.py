"""A draft beside what it rests on: what the checks look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rag.answer.check.alignment import Alignment, nearness
from rag.answer.check.naming import is_adjective, parts, same_word
from rag.answer.check.reading import Read, Source
from rag.embed.base import Embedder
from rag.text.names import Name

_APART = 0.5  # what names and figures tell of where something is said, beside words


@dataclass(frozen=True, eq=False)
class Case:
    """A draft, all the sentences of the passages it cites, and the places among them of those it rests on.

    `drafts` are the draft as read on the day of each passage, by its mark: relative dates differ. `embedder` tells how alike
    two texts are.
    """

    aligned: Alignment
    drafts: Mapping[int, Read]
    picked: tuple[int, ...]
    embedder: Embedder

    @property
    def draft(self) -> Read:
        return self.aligned.draft

    @property
    def sources(self) -> Sequence[Source]:
        return self.aligned.sources

    def draft_for(self, sentence: int) -> Read:
        """The draft as read on the day of the report that a sentence is of."""
        return self.drafts[self.sources[sentence].mark]

    @cached_property
    def set_apart(self) -> frozenset[int]:
        """The places of the draft's words that are part of a name or a value."""
        spans = [(n.start, n.end) for n in self.draft.names]
        spans += [(v.start, v.end) for draft in self.drafts.values() for v in draft.values]
        return frozenset(i for start, end in spans for i in self.draft.places(start, end))

    @cached_property
    def adjectives(self) -> frozenset[str]:
        """The words of the sources, as they are written, that look like adjectives made from names, and the names."""
        words = (source.read.text[word.start : word.end] for source in self.sources for word in source.read.words)
        return frozenset(word for word in words if is_adjective(word) or word[0].isupper())

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names of the draft, and words with a capital that are names in the sources: Boreal, which may be a common word."""
        found = list(self.draft.names)
        theirs = {part for s in self.sources for n in s.read.names for part in parts(n.text) if part[0].isupper()}
        for word in self.draft.words:
            if word.capital and not any(n.start < word.end and word.start < n.end for n in found):
                written = self.draft.text[word.start : word.end]
                if word.telling and any(same_word(written, part) for part in theirs):
                    found.append(Name(written, word.start, word.end, frozenset()))
        return tuple(sorted(found, key=lambda name: name.start))

    def counterpart(self, sentence: int, place: int) -> int:
        """The word of the draft that is most like a word of a sentence."""
        return int(self.aligned.similar[:, self.aligned.column(sentence, place)].argmax())

    def counterpart_of(self, column: int) -> int:
        """The word of the draft that is most like a word of the sources."""
        return int(self.aligned.similar[:, column].argmax())

    def links(self, places: Sequence[int], sentence: int, others: Sequence[int]) -> float:
        """The best similarity of some words of the draft with some of a sentence."""
        if not places or not others:
            return 0.0
        columns = [self.aligned.column(sentence, j) for j in others]
        return float(self.aligned.similar[np.ix_(list(places), columns)].max())

    def homes(self, places: range, nearly: float) -> list[int]:
        """The sentences of the passages that best have what stands around some words of the draft, the best first."""
        near = nearness(self.draft, places)
        for i in self.set_apart:
            near[i] *= _APART
        scores = [float((near * self.aligned.covers(k)).sum()) for k in range(len(self.sources))]
        best = max(scores)
        ranked = sorted(range(len(scores)), key=lambda k: -scores[k])
        return [k for k in ranked if best and scores[k] >= nearly * best]

    def fit(self, places: range, sentence: int, others: range) -> float:
        """How well what is around words `places` of the draft fits what is around words `others` of a sentence: 0 to 1."""
        return self.aligned.context(places, sentence, others)

    def written(self, column: int) -> str:
        """A word of the sources as it is written."""
        word = self.aligned.words[column]
        return self.sources[int(self.aligned.owner[column])].read.text[word.start : word.end]

    def is_named(self, column: int) -> bool:
        """Whether a word of the sources is (part of) a name: found as one, or with a capital that it has not for coming first."""
        k = int(self.aligned.owner[column])
        word, first = self.aligned.words[column], column == int(self.aligned.offset[k])
        found = any(name.start <= word.start < name.end for name in self.sources[k].read.names)
        return found or (word.capital and not first)
