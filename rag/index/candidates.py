"""A query's candidates: what the dense and the lexical index find, all as of one snapshot of the archive."""

from __future__ import annotations

import threading
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.errors import ArchiveDamaged
from rag.index.codec import Vectors
from rag.index.dense import ChromaFolder
from rag.index.lexical import LexicalIndex, LexicalView, query_terms
from rag.index.operators import Operators
from rag.index.rank import SHORTLIST, Found
from rag.index.scan import Scan
from rag.index.store import Snapshot, Store, Stored
from rag.index.tail import read_tail, search_tail
from rag.types import Query

# Candidates from each index, at least. Ranking chooses among them; the right passage is one of them or is not found.
_CANDIDATES = 64
# Starting Chroma takes 0.7 to 2.5 s, so it is started beside the searches, and only for a program that stays: one that
# has searched so many times.
CHROMA_AFTER = 50
_FIRST = 5  # of each index are looked at closely, whatever the other says
_ATTEMPTS = 20

Scored = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the indexes found, loaded from the same snapshot, and the lexical index for the rarity of words."""

    found: list[tuple[Found, Stored]]
    lexical: LexicalView | None


class StampChanged(Exception):
    """The archive's vectors were made anew, under another stamp than the query's vector."""


class _Chroma:
    """The published Chroma folder, opened in a thread of its own; searches wait for each other, not for the opening."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: tuple[str, ChromaFolder] | None = None
        self._opening: str | None = None  # also one that could not be opened: it is not tried again

    def search(self, folder: Path, vector: Vectors, limit: int) -> Scored | None:
        """The nearest passages; None while the folder is not open, or where it cannot be opened."""
        with self._lock:
            if self._open is not None and self._open[0] == folder.name:
                try:
                    return self._open[1].search(vector, limit)
                except ArchiveDamaged:
                    return None  # another process has removed the folder meanwhile
            if self._opening != folder.name:
                self._opening = folder.name
                threading.Thread(target=self.open, args=(folder,), daemon=True, name="open-chroma").start()
            return None

    def open(self, folder: Path) -> None:
        """Open the folder in the place of the one that was open."""
        try:
            opened = ChromaFolder(folder)
        except (FileNotFoundError, ArchiveDamaged):
            return  # the scan finds the same; `verify` names what is wrong
        with self._lock:
            previous, self._open = self._open, (folder.name, opened)
            self._opening = folder.name
            if previous is not None:
                previous[1].close()

    def close(self) -> None:
        with self._lock:
            if self._open is not None:
                self._open[1].close()
                self._open = None


