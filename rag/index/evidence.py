"""What speaks for a passage and for each of its sentences, as numbers: the features that ranking weighs.

Of a passage:
    passage          cosine of question and passage
    sentence         cosine of question and the passage's best sentence
    words            how well the passage's words match the question's, in meaning (late interaction, see below)
    weakest          the same for the one telling word that is matched worst
    lexical          share of the question's telling words that the passage has, by idf; 0 in another language. A word that may be
                     a name is also found in another spelling or script, and counts less the less its sounds tell
    lexical_best     the same for its best sentence
    lexical_other    the same in another language: names and numbers
    names_other      the same of the question's names alone
    fitting          1 where some sentence states the kind of thing asked for and not in the question, -1 where none does, 0 where
                     nothing special is asked for

Of a sentence: the passage's features, and its own
    own_bare         cosine with the question without its names and figures
    bare_lag         how far that is below the best in the passage
    own_cosine, own_words, own_weakest, own_lexical
    fits_duration, fits_number, fits_date, fits_person, fits_name    as `fitting`, each only for questions of that kind
    window_words     like own_words, the sentence before counting a little less: an answer often follows what it is about
    so_far_words     like own_words, over the passage up to this sentence
    decides          idf share of the question's words that this sentence matches best in the passage
    best, after_best whether it is, or follows, the passage's best sentence by cosine
    length           log of its characters

Late interaction: each telling word of the question is compared with each word of the text, both as the embedder sees them in
their sentences, the best match counts, and the words' matches are averaged by idf (Khattab and Zaharia 2020, ColBERT; with
idf weights, and the text's words kept as signs: one bit a dimension).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from rag.index.codec import Vectors
from rag.index.keys import as_name, holding
from rag.index.store import Stored
from rag.matrix import product
from rag.text.names import worth
from rag.text.question import KINDS, Question, offers

PASSAGE_FEATURES = (
    "passage",
    "sentence",
    "words",
    "weakest",
    "lexical",
    "lexical_best",
    "lexical_other",
    "names_other",
    "fitting",
    "same_language",
)
SENTENCE_FEATURES = (
    *PASSAGE_FEATURES,
    "own_cosine",
    "own_bare",
    "bare_lag",
    "own_words",
    "own_weakest",
    "own_lexical",
    *(f"fits_{kind}" for kind in KINDS),
    "window_words",
    "so_far_words",
    "decides",
    "best",
    "after_best",
    "length",
)
_WINDOW = 0.9  # how much a match in the sentence before counts

Features = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the indexes see it.

    `vector` of shape (dim,), and `bare` that of the question without its names and figures; None where no embedder is used.
    `words` has one row for each term of the question that the embedder
    tells apart, shape (n, dim), with `word_terms` naming the term of each; `weights` the terms' idf.
    """

    question: Question
    vector: Vectors | None
    bare: Vectors | None
    words: Vectors | None
    word_terms: tuple[int, ...]
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Features of candidates. `passages` has shape (candidates, PASSAGE_FEATURES), `sentences` (all their sentences in order,
    SENTENCE_FEATURES); the sentences of candidate i are rows `starts[i]:starts[i + 1]`. `shares` is what each sentence has of
    the telling words, by idf, in whatever language. `vectors` are each candidate's sentences, shape (its sentences, dim).
    `holds` is how surely each candidate has each of the question's terms, from 0 to 1: shape (candidates, terms)."""

    passages: Features
    sentences: Features
    starts: NDArray[np.intp]
    shares: Features
    vectors: tuple[Vectors, ...]
    holds: Features


def idf(frequency: Callable[[str], int], passages: int, lemma: str) -> float:
    """How telling a lemma is: ln(1 + (N - n + 0.5) / (n + 0.5)), as in BM25 (Robertson and Zaragoza 2009)."""
    found = min(frequency(lemma), passages)
    return log(1 + (passages - found + 0.5) / (found + 0.5))


def gather(asked: Asked, candidates: Sequence[Stored]) -> Evidence:
    """The evidence for each of the candidates, one or more."""
    counts = [len(stored.passage.sentences) for stored in candidates]
    starts = np.concatenate(([0], np.cumsum(counts)))
    owner = np.repeat(np.arange(len(candidates)), counts)
    first = starts[:-1]

    cosine, whole = _cosines(asked.vector, candidates)
    bare, _ = _cosines(asked.bare, candidates)
    best_cosine = np.maximum.reduceat(cosine, first)
    has = _has(asked, candidates)
    shares = asked.weights / (asked.weights.sum() or 1.0)
    holds = np.maximum.reduceat(has, first, axis=0)
    lexical, covered = has @ shares, holds @ shares
    names = asked.weights * np.array([term.named for term in asked.question.terms], dtype=float)
    same = np.array([stored.document.language == asked.question.language for stored in candidates], dtype=float)
    fitting = _fitting(asked.question, candidates)
    words = _words(asked, candidates, first)

    passages = np.stack(
        [
            whole,
            best_cosine,
            words.passage,
            words.passage_weakest,
            covered * same,
            np.maximum.reduceat(lexical, first) * same,
            covered * (1 - same),
            holds @ (names / (names.sum() or 1.0)) * (1 - same),
            np.maximum.reduceat(fitting, first),
            same,
        ],
        axis=1,
    )
    is_best = (cosine >= best_cosine[owner]).astype(float)
    after_best = np.concatenate(([0.0], is_best[:-1]))
    after_best[first] = 0.0
    length = np.log([end - start for stored in candidates for start, end in stored.passage.sentences])
    sentences = np.concatenate(
        [
            passages[owner],
            np.stack(
                [
                    cosine,
                    bare,
                    bare - np.maximum.reduceat(bare, first)[owner],
                    words.own,
                    words.own_weakest,
                    lexical * same[owner],
                    *(fitting * (asked.question.kind == kind) for kind in KINDS),
                    words.window,
                    words.so_far,
                    words.decides,
                    is_best,
                    after_best,
                    length,
                ],
                axis=1,
            ),
        ],
        axis=1,
    )
    vectors = tuple(stored.sentence_vectors for stored in candidates)
    return Evidence(passages, sentences, starts, lexical, vectors, holds)


