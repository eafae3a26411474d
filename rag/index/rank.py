"""Candidates of the indexes, ranked: passages into hits, sentences into possible answers, and how sure the whole is.

The weights are data (`ranking.json`), fitted by `eval/fit.py`; there is one set for embedders that tell a text's words apart
and one for those that only give a vector.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from rag.index.evidence import PASSAGE_FEATURES, SENTENCE_FEATURES, Asked, Evidence, Features, gather
from rag.index.store import Stored
from rag.index.wordwise import WordMatch
from rag.types import Document, Hit, Query, Span

# Of the best sentence; the log of the number of telling words; and how far the best sentence is ahead of the next and of the
# fifth that says something else, in another passage. What says the same does not count: a story's reprints and translations would
# make the archive seem unsure of it.
CONFIDENCE_FEATURES = (*(f"top_{name}" for name in SENTENCE_FEATURES), "terms", "lead", "lead_5")
_COSINE, _MATCH = SENTENCE_FEATURES.index("own_cosine"), SENTENCE_FEATURES.index("window_words")
_SAYS_ELSE = 0.8  # cosine below which a sentence says something else than the best
_LEAD_ALONE = 3.0  # taken as the lead where nothing else is said at all

# How many candidates are looked at closely: what costs time is their words.
SHORTLIST = 40


@dataclass(frozen=True, slots=True)
class Found:
    """Where the indexes found a passage. Ranks are 1 for the best; None where that index did not find it."""

    passage_id: int
    dense_rank: int | None
    dense_score: float | None
    lexical_rank: int | None
    lexical_score: float | None


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence that might answer, its place in the document, its score and its vector (dim,).

    `cosine` is that of the question and the sentence, and `match` how well the sentence, with the one before it, has the
    question's telling words, in meaning and in whatever language (late interaction, -1 to 1; 0 where the embedder tells no words
    apart). `words` holds that word by word, None in the same case.
    """

    document: Document
    span: Span
    score: float
    vector: Features
    cosine: float = 0.0
    match: float = 0.0
    words: WordMatch | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The outcome of a search, best first.

    `confidence` is the estimated probability that the archive answers the question. `features` are what it was
    estimated from, by name.
    """

    hits: tuple[Hit, ...]
    sentences: tuple[RankedSentence, ...]
    confidence: float
    features: dict[str, float]


NOTHING = Ranking((), (), 0.0, {})


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((files("rag.index") / "ranking.json").read_text(encoding="utf-8"))
    return data


def answered_from() -> float:
    """The confidence from which a question is answered rather than declined."""
    return float(_data()["answered_from"])


@cache
def _weights(words: bool) -> dict[str, Features]:
    """The fitted weights in the order of the features, by model; `confidence` ends with its constant."""
    chosen = _data()["with_words" if words else "vectors_only"]
    orders = {"passage": PASSAGE_FEATURES, "sentence": SENTENCE_FEATURES, "confidence": (*CONFIDENCE_FEATURES, "constant")}
    return {model: np.array([chosen[model].get(name, 0.0) for name in order]) for model, order in orders.items()}


def rank(query: Query, asked: Asked, found: Sequence[tuple[Found, Stored]]) -> Ranking:
    """The best `query.k` passages of the candidates, and all their sentences in order of promise.

    In mode `lexical` passages keep the order of the lexical index, and confidence is no more than the share of the telling words
    that the best sentence has; in mode `dense` the question's words as such count for
    nothing, only their meaning.
    """
    if not found:
        return NOTHING
    evidence = gather(asked, [stored for _, stored in found])
    weights = _weights(asked.words is not None)
    if query.mode == "lexical":
        passage_scores = np.array([where.lexical_score or 0.0 for where, _ in found])
        sentence_scores = evidence.shares
    else:
        passages, sentences = evidence.passages, evidence.sentences
        if query.mode == "dense":
            passages, sentences = _meaning_only(passages), _meaning_only(sentences)
        passage_scores, sentence_scores = passages @ weights["passage"], sentences @ weights["sentence"]
    features = confidence_features(asked, evidence, sentence_scores)
    confidence = float(evidence.shares.max()) if query.mode == "lexical" else _probability(weights["confidence"], features)
    ids = [where.passage_id for where, _ in found]
    order = sorted(range(len(found)), key=lambda i: (-passage_scores[i], ids[i]))
    if query.mode == "hybrid":
        order = _with_names(order, asked, evidence, query.k)
    return Ranking(
        tuple(_hit(found[i], passage_scores[i], evidence, sentence_scores, i) for i in order[: query.k]),
        _sentences(found, evidence, sentence_scores, asked),
        confidence if asked.question.terms else 0.0,
        features,
    )


def _with_names(order: list[int], asked: Asked, evidence: Evidence, k: int) -> list[int]:
    """The same order, but that each name of the question stands in one of the first `k` as surely as in any candidate.

    Among many passages about the rest of the question, one that but mentions the name would not be seen. At most half of the `k`
    places, the last ones, are given away.
    """
    wanted: dict[int, None] = {}
    for place, term in enumerate(asked.question.terms):
        holds = evidence.holds[:, place]
        if term.named and 0 < holds.max() > holds[order[:k]].max():
            wanted[next(i for i in order if holds[i] == holds.max())] = None
    moved = list(wanted)[: k // 2]
    others = [i for i in order if i not in moved]
    return [*others[: k - len(moved)], *moved, *others[k - len(moved) :]]


def _meaning_only(features: Features) -> Features:
    lexical = [i for i, name in enumerate(SENTENCE_FEATURES[: features.shape[1]]) if "lexical" in name]
    kept = features.copy()
    kept[:, lexical] = 0.0
    return kept


def _hit(found: tuple[Found, Stored], score: float, evidence: Evidence, sentence_scores: Features, index: int) -> Hit:
    where, stored = found
    begin, end = evidence.starts[index : index + 2]
    best = int(sentence_scores[begin:end].argmax())
    return Hit(
        stored.passage, stored.document, float(score), where.dense_rank, where.lexical_rank, stored.passage.sentences[best]
    )


def _sentences(
    found: Sequence[tuple[Found, Stored]], evidence: Evidence, scores: Features, asked: Asked
) -> tuple[RankedSentence, ...]:
    weights = asked.weights[list(asked.word_terms)]
    weights = weights / (weights.sum() or 1.0)
    terms = tuple(asked.question.terms[place].folded for place in asked.word_terms)
    listed = [
        RankedSentence(
            stored.document,
            span,
            float(scores[evidence.starts[i] + j]),
            stored.sentence_vectors[j],
            float(evidence.sentences[evidence.starts[i] + j, _COSINE]),
            float(evidence.sentences[evidence.starts[i] + j, _MATCH]),
            WordMatch(asked.words, terms, weights, stored.words[j]) if asked.words is not None and stored.words else None,
        )
        for i, (_, stored) in enumerate(found)
        for j, span in enumerate(stored.passage.sentences)
    ]
    return tuple(sorted(listed, key=lambda s: (-s.score, s.document.id, s.span)))


def confidence_features(asked: Asked, evidence: Evidence, sentence_scores: Features) -> dict[str, float]:
    """What confidence is estimated from, by name (CONFIDENCE_FEATURES)."""
    top = int(sentence_scores.argmax())
    values = {f"top_{name}": float(value) for name, value in zip(SENTENCE_FEATURES, evidence.sentences[top], strict=True)}
    behind = _behind(evidence, sentence_scores, top)
    leads = {
        name: float(behind[min(place, len(behind)) - 1]) if len(behind) else _LEAD_ALONE
        for name, place in (("lead", 1), ("lead_5", 5))
    }
    return values | {"terms": float(np.log(1 + len(asked.question.terms)))} | leads


def _behind(evidence: Evidence, scores: Features, top: int) -> Features:
    """How far below the sentence `top` those of other passages that say something else are, nearest first."""
    own = int(np.searchsorted(evidence.starts, top, side="right")) - 1
    vector = evidence.vectors[own][top - evidence.starts[own]]
    else_ = np.concatenate([vectors @ vector < _SAYS_ELSE for vectors in evidence.vectors])
    else_[evidence.starts[own] : evidence.starts[own + 1]] = False
    return np.sort(scores[top] - scores[else_])


def _probability(weights: Features, features: dict[str, float]) -> float:
    """Logistic regression: 1 / (1 + exp(-(w x + c)))."""
    total = float(np.dot(weights[:-1], [features[name] for name in CONFIDENCE_FEATURES]) + weights[-1])
    return float(1 / (1 + np.exp(-np.clip(total, -50, 50))))
