"""Candidates of the indexes, ranked: passages into hits, sentences into possible answers, and how sure the whole is.

The weights are data (`ranking.json`), fitted by `eval/fit.py`; there is one set for embedders that tell a text's words apart
and one for those that only give a vector.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from rag.index.evidence import PASSAGE_FEATURES, SENTENCE_FEATURES, Asked, Evidence, Features, gather
from rag.index.store import Stored
from rag.types import Document, Hit, Query, Span

# Of the best sentence, and the log of the number of telling words. Its lead over the next best would tell more where one passage
# alone holds the answer, as in XQuAD (AUROC .962 instead of .955), and would count every reprint of a story against it.
CONFIDENCE_FEATURES = (*(f"top_{name}" for name in SENTENCE_FEATURES), "terms")

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
    """A sentence that might answer, its place in the document, its score and its vector (dim,)."""

    document: Document
    span: Span
    score: float
    vector: Features


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


def shortlist(asked: Asked, found: Sequence[tuple[Found, Stored]], size: int) -> list[tuple[Found, Stored]]:
    """The `size` candidates that a quick look finds best: the sum of passage and best sentence cosine and of BM25, each from 0
    for the worst to 1 for the best. The right passage of XQuAD is among 40 of 128 as often as among all.
    """
    if len(found) <= size:
        return list(found)
    words = np.array([where.lexical_score or 0.0 for where, _ in found])
    score = words / (words.max() or 1.0)
    if asked.vector is not None:
        meaning = np.array([stored.vector @ asked.vector + (stored.sentence_vectors @ asked.vector).max() for _, stored in found])
        score += (meaning - meaning.min()) / (np.ptp(meaning) or 1.0)
    return [found[i] for i in sorted(np.argsort(-score, kind="stable")[:size])]


def rank(query: Query, asked: Asked, found: Sequence[tuple[Found, Stored]]) -> Ranking:
    """The best `query.k` passages of the candidates, and all their sentences in order of promise.

    In mode `lexical` passages keep the order of the lexical index, and confidence is no more than the share of the telling words
    that the best sentence has; in mode `dense` the question's words as such count for
    nothing, only their meaning.
    """
    if not found:
        return NOTHING
    found = shortlist(asked, found, max(SHORTLIST, query.k))
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
    return Ranking(
        tuple(_hit(found[i], passage_scores[i], evidence, sentence_scores, i) for i in order[: query.k]),
        _sentences(found, evidence, sentence_scores),
        confidence if asked.question.terms else 0.0,
        features,
    )


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


def _sentences(found: Sequence[tuple[Found, Stored]], evidence: Evidence, scores: Features) -> tuple[RankedSentence, ...]:
    listed = [
        RankedSentence(stored.document, span, float(scores[evidence.starts[i] + j]), stored.sentence_vectors[j])
        for i, (_, stored) in enumerate(found)
        for j, span in enumerate(stored.passage.sentences)
    ]
    return tuple(sorted(listed, key=lambda s: (-s.score, s.document.id, s.span)))


def confidence_features(asked: Asked, evidence: Evidence, sentence_scores: Features) -> dict[str, float]:
    """What confidence is estimated from, by name (CONFIDENCE_FEATURES)."""
    best = evidence.sentences[int(sentence_scores.argmax())]
    values = {f"top_{name}": float(value) for name, value in zip(SENTENCE_FEATURES, best, strict=True)}
    return values | {"terms": float(np.log(1 + len(asked.question.terms)))}


def _probability(weights: Features, features: dict[str, float]) -> float:
    """Logistic regression: 1 / (1 + exp(-(w x + c)))."""
    total = float(np.dot(weights[:-1], [features[name] for name in CONFIDENCE_FEATURES]) + weights[-1])
    return float(1 / (1 + np.exp(-np.clip(total, -50, 50))))
