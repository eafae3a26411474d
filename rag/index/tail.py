"""Lexical search over the few passages that are committed but not yet in the lexical index."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.index.lexical import TIE, TITLE_BOOST, LexicalView, Term, lexical_fields
from rag.index.operators import Operators
from rag.index.store import Snapshot, scope
from rag.types import Query

# BM25's constants as tantivy has them.
_K1 = 1.2
_B = 0.75


@dataclass(frozen=True, slots=True)
class TailPassage:
    """A passage that the lexical index lacks, with its words counted."""

    id: int
    body: Counter[str]
    surface: str
    title: Counter[str]


def read_tail(snapshot: Snapshot, after: int, query: Query) -> list[TailPassage]:
    """The passages with larger ids than `after` that the query's filters leave."""
    condition, values = scope(query)
    rows = snapshot.conn.execute(
        "SELECT p.id, p.document, p.start, p.end, w.body, w.surface, w.title FROM passages p"
        " JOIN documents d ON d.key = p.document LEFT JOIN pending w ON w.passage = p.id"
        f" WHERE p.id > ? AND {condition} ORDER BY p.id",
        [after, *values],
    ).fetchall()
    found = []
    for id_, key, start, end, body, surface, title in rows:
        if body is None:  # indexed after the view was made, and no longer pending
            body, surface, title = lexical_fields(snapshot.documents([key])[key], start, end)
        found.append(TailPassage(id_, Counter(body.split()), surface, Counter(title.split())))
    return found


def search_tail(
    tail: Sequence[TailPassage], terms: Sequence[Term], view: LexicalView | None, *, operators: Operators | None = None
) -> list[tuple[int, float]]:
    """Those of `tail` that match, as (id, score), in no order. Scores are comparable with those of the index."""
    if not tail:
        return []
    passages = (view.passages if view else 0) + len(tail)
    mean = sum(passage.body.total() for passage in tail) / len(tail) or 1.0
    idf = {}
    for lemma in {lemma for term in terms for lemma in term.lemmas}:
        frequency = sum(lemma in passage.body for passage in tail) + (view.document_frequency(lemma) if view else 0)
        idf[lemma] = math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))
    found = []
    for passage in tail:
        if operators and not operators.allow(passage.surface):
            continue
        length = _K1 * (1 - _B + _B * passage.body.total() / mean)
        score = sum(_score(term, passage, length, idf) for term in terms)
        if score > 0:
            found.append((passage.id, score))
    return found


def _score(term: Term, passage: TailPassage, length: float, idf: dict[str, float]) -> float:
    scores = [idf[lemma] * (1 + _K1) * tf / (tf + length) for lemma in term.lemmas if (tf := passage.body[lemma])]
    body = max(scores, default=0.0)
    if body and f" {term.surface} " in f" {passage.surface} ":
        body *= 1 + TIE
    title = max((idf[lemma] for lemma in term.lemmas if passage.title[lemma]), default=0.0)
    return body + TITLE_BOOST * title