class Searcher:
    """The reading side of all three indexes, shared by all threads."""

    def __init__(self, directory: Path, store: Store, *, chroma_after: int = CHROMA_AFTER) -> None:
        self._directory = directory
        self._store = store
        self._chroma_after = chroma_after
        self._lexical = LexicalIndex()
        self._chroma = _Chroma()
        self._scan: Scan | None = None
        self._scanning = threading.Lock()
        self._searches = 0

    def close(self) -> None:
        self._chroma.close()
        self._scan = None

    @contextmanager
    def moment(self) -> Iterator[tuple[Snapshot, LexicalView | None]]:
        """A snapshot, and a view of the lexical index that lacks nothing of it but passages above the view's `max_id`.

        The view is made before the snapshot is taken: see LexicalIndex.view.
        """
        with self._store.snapshot() as snapshot:
            generation, state = snapshot.generation, snapshot.derived["lexical"]
        folder, view = (
            self._lexical.view(generation, self._directory / state.folder, state.max_id) if state.folder else (None, None)
        )
        with self._store.snapshot() as snapshot:
            if folder is not None and folder.name != snapshot.derived["lexical"].folder:
                raise FileNotFoundError(folder)
            yield snapshot, view

    def candidates(self, query: Query, vector: Vectors | None, *, stamp: str, operators: Operators | None = None) -> Candidates:
        """The passages that the query's mode finds. `vector` is None in lexical mode, else made under `stamp`.

        Raises StampChanged where the archive has another stamp by now.
        """
        for _ in range(_ATTEMPTS):
            try:
                with self.moment() as (snapshot, view):
                    if snapshot.meta("stamp") != stamp:
                        raise StampChanged
                    return self._candidates(snapshot, view, query, vector, operators)
            except FileNotFoundError:
                continue  # an index was published anew in between, and the folder that the snapshot names is gone
        raise ArchiveDamaged(f"A folder of the archive {self._directory} is missing. Repair it: sverka rebuild")

    def _candidates(
        self,
        snapshot: Snapshot,
        view: LexicalView | None,
        query: Query,
        vector: Vectors | None,
        operators: Operators | None,
    ) -> Candidates:
        limit = _CANDIDATES if query.k <= _CANDIDATES else max(_CANDIDATES, min(query.k, snapshot.count_passages()))
        operators = operators.within(snapshot.languages()) if operators else None
        dense: Scored = []
        lexical: Scored = []
        if vector is not None:
            dense = self._dense(snapshot, view, query, vector, limit=limit, operators=operators)
        if query.mode != "dense":
            lexical = self._words(snapshot, view, query, limit=limit, operators=operators)
        ids = list(dict.fromkeys(id_ for id_, _ in (*dense, *lexical)))
        meaning = dict.fromkeys(snapshot.known(ids), 0.0) if vector is None else snapshot.closeness(ids, vector)
        dense_places, lexical_places = _places(dense, meaning), _places(lexical, meaning)
        nowhere = (None, None)
        found = [Found(id_, *dense_places.get(id_, nowhere), *lexical_places.get(id_, nowhere)) for id_ in ids if id_ in meaning]
        chosen = _shortlist(found, meaning, max(SHORTLIST, query.k))
        loaded = snapshot.load([where.passage_id for where in chosen])
        return Candidates(list(zip(chosen, loaded, strict=True)), view)

    def _words(
        self,
        snapshot: Snapshot,
        view: LexicalView | None,
        query: Query,
        *,
        limit: int,
        operators: Operators | None,
    ) -> Scored:
        terms = query_terms(operators.text if operators else query.text, snapshot.languages())
        found = view.search(terms, query, limit=limit, operators=operators) if view else []
        tail = read_tail(snapshot, view.max_id if view else 0, query)
        scores = dict(found) | dict(search_tail(tail, terms, view, operators=operators))
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _dense(
        self,
        snapshot: Snapshot,
        view: LexicalView | None,
        query: Query,
        vector: Vectors,
        *,
        limit: int,
        operators: Operators | None,
    ) -> Scored:
        scan = self.scan(snapshot)
        only = None
        if operators:
            allowed = view.allowed(operators) if view else []
            tail = read_tail(snapshot, view.max_id if view else 0, query)
            only = np.union1d(allowed, [part.id for part in tail if operators.allow(part.surface, part.body)]).astype(np.int64)
        elif not query.filtered:
            found = self._approximate(snapshot, scan, query, vector, limit)
            if found is not None:
                return found
        return scan.search(snapshot, vector, query, limit=limit, only=only)

    def _approximate(self, snapshot: Snapshot, scan: Scan, query: Query, vector: Vectors, limit: int) -> Scored | None:
        """What Chroma finds, with what it does not hold yet; None where it is not used, or too much of it is gone."""
        self._searches += 1
        state = snapshot.derived["chroma"]
        if not state.folder or self._searches <= self._chroma_after:
            return None
        dead = set(snapshot.dead_since(state.tombstone).tolist())
        found = self._chroma.search(self._directory / state.folder, vector, limit + min(len(dead), limit))
        if found is None:
            return None
        found = [pair for pair in found if pair[0] not in dead]
        if len(found) < limit:
            return None
        found += scan.search(snapshot, vector, query, limit=limit, after=state.max_id)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def scan(self, snapshot: Snapshot) -> Scan:
        """The vectors of exactly this snapshot. Raises FileNotFoundError where the snapshot's folder is gone."""
        with self._scanning:
            known = self._scan
            if known is None or known.generation < snapshot.generation:
                self._scan = known = Scan.of(snapshot, self._directory, known)
        return known if known.generation == snapshot.generation else Scan.of(snapshot, self._directory)

    def warm(self) -> None:
        """Open now what a search would wait for, in a program that stays."""
        with self.moment() as (snapshot, _):
            self.scan(snapshot)
            state = snapshot.derived["chroma"]
        if state.folder:
            self._chroma.open(self._directory / state.folder)
            self._searches = self._chroma_after


def _places(scored: Scored, known: Container[int]) -> dict[int, tuple[int, float]]:
    """Rank from 1 and score of each of the known passages."""
    return {id_: (rank, score) for rank, (id_, score) in enumerate((pair for pair in scored if pair[0] in known), start=1)}


def _shortlist(found: Sequence[Found], meaning: Mapping[int, float], size: int) -> Sequence[Found]:
    """The `size` candidates that a quick look finds best: the sum of `meaning`, passage and best sentence cosine, and of BM25,
    each from 0 for the worst to 1 for the best; and the first few of each index. The right passage of XQuAD is among 40 of 128
    as often as among all.
    """
    if len(found) <= size:
        return found
    words = np.array([where.lexical_score or 0.0 for where in found])
    close = np.array([meaning[where.passage_id] for where in found])
    score = words / (words.max() or 1.0) + (close - close.min()) / (np.ptp(close) or 1.0)
    first = np.array([min(where.dense_rank or size, where.lexical_rank or size) <= _FIRST for where in found])
    return [found[i] for i in sorted(np.lexsort((-score, ~first))[:size])]