def _cosines(vector: Vectors | None, candidates: Sequence[Stored]) -> tuple[Features, Features]:
    """Of each sentence and of each passage with `vector`; 0 without one."""
    if vector is None:
        return np.zeros(sum(len(c.passage.sentences) for c in candidates)), np.zeros(len(candidates))
    sentences = np.concatenate([stored.sentence_vectors for stored in candidates]) @ vector
    passages = np.stack([stored.vector for stored in candidates]) @ vector
    return sentences.astype(float), passages.astype(float)


def _has(asked: Asked, candidates: Sequence[Stored]) -> Features:
    """How surely each sentence has each of the question's terms, from 0 to 1: shape (sentences, terms)."""
    terms = asked.question.terms
    sentences = [keys for stored in candidates for keys in stored.lemmas]
    has = (holding(sentences, [t.lemma for t in terms]) | holding(sentences, [t.folded for t in terms])).astype(float)
    keys = [(column, key) for column, term in enumerate(terms) for key in term.keys]
    held = holding(sentences, [as_name(key) for _, key in keys])
    for place, (column, key) in enumerate(keys):
        np.maximum(has[:, column], held[:, place] * worth(key), out=has[:, column])
    return has


def _fitting(question: Question, candidates: Sequence[Stored]) -> Features:
    """1 where a sentence offers the kind of thing asked for, -1 where it does not, 0 where nothing special is asked for."""
    if question.kind is None:
        return np.zeros(sum(len(c.passage.sentences) for c in candidates))
    return np.array(
        [
            1.0 if offers(question, stored.document.text[start:end]) else -1.0
            for stored in candidates
            for start, end in stored.passage.sentences
        ]
    )


@dataclass(frozen=True, slots=True)
class _WordEvidence:
    own: Features
    own_weakest: Features
    window: Features
    so_far: Features
    decides: Features
    passage: Features
    passage_weakest: Features


def _words(asked: Asked, candidates: Sequence[Stored], first: NDArray[np.intp]) -> _WordEvidence:
    """Late interaction; all 0 where the embedder gives no words, or the question has none."""
    codes = [code for stored in candidates for code in stored.words]
    if asked.words is None or not len(asked.words) or not codes:
        none, nowhere = np.zeros(sum(len(c.passage.sentences) for c in candidates)), np.zeros(len(candidates))
        return _WordEvidence(none, none, none, none, none, nowhere, nowhere)
    match = _matches(asked.words, codes)
    weights = asked.weights[list(asked.word_terms)]
    weights = weights / (weights.sum() or 1.0)
    top = np.maximum.reduceat(match, first, axis=0)
    before = np.concatenate((match[:1], match[:-1])) * _WINDOW
    before[first] = -1.0
    so_far = match.copy()
    inside = np.ones(len(match), dtype=bool)
    inside[first] = False
    for row in np.flatnonzero(inside):
        np.maximum(so_far[row], so_far[row - 1], out=so_far[row])
    owner = np.repeat(np.arange(len(candidates)), np.diff(np.append(first, len(match))))
    return _WordEvidence(
        own=match @ weights,
        own_weakest=match.min(axis=1),
        window=np.maximum(match, before) @ weights,
        so_far=so_far @ weights,
        decides=(match >= top[owner]) @ weights,
        passage=top @ weights,
        passage_weakest=top.min(axis=1),
    )


def _matches(words: Vectors, codes: Sequence[NDArray[np.uint8]]) -> Features:
    """The best match of each question word in each text, shape (texts, words); -1 where a text has no words."""
    dim = words.shape[1]
    counts = np.array([len(code) for code in codes])
    match = np.full((len(codes), len(words)), -1.0)
    if counts.any():
        signs = np.unpackbits(np.concatenate([code for code in codes if len(code)]), axis=1, count=dim).astype(np.float32)
        # the dot product with signs of -1 and 1, each 1/sqrt(dim) long, from bits of 0 and 1
        dots = (2 * product(signs, words.T) - words.sum(axis=1)) / np.sqrt(dim)
        filled = np.flatnonzero(counts)
        begins = np.concatenate(([0], np.cumsum(counts)))[:-1][filled]
        match[filled] = np.maximum.reduceat(dots, begins, axis=0)
    return match
