"""Verify: whether an archive is what it should be, from the texts to the last derived vector."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rag.errors import ArchiveDamaged
from rag.index import copies
from rag.index.codec import (
    quantise,
    text_checksum,
    text_hash,
    unpack_sentences,
    unpack_spans,
    unpack_vector,
    unpack_vectors,
)
from rag.index.dense import ChromaFolder
from rag.index.lexical import LexicalView, open_lexical
from rag.index.readonly import writable
from rag.index.scan import open_rows
from rag.index.store import Snapshot, Store

# Vectors of Chroma that are compared with ours, spread evenly over the archive.
_SAMPLE = 500
# Stored vectors have length 1 but for rounding: to float16, or to int8.
_LENGTH_ERROR = 0.02
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and what is wrong: one sentence a problem, none where all is well."""

    documents: int
    passages: int
    problems: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"documents": self.documents, "passages": self.passages, "problems": list(self.problems)}


def verify(directory: Path, store: Store) -> Verification:
    """Check SQLite's file, every text and span in it, and each derived index against it."""
    with store.snapshot() as snapshot:
        problems: list[str] = []
        try:
            problems += _file(snapshot)
            problems += _documents(snapshot)
            problems += _vectors(snapshot)
        except sqlite3.DatabaseError as error:
            problems.append(f"SQLite cannot read all of its file: {error}")
        alive = np.array([row[0] for row in snapshot.conn.execute("SELECT id FROM passages ORDER BY id")], dtype=np.int64)
        for check in (_lexical, _published, _chroma):
            try:
                problems += check(snapshot, directory, alive)
            except FileNotFoundError as error:
                problems.append(f"a folder is missing: {error}")
            except ArchiveDamaged as error:
                problems.append(str(error))
        return Verification(snapshot.count(), len(alive), tuple(problems))


# Rows that belong to nothing, by the table that they are in. Older archives lack some of the tables until they are written to.
_ORPHANS = {
    "passages": ("passages without a document", "SELECT id FROM passages WHERE document NOT IN (SELECT key FROM documents)"),
    "vectors": ("vectors without a passage", "SELECT passage FROM vectors WHERE passage NOT IN (SELECT id FROM passages)"),
    "lemmas": ("lemmas without a passage", "SELECT passage FROM lemmas WHERE passage NOT IN (SELECT id FROM passages)"),
    "sketches": (
        "fingerprints without a document",
        "SELECT document FROM sketches WHERE document NOT IN (SELECT key FROM documents)",
    ),
    "copies": (
        "copies that the archive does not hold, or that are copies one way only",
        f"SELECT document FROM copies WHERE {copies.STRAY}",
    ),
}
_WANTING = {
    "passages without vectors": "SELECT id FROM passages WHERE id NOT IN (SELECT passage FROM vectors)",
    "documents without a text": "SELECT id FROM documents WHERE key NOT IN (SELECT document FROM texts)",
}


