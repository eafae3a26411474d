"""Lexical search over the few passages that are committed but not yet in the lexical index."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.index.lexical import TIE, TITLE_BOOST, Field, Fields, LexicalView, Term, lexical_fields, names_field
from rag.index.operators import Operators
from rag.index.store import Snapshot, scope
from rag.types import Query

# BM25's constants as tantivy has them.
_K1 = 1.2
_B = 0.75
_FIELDS: tuple[Field, ...] = ("body", "surface", "title", "names")


@dataclass(frozen=True, slots=True)
class TailPassage:
    """A passage that the lexical index lacks: its lemmas, its words as written, and the counts of each field's words."""

    id: int
    body: str
    surface: str
    counts: Mapping[Field, Counter[str]]

    @classmethod
    def of(cls, id_: int, fields: Fields, names: str) -> TailPassage:
        counts = {name: Counter(words.split()) for name, words in zip(_FIELDS, (*fields, names), strict=True)}
        return cls(id_, fields[0], fields[1], counts)


def read_tail(snapshot: Snapshot, after: int, query: Query) -> list[TailPassage]:
    """The passages with larger ids than `after` that the query's filters leave."""
    condition, values = scope(query)
    # CROSS keeps the order: SQLite would begin with all documents of the language, and there are few passages in the tail.
    rows = snapshot.conn.execute(
        "SELECT p.id, p.document, p.start, p.end, w.body, w.surface, w.title FROM passages p"
        " CROSS JOIN documents d ON d.key = p.document LEFT JOIN pending w ON w.passage = p.id"
        f" WHERE p.id > ? AND {condition} ORDER BY p.id",
        [after, *values],
    ).fetchall()
    found = []
    for id_, key, start, end, body, surface, title in rows:
        document = snapshot.documents([key])[key]
        fields = (body, surface, title)
        if body is None:  # indexed after the view was made, and no longer pending
            fields = lexical_fields(document, start, end)
        found.append(TailPassage.of(id_, fields, names_field(document, start, end)))
    return found


def search_tail(
    tail: Sequence[TailPassage], terms: Sequence[Term], view: LexicalView | None, *, operators: Operators | None = None
) -> list[tuple[int, float]]:
    """Those of `tail` that match, as (id, score), in no order. Scores are comparable with those of the index."""
    scorers = {field: _Scorer(field, tail, view) for field in _FIELDS}
    found = []
    for passage in tail:
        if operators and not operators.allow(passage.surface, passage.body):
            continue
        score = sum(_score(term, passage, scorers) for term in terms)
        if score > 0:
            found.append((passage.id, score))
    return found


class _Scorer:
    """BM25 of single words in one field, over the passages indexed and those of the tail; lengths are the tail's."""

    def __init__(self, field: Field, tail: Sequence[TailPassage], view: LexicalView | None) -> None:
        self._field = field
        self._view = view
        self._passages = len(tail) + (view.passages if view else 0)
        self._mean = sum(passage.counts[field].total() for passage in tail) / (len(tail) or 1) or 1.0
        self._inside = Counter(word for passage in tail for word in passage.counts[field])

    def score(self, word: str, passage: TailPassage) -> float:
        counts = passage.counts[self._field]
        if not (tf := counts[word]):
            return 0.0
        found = self._inside[word] + (self._view.document_frequency(word, self._field) if self._view else 0)
        idf = math.log(1 + (self._passages - found + 0.5) / (found + 0.5))
        length = _K1 * (1 - _B + _B * counts.total() / self._mean)
        return idf * (1 + _K1) * tf / (tf + length)


def _score(term: Term, passage: TailPassage, scorers: Mapping[Field, _Scorer]) -> float:
    forms = [share * scorers[field].score(word, passage) for field, word, share in term.forms()]
    best = max(forms)
    title = max(share * scorers[field].score(word, passage) for field, word, share in term.titles())
    return best + TIE * (sum(forms) - best) + TITLE_BOOST * title
