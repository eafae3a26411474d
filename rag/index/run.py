"""One run of indexing: which documents are new, changed, unchanged or gone, and their writing, batch by batch.

A document is in the archive when the transaction of its batch commits. A file is remembered as read in the transaction of
its last document, so that a run that is cut short reads the file again and finds most of its documents unchanged.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from rag.errors import IngestError
from rag.index.embedding import Chunk, TextEmbedder, new_passages
from rag.index.writer import Known, Writer
from rag.types import Document, Failure, IndexReport, Progress

# Passages to a batch: few enough that a killed run loses seconds of work, enough for the embedder to sort by length.
_BATCH_PASSAGES = 64
# Documents to a batch, for files in which nothing has changed.
_BATCH_DOCUMENTS = 1000
_STAGE = "indexing, in KB"


class Sources(TextEmbedder, Protocol):
    """Where documents come from, and what makes passages and vectors of them."""

    def discover(self, path: Path) -> Iterator[Path]:
        """The files under a path. Raises IngestError where it does not exist."""
        ...

    def fingerprint(self, path: Path) -> str:
        """A hash of all that shapes the file's documents. Raises OSError where the file cannot be read."""
        ...

    def read(self, path: Path) -> Iterator[Document | IngestError]:
        """The file's documents, in order, and an error in the place of each that cannot be read."""
        ...

    def chunk(self, document: Document) -> Sequence[Chunk]:
        """The document's passages to be."""
        ...


@dataclass(slots=True)
class _FileRead:
    """A file that was read to its end."""

    path: str
    sha256: str
    documents: int = 0
    failed: int = 0


@dataclass(slots=True)
class _Batch:
    """What the next transaction will write."""

    documents: list[tuple[Document, str, Sequence[Chunk]]] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    files: list[_FileRead] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)  # by document id
    passages: int = 0

    @property
    def full(self) -> bool:
        return self.passages >= _BATCH_PASSAGES or len(self.sources) + len(self.files) >= _BATCH_DOCUMENTS


