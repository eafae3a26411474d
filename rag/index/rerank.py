"""A second look at what was found, by a model that reads the question and each text together. Costly, and optional."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.index.rank import Ranking

# (question, texts) -> a score for each text, the higher the better it answers
Scorer = Callable[[str, Sequence[str]], Sequence[float]]

SENTENCES = 20  # the best sentences that are looked at again


def rerank(question: str, ranking: Ranking, score: Scorer) -> Ranking:
    """The ranking with its passages, and the best of its sentences, in the order of `score`.

    The scores stay those of the places: how far a sentence may lie below the best and still be shown was fitted on them, and
    `confidence` too is the first ranking's.
    """
    hits, sentences = ranking.hits, ranking.sentences[:SENTENCES]
    texts = [hit.text for hit in hits] + [one.document.text[slice(*one.span)] for one in sentences]
    if not texts:
        return ranking
    scores = score(question, texts)
    passages, singles = scores[: len(hits)], scores[len(hits) :]
    best_hits = sorted(range(len(hits)), key=lambda i: -passages[i])
    best_sentences = sorted(range(len(sentences)), key=lambda i: -singles[i])
    return replace(
        ranking,
        hits=tuple(replace(hits[i], score=hits[place].score) for place, i in enumerate(best_hits)),
        sentences=(
            *(replace(sentences[i], score=sentences[place].score) for place, i in enumerate(best_sentences)),
            *ranking.sentences[SENTENCES:],
        ),
    )
