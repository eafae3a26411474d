"""Reading the archive: snapshots of its SQLite file, each one consistent, and what ranking needs of a passage."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from rag.errors import ArchiveDamaged, ArchiveError, DocumentMissing
from rag.index import schema
from rag.index.codec import (
    Vectors,
    WordCodes,
    sentence_cosines,
    unpack_sentences,
    unpack_spans,
    unpack_vector,
    unpack_vectors,
    unpack_words,
)
from rag.index.keys import RECIPE as LEMMAS
from rag.index.keys import Keys, sentence_keys, unpack_keys
from rag.types import ArchiveStats, Document, Original, Passage, Query

DERIVED = ("lexical", "vectors", "chroma")

# Documents kept in memory between queries, by characters of text: some 2,000 articles.
_CACHED_CHARACTERS = 8_000_000

_DOCUMENTS = """
SELECT d.key, d.id, t.text, d.source, d.sha256, d.title, d.outlet, d.published, d.language, d.url, d.skipped, d.digest_of,
       d.read_from
FROM documents d JOIN texts t ON t.document = d.key
"""
_PASSAGES = """
SELECT p.id, p.document, p.ordinal, p.start, p.end, p.sentences, v.vector, v.sentences, v.words, {lemmas}
FROM passages p JOIN vectors v ON v.passage = p.id WHERE p.id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """A passage with all that ranking needs: `vector` of shape (dim,), `sentence_vectors` of shape (n_sentences, dim).

    `words` are the codes of each sentence's words, where the embedder tells words apart, else ().
    """

    passage: Passage
    document: Document
    vector: Vectors
    sentence_vectors: Vectors
    words: tuple[WordCodes, ...] = ()
    packed_lemmas: bytes | None = None

    @property
    def lemmas(self) -> tuple[Keys, ...]:
        """The keys of each sentence's lemmas; made of the text where the archive does not keep them yet."""
        if self.packed_lemmas is None:
            return sentence_keys(self.document, self.passage.sentences)
        return unpack_keys(self.packed_lemmas, len(self.passage.sentences))


@dataclass(frozen=True, slots=True)
class Derived:
    """Where a derived index stands: it holds the passages up to `max_id`, without tombstones up to `tombstone`.

    `folder` is empty for one that was never made.
    """

    name: str
    folder: str
    max_id: int
    tombstone: int


def published(text: str | None) -> date | datetime | None:
    """A publication date as it is kept in the file: ISO 8601, with a T where it has a time."""
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _document(row: Sequence[Any]) -> Document:
    _, id_, text, source, sha256, title, outlet, published_, language, url, skipped, digest_of, read_from = row
    original = None
    if digest_of is not None:
        values = json.loads(digest_of)
        day = values["published"]
        original = Original(values["outlet"], None if day is None else date.fromisoformat(day))
    return Document(
        id=id_, text=text, source=source, sha256=sha256, title=title, outlet=outlet, published=published(published_),
        language=language, url=url, skipped=unpack_spans(skipped), digest_of=original, read_from=json.loads(read_from),
    )  # fmt: skip


class DocumentCache:
    """The documents read last, by their key. A key's document never changes: a changed one is stored under a new key."""

    def __init__(self) -> None:
        self._documents: OrderedDict[int, Document] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def get(self, key: int) -> Document | None:
        with self._lock:
            found = self._documents.get(key)
            if found is not None:
                self._documents.move_to_end(key)
            return found

    def put(self, key: int, document: Document) -> None:
        with self._lock:
            if key in self._documents:
                return
            self._documents[key] = document
            self._characters += len(document.text)
            while self._characters > _CACHED_CHARACTERS and len(self._documents) > 1:
                _, dropped = self._documents.popitem(last=False)
                self._characters -= len(dropped.text)


def scope(query: Query) -> tuple[str, list[Any]]:
    """The query's filters as a condition on `documents d` with its values; "1" where there is none."""
    conditions: list[str] = []
    values: list[Any] = []
    for column, wanted in (("language", query.languages), ("outlet", query.outlets)):
        if wanted:
            conditions.append(f"d.{column} IN ({', '.join('?' * len(wanted))})")
            values.extend(wanted)
    if query.since or query.until:
        conditions.append("d.day BETWEEN ? AND ?")
        # 0 stands for an undated document, which no date filter matches; the first day of the calendar is 1.
        values += [query.since.toordinal() if query.since else 1, (query.until or date.max).toordinal()]
    return " AND ".join(conditions) or "1", values


