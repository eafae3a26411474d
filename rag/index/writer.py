"""Writing the archive: the changes that its one writer makes to SQLite, in transactions."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag.index import copies, schema
from rag.index.codec import pack_spans, text_checksum
from rag.types import Document, Span, day


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive has of a document already."""

    key: int
    id: str
    source: str
    file: str
    sha256: str
    seen_run: int


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage about to be stored: its span, its sentences, the hashes and packed vectors of both, its words."""

    start: int
    end: int
    sentences: tuple[Span, ...]
    text_hash: int
    sentence_hashes: tuple[int, ...]
    vector: bytes
    sentence_vectors: bytes
    words: bytes
    lexical: tuple[str, str, str]  # body, surface, title
    lemmas: bytes  # the packed keys of those of its sentences


class Writer:
    """The one writing connection. Every method but the lookups belongs inside `transaction`."""

    def __init__(self, directory: Path) -> None:
        self.conn = schema.connect(directory, writable=True)

    def close(self) -> None:
        self.conn.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that the block writes becomes visible at its end, under a new generation, or never."""
        with self.quiet_transaction():
            yield
            self.conn.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")

    @contextmanager
    def quiet_transaction(self) -> Iterator[None]:
        """A transaction that changes nothing a reader could notice: the generation stays."""
        self.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.conn.execute("COMMIT")
        except BaseException:  # Ctrl-C too: a half-written step must not stay open
            if self.conn.in_transaction:
                self.conn.execute("ROLLBACK")
            raise

    # numbers and pointers

    def next_number(self, key: str) -> int:
        """Raise the number under `key` in `meta`, and return it."""
        row = self.conn.execute("UPDATE meta SET value = value + 1 WHERE key = ? RETURNING value", (key,)).fetchone()
        number: int = row[0]
        return number

    def set_meta(self, key: str, value: str | int | None) -> None:
        if value is None:
            self.conn.execute("DELETE FROM meta WHERE key = ?", (key,))
        else:
            self.conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def publish(self, name: str, folder: str, *, max_id: int, tombstone: int) -> None:
        """From now on the index `name` is in `folder`, holding the passages up to `max_id` without those tombstones."""
        self.conn.execute("INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?)", (name, folder, max_id, tombstone))
        self.conn.execute("DELETE FROM tombstones WHERE number <= (SELECT min(tombstone) FROM derived)")

    def withdraw(self, name: str) -> None:
        """From now on there is no index `name`."""
        self.conn.execute("DELETE FROM derived WHERE name = ?", (name,))

    # files

    def file_state(self, path: str) -> tuple[str, int, int, int] | None:
        """A file's hash, its documents, its failed records, and the run that last met it."""
        row: tuple[str, int, int, int] | None = self.conn.execute(
            "SELECT sha256, documents, failed, seen_run FROM files WHERE path = ?", (path,)
        ).fetchone()
        return row

    def file_met(self, path: str, run: int) -> None:
        self.conn.execute("UPDATE files SET seen_run = ? WHERE path = ?", (run, path))

    def file_read(self, path: str, sha256: str, *, documents: int, failed: int, run: int) -> None:
        self.conn.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", (path, sha256, documents, failed, run, run))

    # documents

    def by_id(self, doc_id: str) -> Known | None:
        return self._known("id", doc_id)

    def by_source(self, source: str) -> Known | None:
        return self._known("source", source)

    def left_its_file(self, known: Known) -> bool:
        """Whether the document's file, when it was last read, without any failure, held it no more."""
        row = self.conn.execute(
            "SELECT 1 FROM files WHERE path = ? AND failed = 0 AND read_run > ?", (known.file, known.seen_run)
        ).fetchone()
        return row is not None

    def _known(self, column: str, value: str) -> Known | None:
        sql = f"SELECT key, id, source, file, sha256, seen_run FROM documents WHERE {column} = ?"
        row = self.conn.execute(sql, (value,)).fetchone()
        return None if row is None else Known(*row)

    def documents_seen(self, keys: Iterable[int], run: int) -> None:
        self.conn.executemany("UPDATE documents SET seen_run = ? WHERE key = ?", ((run, key) for key in keys))

    def add(self, document: Document, file: str, passages: Sequence[NewPassage], *, run: int, key: int | None = None) -> None:
        """Store a document that the archive does not hold, with its passages, under a new key or the one given."""
        moment = document.published
        digest_of = document.digest_of
        cursor = self.conn.execute(
            "INSERT INTO documents (key, id, source, file, sha256, title, outlet, published, language, url, day, skipped,"
            " digest_of, read_from, seen_run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key, document.id, document.source, file, document.sha256, document.title, document.outlet,
                None if moment is None else moment.isoformat(), document.language, document.url,
                0 if moment is None else day(moment).toordinal(), pack_spans(document.skipped),
                None if digest_of is None else json.dumps(digest_of.to_dict()), json.dumps(dict(document.read_from)), run,
            ),
        )  # fmt: skip
        key = cursor.lastrowid if key is None else key
        self.conn.execute("INSERT INTO texts VALUES (?, ?, ?)", (key, document.text, text_checksum(document.text)))
        assert key is not None  # what was just inserted has one
        copies.note(self.conn, key, document)
        for ordinal, new in enumerate(passages):
            self._add_passage(key, ordinal, new)

    def _add_passage(self, document: int | None, ordinal: int, new: NewPassage) -> None:
        cursor = self.conn.execute(
            "INSERT INTO passages (document, ordinal, start, end, sentences, text_hash) VALUES (?, ?, ?, ?, ?, ?)",
            (document, ordinal, new.start, new.end, pack_spans(new.sentences), new.text_hash),
        )
        id_ = cursor.lastrowid
        self.conn.execute("INSERT INTO vectors VALUES (?, ?, ?, ?)", (id_, new.vector, new.sentence_vectors, new.words))
        self.conn.execute("INSERT INTO pending VALUES (?, ?, ?, ?)", (id_, *new.lexical))
        self.conn.execute("INSERT INTO lemmas VALUES (?, ?)", (id_, new.lemmas))
        self.conn.executemany(
            "INSERT OR REPLACE INTO sentence_texts VALUES (?, ?, ?)",
            ((hash_, id_, number) for number, hash_ in enumerate(new.sentence_hashes)),
        )

    def delete(self, keys: Sequence[int]) -> None:
        """Delete documents with all that belongs to them. Their passages' ids are remembered for the derived indexes."""
        copies.forget(self.conn, keys)
        chosen = (json.dumps(keys),)
        passages = "SELECT id FROM passages WHERE document IN (SELECT value FROM json_each(?))"
        self.conn.execute(f"INSERT INTO tombstones (passage) {passages}", chosen)
        self.conn.execute(f"DELETE FROM vectors WHERE passage IN ({passages})", chosen)
        self.conn.execute(f"DELETE FROM pending WHERE passage IN ({passages})", chosen)
        self.conn.execute(f"DELETE FROM lemmas WHERE passage IN ({passages})", chosen)
        self.conn.execute("DELETE FROM passages WHERE document IN (SELECT value FROM json_each(?))", chosen)
        self.conn.execute("DELETE FROM texts WHERE document IN (SELECT value FROM json_each(?))", chosen)
        self.conn.execute("DELETE FROM documents WHERE key IN (SELECT value FROM json_each(?))", chosen)

    def remove(self, documents: Sequence[Known]) -> None:
        """Delete documents, and forget that their files were read: what is still in them is found again."""
        self.delete([known.key for known in documents])
        self.conn.executemany("DELETE FROM files WHERE path = ?", ((known.file,) for known in documents))

    def orphans(self, scope: str, run: int) -> list[tuple[int, str, bool]]:
        """Key and file of the documents under the path `scope` that are no longer there, or may not be.

        The third value is True where the file was met in this run and, when last read, held the document no more; False
        where the file was not met.
        """
        return self.conn.execute(
            f"SELECT d.key, d.file, coalesce(f.seen_run, 0) = :run FROM documents d LEFT JOIN files f ON f.path = d.file"
            f" WHERE {_inside('d.file')} AND"
            " (f.path IS NULL OR f.seen_run < :run OR (f.failed = 0 AND d.seen_run < f.read_run))",
            {"scope": scope, "separator": os.sep, "run": run},
        ).fetchall()

    def forget_files(self, scope: str, run: int) -> None:
        """Drop what is known of files under `scope` that this run has not met."""
        self.conn.execute(
            f"DELETE FROM files WHERE {_inside('path')} AND seen_run < :run",
            {"scope": scope, "separator": os.sep, "run": run},
        )

    # vectors of texts embedded before

    def passage_vectors(self, hashes: Iterable[int]) -> Mapping[int, bytes]:
        """The packed vectors of stored passages by the hash of their text."""
        return dict(
            self.conn.execute(
                "SELECT p.text_hash, v.vector FROM passages p JOIN vectors v ON v.passage = p.id"
                " WHERE p.text_hash IN (SELECT value FROM json_each(?))",
                (json.dumps(list(hashes)),),
            )
        )

    def sentence_vectors(self, hashes: Iterable[int]) -> Iterator[tuple[int, int, int, bytes, bytes]]:
        """Hash, ordinal, number of sentences, packed sentence vectors and words of passages that hold such sentences."""
        yield from self.conn.execute(
            "SELECT s.text_hash, s.ordinal, length(p.sentences) / 8, v.sentences, v.words FROM sentence_texts s"
            " JOIN passages p ON p.id = s.passage JOIN vectors v ON v.passage = s.passage"
            " WHERE s.text_hash IN (SELECT value FROM json_each(?))",
            (json.dumps(list(hashes)),),
        )


def _inside(column: str) -> str:
    return f"({column} = :scope OR substr({column}, 1, length(:scope) + 1) = :scope || :separator)"
