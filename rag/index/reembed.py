"""Making all passages and vectors anew, for another embedder, and putting them in the place of the old ones.

A second archive is built in a folder of the first, document by document, so that an interrupted run goes on where it was.
At the end its contents are exchanged for the first's in one transaction; until then nothing changes for readers.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rag.index import schema
from rag.index.embedding import Chunk, TextEmbedder, new_passages
from rag.index.settle import Settler
from rag.index.stamp import Stamp
from rag.index.store import Store
from rag.index.writer import Writer
from rag.types import Document, Progress

FOLDER = "rebuild"
# The new passages' ids begin so far above the old ones that none is used twice, whatever is indexed in between.
_ID_GAP = 1_000_000_000
_BATCH_PASSAGES = 64
_EXCHANGED = ("passages", "vectors", "sentence_texts", "pending", "lemmas", "tombstones")
_READ_AT_ONCE = 32


def give_up(directory: Path) -> None:
    """Forget an unfinished change of the embedder."""
    shutil.rmtree(directory / FOLDER, ignore_errors=True)


def reembed(
    directory: Path,
    store: Store,
    writer: Writer,
    *,
    stamp: Stamp,
    chunk: Callable[[Document], Sequence[Chunk]],
    embedder: TextEmbedder,
    on_progress: Callable[[Progress], None] | None = None,
) -> None:
    """Build the second archive under `stamp`, or go on with it, and exchange. The caller holds the writer's lock."""
    beside = directory / FOLDER
    if not _is_begun(beside, stamp):
        _begin(beside, stamp, first_id=_last_id(writer) + _ID_GAP)
    other, other_writer = Store(beside), Writer(beside)
    settler = Settler(beside, other)
    try:
        missing = _missing(writer, other_writer)
        for done, batch in _batches(store, missing, chunk):
            pairs = [(document, chunks) for _, _, document, chunks in batch]
            passages = list(new_passages(pairs, other_writer, embedder))
            with other_writer.transaction():
                for (key, file, document, _), new in zip(batch, passages, strict=True):
                    other_writer.add(document, file, new, run=0, key=key)
            settler.after_batch()
            if on_progress:
                on_progress(Progress("embedding anew, documents", done, len(missing)))
        settler.settle(on_progress)
    finally:
        settler.close()
        other_writer.close()
        other.close()
    _exchange(directory, beside, writer, stamp)
    give_up(directory)


def _is_begun(beside: Path, stamp: Stamp) -> bool:
    return (beside / schema.FILE).exists() and schema.read_stamp(beside) == stamp.to_json()


def _begin(beside: Path, stamp: Stamp, *, first_id: int) -> None:
    shutil.rmtree(beside, ignore_errors=True)
    schema.create(beside, stamp.to_json())
    writer = Writer(beside)
    with writer.transaction():
        writer.conn.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('passages', ?)", (first_id,))
    writer.close()


def _last_id(writer: Writer) -> int:
    row = writer.conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
    return 0 if row is None else row[0]


def _missing(writer: Writer, other: Writer) -> list[int]:
    """The keys of documents that the second archive lacks; what the first has no more is taken out of the second."""
    wanted = {row[0] for row in writer.conn.execute("SELECT key FROM documents")}
    present = {row[0] for row in other.conn.execute("SELECT key FROM documents")}
    with other.transaction():
        other.delete(sorted(present - wanted))
    return sorted(wanted - present)


_Item = tuple[int, str, Document, Sequence[Chunk]]


def _batches(
    store: Store, keys: Sequence[int], chunk: Callable[[Document], Sequence[Chunk]]
) -> Iterator[tuple[int, list[_Item]]]:
    """Key, file, document and chunks of some documents at a time, and how many documents there were up to these."""
    batch: list[_Item] = []
    for start in range(0, len(keys), _READ_AT_ONCE):
        some = keys[start : start + _READ_AT_ONCE]
        with store.snapshot() as snapshot:
            documents, files = snapshot.documents(some), snapshot.files(some)
        batch += [(key, files[key], documents[key], chunk(documents[key])) for key in some]
        if sum(len(chunks) for *_, chunks in batch) >= _BATCH_PASSAGES or start + _READ_AT_ONCE >= len(keys):
            yield start + len(some), batch
            batch = []


def _exchange(directory: Path, beside: Path, writer: Writer, stamp: Stamp) -> None:
    """Put the second archive's passages, vectors and derived indexes in the place of the first's."""
    conn = writer.conn
    conn.execute("ATTACH ? AS next", (str(beside / schema.FILE),))
    try:
        folders = []
        for name, folder, max_id, tombstone in conn.execute("SELECT * FROM next.derived").fetchall():
            kind = folder.partition("-")[0]
            with writer.quiet_transaction():
                new = f"{kind}-{writer.next_number('folders')}"
            (beside / folder).rename(directory / new)
            folders.append((name, new, max_id, tombstone))
        with writer.transaction():
            for table in (*_EXCHANGED, "derived"):
                conn.execute(f"DELETE FROM main.{table}")
            for table in _EXCHANGED:
                conn.execute(f"INSERT INTO main.{table} SELECT * FROM next.{table}")
            conn.executemany("INSERT INTO derived VALUES (?, ?, ?, ?)", folders)
            writer.set_meta("stamp", stamp.to_json())
            writer.set_meta("lemmas", conn.execute("SELECT value FROM next.meta WHERE key = 'lemmas'").fetchone()[0])
    finally:
        conn.execute("DETACH next")
