"""How near to a place in a sentence the sentence speaks of what is asked, in whatever language."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.index.wordwise import WordMatch
from rag.text import stopwords, tokenize

# How much less a word says about a place, the further off it is: by a telling word between, and by a clause.
_APART = 0.12
_OTHER_CLAUSE = 0.7
_WORD = re.compile(r"\S+")
_CLAUSE_ENDS = re.compile(r"[,;:()—–]\W*$")


Place = tuple[str, WordMatch | None, tuple[int, int]]  # a sentence, its words, and where in it


def nearness(text: str, words: WordMatch | None, start: int, end: int) -> float | None:
    """The question's words by what they are worth, each as far as a word of the sentence goes with it and stands near
    `text[start:end]`; None where the sentence's words are not told apart. The words of the place itself are left out."""
    if words is None:
        return None
    spans = _telling(text)
    if len(spans) != len(words.codes) or not spans:
        return None
    similar = words.similar
    near = np.array([_near(text, span, start, end) for span in spans], dtype=np.float32)
    weighed: NDArray[np.float32] = similar * near[:, None]
    return float(weighed.max(axis=0) @ words.weights)


def likeness(text: str, words: WordMatch | None, start: int, end: int, term: str) -> float | None:
    """How well a telling word of `text[start:end]` goes with a word of the question, in meaning; None where that is not known."""
    if words is None or term not in words.terms:
        return None
    spans = _telling(text)
    rows = [row for row, span in enumerate(spans) if span[0] < end and start < span[1]]
    if len(spans) != len(words.codes) or not rows:
        return None
    return float(words.similar[rows, words.terms.index(term)].max())


def alike(one: Place, other: Place) -> float | None:
    """The cosine of the telling words of two places that are most alike, as signs tell it; None where that is not known."""
    first, second = _signs(*one), _signs(*other)
    if first is None or second is None:
        return None
    return float(np.sin(np.pi / 2 * (first @ second.T / first.shape[1])).max())  # of the angle that the shared signs tell


def _signs(text: str, words: WordMatch | None, place: tuple[int, int]) -> NDArray[np.float32] | None:
    spans = _telling(text)
    if words is None or len(spans) != len(words.codes):
        return None
    rows = [row for row, span in enumerate(spans) if span[0] < place[1] and place[0] < span[1]]
    if not rows:
        return None
    return 2 * np.unpackbits(words.codes[rows], axis=1, count=words.asked.shape[1]).astype(np.float32) - 1


def _near(text: str, span: tuple[int, int], start: int, end: int) -> float:
    low, high = (span[1], start) if span[1] <= start else (end, span[0])
    if low > high:
        return 0.0
    between = text[low:high]
    passed = len(_telling(between))
    clauses = sum(_CLAUSE_ENDS.search(m[0]) is not None for m in _WORD.finditer(between)) + (text[low - 1] in ",;:)")
    return max(0.0, 1.0 - _APART * passed) * _OTHER_CLAUSE ** min(clauses, 2)


@lru_cache(maxsize=4096)
def _telling(text: str) -> tuple[tuple[int, int], ...]:
    """The words between spaces that the embedder keeps: those with letters or figures that are no stopwords."""
    found = []
    for match in _WORD.finditer(text):
        tokens = tokenize(match[0])
        if tokens and tokens[0].text not in _ignored():
            found.append(match.span())
    return tuple(found)


@lru_cache(maxsize=1)
def _ignored() -> frozenset[str]:
    return stopwords("ru") | stopwords("bg") | stopwords("en")