class Snapshot:
    """The archive as it was at one moment. All reads of one query go through one snapshot."""

    def __init__(self, conn: sqlite3.Connection, cache: DocumentCache) -> None:
        self.conn = conn
        self._cache = cache
        self.generation: int = self.meta("generation")  # the first read: from here on SQLite shows this moment
        rows = conn.execute("SELECT name, folder, max_id, tombstone FROM derived")
        self.derived = {name: Derived(name, "", 0, 0) for name in DERIVED} | {row[0]: Derived(*row) for row in rows}

    def meta(self, key: str) -> Any:
        row = self.conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else row[0]

    def load(self, ids: Iterable[int]) -> list[Stored]:
        """The passages with these ids, in the order asked for; ids that the archive does not hold are left out."""
        wanted = list(ids)
        lemmas = "(SELECT keys FROM lemmas WHERE passage = p.id)" if self.meta("lemmas") == LEMMAS else "NULL"
        rows = {row[0]: row for row in self.conn.execute(_PASSAGES.format(lemmas=lemmas), (json.dumps(wanted),))}
        documents = self.documents({row[1] for row in rows.values()})
        found = []
        for id_ in wanted:
            if (row := rows.get(id_)) is None:
                continue
            if (document := documents.get(row[1])) is None:
                raise ArchiveDamaged(f"Passage {id_} belongs to no document. See what is wrong with: sverka verify")
            sentences = unpack_spans(row[5])
            passage = Passage(id_, document.id, row[2], row[3], row[4], sentences)
            vectors, words = unpack_sentences(row[7], len(sentences)), unpack_words(row[8], len(sentences))
            found.append(Stored(passage, document, unpack_vector(row[6]), vectors, words, row[9]))
        return found

    def known(self, ids: Sequence[int]) -> list[int]:
        """Those of the passages that the archive holds."""
        rows = self.conn.execute("SELECT id FROM passages WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
        return [row[0] for row in rows]

    def closeness(self, ids: Sequence[int], vector: Vectors) -> dict[int, float]:
        """The cosine of a passage with `vector`, and its best sentence's, added up: of those passages that the archive holds."""
        rows = self.conn.execute(
            "SELECT passage, vector, sentences FROM vectors WHERE passage IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
        ).fetchall()
        if not rows:
            return {}
        known, passages, sentences = zip(*rows, strict=True)
        cosines, counts = sentence_cosines(sentences, vector)
        best = np.maximum.reduceat(cosines, np.cumsum([0, *counts[:-1]]))
        return dict(zip(known, (unpack_vectors(passages) @ vector + best).tolist(), strict=True))

    def documents(self, keys: Iterable[int]) -> dict[int, Document]:
        """The documents under these keys."""
        found: dict[int, Document] = {}
        missing = []
        for key in keys:
            document = self._cache.get(key)
            if document is None:
                missing.append(key)
            else:
                found[key] = document
        if missing:
            for row in self.conn.execute(f"{_DOCUMENTS} WHERE d.key IN (SELECT value FROM json_each(?))", (json.dumps(missing),)):
                found[row[0]] = _document(row)
                self._cache.put(row[0], found[row[0]])
        return found

    def files(self, keys: Sequence[int]) -> dict[int, str]:
        """The file of each of the documents under these keys."""
        rows = self.conn.execute(
            "SELECT key, file FROM documents WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(keys),)
        )
        return dict(rows)

    def document(self, doc_id: str) -> Document:
        """The document with this id. Raises DocumentMissing."""
        row = self.conn.execute("SELECT key FROM documents WHERE id = ?", (doc_id,)).fetchone()
        if row is None:
            raise DocumentMissing(f"The archive holds no document with the id {doc_id!r}. Find ids with: sverka search")
        return self.documents([row[0]])[row[0]]

    def count(self, query: Query | None = None) -> int:
        """How many documents there are, or, with a query, how many its filters leave."""
        condition, values = scope(query) if query else ("1", [])
        count: int = self.conn.execute(f"SELECT count(*) FROM documents d WHERE {condition}", values).fetchone()[0]
        return count

    def tally(self, query: Query) -> dict[tuple[str | None, str | None], int]:
        """How many documents the query's filters leave, by outlet and language."""
        condition, values = scope(query)
        rows = self.conn.execute(f"SELECT outlet, language, count(*) FROM documents d WHERE {condition} GROUP BY 1, 2", values)
        return {(outlet, language): number for outlet, language, number in rows}

    def latest(self) -> date | None:
        """The last day that a document was published on."""
        last = self.conn.execute("SELECT max(day) FROM documents").fetchone()[0]
        return date.fromordinal(last) if last else None

    def languages(self) -> tuple[str, ...]:
        """The languages of the documents, without the unknown, in alphabetical order."""
        # Each language is looked up in the index after the one before; DISTINCT would read all of it.
        rows = self.conn.execute(
            "WITH RECURSIVE found (language) AS (SELECT min(language) FROM documents UNION ALL"
            " SELECT (SELECT min(d.language) FROM documents d WHERE d.language > found.language) FROM found"
            " WHERE found.language IS NOT NULL) SELECT language FROM found WHERE language IS NOT NULL"
        )
        return tuple(row[0] for row in rows)

    def tail(self, after: int) -> Iterator[tuple[int, bytes, str | None, str | None, int]]:
        """Id, packed vector, language, outlet and day of the passages with larger ids than `after`, in their order."""
        yield from self.conn.execute(
            "SELECT p.id, v.vector, d.language, d.outlet, d.day FROM passages p JOIN vectors v ON v.passage = p.id"
            " JOIN documents d ON d.key = p.document WHERE p.id > ? ORDER BY p.id",
            (after,),
        )

    def vectors(self, ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """Id and packed vector of those passages that the archive holds."""
        yield from self.conn.execute(
            "SELECT passage, vector FROM vectors WHERE passage IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
        )

    def count_passages(self) -> int:
        count: int = self.conn.execute("SELECT count(*) FROM passages").fetchone()[0]
        return count

    def last_passage(self) -> int:
        last: int = self.conn.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()[0]
        return last

    def dead_since(self, tombstone: int) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The passages deleted after that tombstone, ascending."""
        rows = self.conn.execute("SELECT passage FROM tombstones WHERE number > ? ORDER BY passage", (tombstone,))
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def last_tombstone(self) -> int:
        # Not from the table itself, whose rows go once no index needs them.
        row = self.conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'tombstones'").fetchone()
        return 0 if row is None else row[0]

    def stats(self, *, embedder: str, size: int) -> ArchiveStats:
        """What the archive holds."""

        def counts(column: str) -> dict[str | None, int]:
            return dict(self.conn.execute(f"SELECT {column}, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1"))

        one = self.conn.execute("SELECT min(nullif(day, 0)), max(nullif(day, 0)), sum(day = 0) FROM documents").fetchone()
        first, last, undated = one
        sentences = self.conn.execute("SELECT coalesce(sum(length(sentences)), 0) / 8 FROM passages").fetchone()[0]
        return ArchiveStats(
            documents=self.count(),
            passages=self.count_passages(),
            sentences=sentences,
            languages=counts("language"),
            outlets=counts("outlet"),
            since=date.fromordinal(first) if first else None,
            until=date.fromordinal(last) if last else None,
            undated=undated or 0,
            generation=self.generation,
            embedder=embedder,
            bytes=size,
        )


class Store:
    """The archive's SQLite file. Readers may be many, in many threads; a writer holds the archive's lock."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._cache = DocumentCache()
        self._idle: list[schema.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        with self.snapshot():
            pass  # opened once here, so that a missing or damaged file is reported by whoever opens the archive

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The archive as it is now, unchanging while the block lasts.

        Raises ArchiveDamaged where SQLite cannot read its file.
        """
        with self._connection() as conn:
            conn.execute("BEGIN")
            try:
                yield Snapshot(conn, self._cache)
            finally:
                conn.execute("ROLLBACK")

    @contextmanager
    def _connection(self) -> Iterator[schema.Connection]:
        with self._lock:
            if self._closed:
                raise ArchiveError(f"The archive {self.directory} was closed. Open it again.")
            conn = self._idle.pop() if self._idle else None
        if conn is None:
            conn = schema.connect(self.directory, writable=False)
        healthy = False
        try:
            yield conn
            healthy = True
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            raise schema.damaged(self.directory / schema.FILE, error) from error
        finally:
            with self._lock:
                keep = not self._closed and not conn.unchanging and (healthy or not conn.in_transaction)
                if keep:
                    self._idle.append(conn)
            if not keep:
                conn.close()

    def close(self) -> None:
        """Close all connections; those in use close when their reading ends."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for conn in idle:
            conn.close()