class Run:
    """One run over some paths. `after_batch` is called when a batch is committed."""

    def __init__(
        self,
        writer: Writer,
        sources: Sources,
        *,
        after_batch: Callable[[], None],
        on_progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self._writer = writer
        self._sources = sources
        self._after_batch = after_batch
        self._on_progress = on_progress or (lambda _: None)
        self._batch = _Batch()
        self._failed: list[Failure] = []
        self._added = self._changed = self._unchanged = self._removed = 0
        self._done = self._total = 0
        with writer.transaction():
            self._run = writer.next_number("run")

    def index(self, paths: Sequence[Path], *, prune: bool) -> IndexReport:
        """Bring the archive up to date with the files under `paths`. What fails is in the report, and stops nothing else.

        With `prune`, documents under `paths` that are no longer there are removed; nothing under a path that is missing
        itself, and nothing of a file with records that could not be read, since those might be the missing ones.
        """
        present = []
        for path in paths:
            try:
                self._total += sum(_size(file) for file in self._sources.discover(path))
                present.append(path)
            except IngestError as error:
                self._fail(error.source, error.reason)
        for path in present:
            self._files(path)
        self._flush()
        if prune:
            for path in present:
                self._prune(path)
        return IndexReport(self._added, self._changed, self._unchanged, self._removed, tuple(self._failed))

    def _files(self, path: Path) -> None:
        try:
            for file in self._sources.discover(path):
                self._file(file)
        except IngestError as error:  # it has gone since it was counted
            self._fail(error.source, error.reason)

    def _file(self, path: Path) -> None:
        size = _size(path)
        name = os.path.realpath(path)
        try:
            sha256 = self._sources.fingerprint(path) if _is_storable(name) else ""
        except OSError:
            sha256 = ""  # `read` says what is wrong with it
        state = self._writer.file_state(name) if sha256 else None
        if (state is not None and state[3] == self._run) or any(file.path == name for file in self._batch.files):
            return  # named twice
        if state is not None and state[0] == sha256 and not state[2]:
            self._unchanged += state[1]
            with self._writer.quiet_transaction():
                self._writer.file_met(name, self._run)
        else:
            # One with failures is read again, so that they are reported again and what has become readable is found.
            self._read(path, _FileRead(name, sha256), size)
        self._done += size
        self._report(self._done)

    def _read(self, path: Path, file: _FileRead, size: int) -> None:
        length = 0
        for document in self._sources.read(path):
            if isinstance(document, IngestError):
                self._fail(document.source, document.reason)
                file.failed += 1
                continue
            if self._document(document, file.path):
                file.documents += 1
            else:
                file.failed += 1
            length += len(document.text)
            if self._batch.full:
                self._flush()
                self._report(self._done + min(length, size))
        if file.sha256:
            self._batch.files.append(file)
        if self._batch.full:
            self._flush()

    def _document(self, document: Document, file: str) -> bool:
        """Take one document into the batch; False where it fails."""
        known = self._writer.by_id(document.id)
        if (other := self._rival(document, known)) is not None:
            reason = f"its id {document.id!r} is already that of {other}; give each document an id of its own"
            self._fail(document.source, reason)
            return False
        self._batch.sources[document.id] = document.source
        if known is not None and known.source == document.source and known.sha256 == document.sha256:
            self._unchanged += 1
            self._batch.unchanged.append(known.key)
            return True
        before = {old.key for old in (known, self._writer.by_source(document.source)) if old is not None}
        self._changed += bool(before)
        self._added += not before
        chunks = self._sources.chunk(document)
        self._batch.replaced.extend(before)
        self._batch.documents.append((document, file, chunks))
        self._batch.passages += len(chunks)
        return True

    def _rival(self, document: Document, known: Known | None) -> str | None:
        """The source that has the document's id already, if it still exists."""
        if document.id in self._batch.sources:
            return self._batch.sources[document.id]
        if known is None:
            return None
        if known.source == document.source:
            return known.source if known.seen_run == self._run else None
        if known.seen_run < self._run and not os.path.lexists(known.file):
            return None  # its file is gone: the document was moved here
        self._flush()  # the other file may be read, but not yet noted
        return None if self._writer.left_its_file(known) else known.source

    def _flush(self) -> None:
        batch, self._batch = self._batch, _Batch()
        if not batch.sources and not batch.files:
            return
        pairs = [(document, chunks) for document, _, chunks in batch.documents]
        passages = list(new_passages(pairs, self._writer, self._sources))
        with self._writer.transaction() if batch.documents else self._writer.quiet_transaction():
            self._writer.delete(batch.replaced)
            for (document, file, _), new in zip(batch.documents, passages, strict=True):
                self._writer.add(document, file, new, run=self._run)
            self._writer.documents_seen(batch.unchanged, self._run)
            for read in batch.files:
                self._writer.file_read(read.path, read.sha256, documents=read.documents, failed=read.failed, run=self._run)
        if batch.documents:
            self._after_batch()

    def _prune(self, path: Path) -> None:
        scope = os.path.realpath(path).rstrip(os.sep)
        if not _is_storable(scope):
            return
        gone = [key for key, file, met in self._writer.orphans(scope, self._run) if met or not os.path.lexists(file)]
        if gone:
            with self._writer.transaction():
                self._writer.delete(gone)
                self._writer.forget_files(scope, self._run)
            self._removed += len(gone)
            self._after_batch()

    def _fail(self, source: str, reason: str) -> None:
        self._failed.append(Failure(source, reason))

    def _report(self, done: int) -> None:
        self._on_progress(Progress(_STAGE, done // 1024, max(self._total // 1024, done // 1024)))


def _is_storable(name: str) -> bool:
    """Whether a file's name is text: others are not read, and SQLite cannot keep them."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