def _file(snapshot: Snapshot) -> Iterator[str]:
    for (line,) in snapshot.conn.execute("PRAGMA quick_check(10)"):
        if line != "ok":
            yield f"SQLite finds its file damaged: {line}"
    tables = {row[0] for row in snapshot.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for what, sql in [*_WANTING.items(), *(check for table, check in _ORPHANS.items() if table in tables)]:
        yield from _listed(what, [row[0] for row in snapshot.conn.execute(sql)])


def _documents(snapshot: Snapshot) -> Iterator[str]:
    """Texts against their checksums; spans, sentences and hashes of passages against the texts."""
    for key, id_, text, checksum in snapshot.conn.execute(
        "SELECT d.key, d.id, t.text, t.checksum FROM documents d JOIN texts t ON t.document = d.key"
    ):
        if text_checksum(text) != checksum:
            yield f"the text of document {id_} is not the one that was indexed"
            continue
        end_before = 0
        for passage, start, end, packed, hash_ in snapshot.conn.execute(
            "SELECT id, start, end, sentences, text_hash FROM passages WHERE document = ? ORDER BY ordinal", (key,)
        ):
            spans = unpack_spans(packed)
            at = start
            for first, last in spans:
                if not at <= first < last <= end:
                    yield f"a sentence of passage {passage} of document {id_} lies outside of it"
                at = last
            if not spans or not end_before <= start < end <= len(text) or text_hash(text[start:end]) != hash_:
                yield f"passage {passage} of document {id_} is not where it should be"
            end_before = end


def _vectors(snapshot: Snapshot) -> Iterator[str]:
    dims = set()
    for id_, vector, sentences, count in snapshot.conn.execute(
        "SELECT v.passage, v.vector, v.sentences, length(p.sentences) / 8 FROM vectors v JOIN passages p ON p.id = v.passage"
    ):
        dims.add(len(vector) // 2)
        lengths = [float(np.linalg.norm(unpack_vector(vector)))]
        if len(sentences) == count * (4 + len(vector) // 2):
            lengths += np.linalg.norm(unpack_sentences(sentences, count), axis=1).tolist()
        else:
            yield f"passage {id_} has not a vector for each of its sentences"
        if not all(abs(length - 1) < _LENGTH_ERROR for length in lengths):
            yield f"a vector of passage {id_} has not the length 1"
    if len(dims) > 1:
        yield f"vectors have different numbers of dimensions: {sorted(dims)}"


def _expected(snapshot: Snapshot, name: str, alive: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The ids that a derived index must have, and those that it may have besides: deleted, not yet taken out."""
    state = snapshot.derived[name]
    return alive[alive <= state.max_id], snapshot.dead_since(state.tombstone)


def _compare(name: str, found: Sequence[int], snapshot: Snapshot, alive: np.ndarray[Any, Any], state: str) -> Iterator[str]:
    expected, leaving = _expected(snapshot, state, alive)
    missing = np.setdiff1d(expected, found)
    # Above its mark a killed writer may have left passages, committed (and scanned besides) or not.
    beyond = np.array(found, dtype=np.int64)
    extra = np.setdiff1d(beyond[beyond <= snapshot.derived[state].max_id], np.union1d(expected, leaving))
    yield from _listed(f"passages that {name} lacks", missing.tolist())
    yield from _listed(f"passages that {name} has and the archive has not", extra.tolist())
    if len(found) != len(set(found)):
        yield f"{name} holds passages twice"


def _lexical(snapshot: Snapshot, directory: Path, alive: np.ndarray[Any, Any]) -> Iterator[str]:
    state = snapshot.derived["lexical"]
    pending = {row[0] for row in snapshot.conn.execute("SELECT passage FROM pending")}
    nowhere = set(alive[alive > state.max_id].tolist()) - pending
    yield from _listed("passages that neither tantivy nor the pending rows hold", sorted(nowhere))
    if state.folder:
        yield from _compare("tantivy", LexicalView(open_lexical(directory / state.folder), 0).ids(), snapshot, alive, "lexical")


def _published(snapshot: Snapshot, directory: Path, alive: np.ndarray[Any, Any]) -> Iterator[str]:
    state = snapshot.derived["vectors"]
    if not state.folder:
        return
    rows = open_rows(directory / state.folder)
    yield from _compare("the file of vectors", rows.ids.tolist(), snapshot, alive, "vectors")
    differing = []
    for id_, packed, *_ in snapshot.tail(0):
        place = int(np.searchsorted(rows.ids, id_))
        if place < len(rows.ids) and rows.ids[place] == id_:
            levels, scales = quantise(unpack_vectors([packed]))
            if not np.array_equal(rows.levels[place], levels[0]) or rows.scales[place] != scales[0]:
                differing.append(id_)
    yield from _listed("passages whose vector in the file of vectors is another", differing)


def _chroma(snapshot: Snapshot, directory: Path, alive: np.ndarray[Any, Any]) -> Iterator[str]:
    state = snapshot.derived["chroma"]
    if not state.folder:
        return  # there is none, and searches know that
    with writable(directory / state.folder) as folder, ChromaFolder(folder) as index:
        found = index.ids()
        yield from _compare("Chroma", found, snapshot, alive, "chroma")
        shared = np.intersect1d(np.array(found, dtype=np.int64), alive)
        sample = shared[:: max(1, len(shared) // _SAMPLE)].tolist()
        theirs = index.vectors(sample)
    ours = {id_: unpack_vector(vector) for id_, vector, *_ in snapshot.tail(0) if id_ in theirs}
    differing = [id_ for id_ in ours if float(theirs[id_] @ ours[id_]) < 1 - _LENGTH_ERROR]
    yield from _listed("passages whose vector in Chroma is another", differing)


def _listed(what: str, ids: Sequence[object]) -> Iterator[str]:
    if ids:
        shown = ", ".join(map(str, ids[:_SHOWN])) + (", …" if len(ids) > _SHOWN else "")
        yield f"{len(ids)} {what}: {shown}"
