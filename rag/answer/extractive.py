"""The answerer that needs no language model: the sentences that answer, quoted exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from rag.answer.quote import cite
from rag.index.rank import RankedSentence
from rag.text import fold, lemmas, tokenize
from rag.types import Candidate, Claim

MAX_CLAIMS = 4
MAX_CITATIONS = 5  # of one claim: beyond that a reader gains nothing, and the candidates list the rest

# How far below the best sentence's score another may lie and still be part of the answer. Scores are logits of a model fitted
# on which sentence answers: 1.0 means about a third as likely.
_MARGIN = 1.0
# Two sentences may say the same from this cosine on. Sentences that translate each other have a median of .86 and 5 % of them
# less than .73 (FLORES, six directions); sentences about one event that say different things reach .7 now and then, so that
# figures and negation are compared as well.
_SAME = 0.8

_NEGATION = frozenset(
    fold(word).text
    for word in (
        *("not", "no", "never", "without", "neither", "nor", "none", "nobody", "nothing", "deny", "denied", "denies", "refuse", "refused"),
        *("не", "нет", "ни", "никогда", "без", "никто", "ничего", "отрицать", "отрицает", "отрицал", "опроверг", "отказался"),
        *("няма", "нямаше", "никога", "никой", "нищо", "нито", "отрича", "отрече", "отказа", "опроверга"),
    )
)
_CONTRACTED_NOT = re.compile(r"n['’]t\b")


def candidates(sentences: Sequence[RankedSentence], limit: int) -> tuple[Candidate, ...]:
    """The best sentences with their citations."""
    return tuple(Candidate(cite(s.document, *s.span), s.score) for s in sentences[:limit])


def claims(sentences: Sequence[RankedSentence]) -> tuple[Claim, ...]:
    """The sentences that answer, best first, at most MAX_CLAIMS; sentences of other documents that say the same are cited with
    the one they repeat. `sentences` are ranked, one or more."""
    floor = sentences[0].score - _MARGIN
    groups: list[list[RankedSentence]] = []
    for sentence in sentences:
        if sentence.score < floor:
            break
        group = next((g for g in groups if says_same(g[0], sentence)), None)
        if group is None and len(groups) < MAX_CLAIMS:
            groups.append([sentence])
        elif group is not None and len(group) < MAX_CITATIONS and _another_document(group, sentence):
            group.append(sentence)
    return tuple(_claim(group) for group in groups)


def says_same(one: RankedSentence, other: RankedSentence) -> bool:
    """Whether two sentences state the same: close in meaning, with the same figures, and both or neither denying."""
    if float(np.dot(one.vector, other.vector)) < _SAME:
        return False
    first, second = _words(one), _words(other)
    return _figures(first) == _figures(second) and _denies(one, first) == _denies(other, second)


def _claim(group: Sequence[RankedSentence]) -> Claim:
    citations = tuple(cite(s.document, *s.span) for s in group)
    return Claim(citations[0].quote, citations)


def _another_document(group: Iterable[RankedSentence], sentence: RankedSentence) -> bool:
    return all(s.document.id != sentence.document.id for s in group)


def _text(sentence: RankedSentence) -> str:
    start, end = sentence.span
    return sentence.document.text[start:end]


def _words(sentence: RankedSentence) -> list[str]:
    return [token.text for token in tokenize(_text(sentence))]


def _figures(words: Iterable[str]) -> frozenset[str]:
    return frozenset(lemmas(word, None)[0] for word in words if word[0].isdigit())


def _denies(sentence: RankedSentence, words: Iterable[str]) -> bool:
    return not _NEGATION.isdisjoint(words) or _CONTRACTED_NOT.search(_text(sentence)) is not None
