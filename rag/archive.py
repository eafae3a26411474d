"""Archive: a directory of indexed documents. Many may read it while one writes."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from filelock import FileLock, Timeout

from rag import ingest
from rag.embed import Embedder, load_embedder
from rag.embed.base import QuestionVectors
from rag.errors import ArchiveError, ArchiveLocked, DocumentMissing, IngestError
from rag.index import copies, schema
from rag.index.candidates import Searcher, StampChanged
from rag.index.codec import Vectors, WordCodes
from rag.index.evidence import Asked, idf
from rag.index.lexical import LexicalView
from rag.index.operators import Operators, parse_operators
from rag.index.rank import Found, Ranking, rank
from rag.index.reembed import give_up, reembed
from rag.index.run import Run
from rag.index.settle import Settler
from rag.index.stamp import Stamp
from rag.index.store import Store, Stored
from rag.index.verify import Verification, verify
from rag.index.writer import Writer
from rag.ingest import Chunk
from rag.ingest.errors import Unreadable
from rag.ingest.sidecar import TEXT_ENDINGS, given_for
from rag.settings import Settings
from rag.text.question import Question, analyse
from rag.types import ArchiveStats, Document, Hit, IndexReport, Progress, Query

OnProgress = Callable[[Progress], None]

_LOCK = "writer.lock"
_HOLDER = "writer.pid"


class Archive:
    """An open archive. Make one with `create` or `open`; close it, or use it in a `with` block.

    Safe to use from several threads, and beside other processes, one of which may be writing.
    """

    def __init__(self, directory: Path, stamp: Stamp, settings: Settings) -> None:
        """Not for use from outside: call `create` or `open`."""
        self.path = directory
        self.settings = settings
        self._stamp = stamp
        self._stamp_text = stamp.to_json()
        self._store = Store(directory)
        self._searcher = Searcher(directory, self._store)
        self._embedder: Embedder | None = None
        self._loading = threading.Lock()

    @classmethod
    def create(cls, directory: str | os.PathLike[str], *, settings: Settings | None = None) -> Archive:
        """A new, empty archive. Raises ArchiveExists, or ArchiveError where the directory cannot be written."""
        path = Path(directory).expanduser().absolute()
        settings = settings or Settings.from_env()
        stamp = Stamp.of(settings)
        schema.create(path, stamp.to_json())
        return cls(path, stamp, settings)

    @classmethod
    def open(cls, directory: str | os.PathLike[str], *, settings: Settings | None = None) -> Archive:
        """The archive in `directory`, under its own stamp, or under `settings` where they agree with it.

        Raises ArchiveMissing, ArchiveDamaged, or StampMismatch naming each setting that differs.
        """
        path = Path(directory).expanduser().absolute()
        stamp = Stamp.from_json(schema.read_stamp(path))
        if settings is None:
            settings = stamp.apply(Settings.from_env(embedder="bundled"))
        else:
            stamp.check_settings(settings, path)
        return cls(path, stamp, settings)

    def close(self) -> None:
        """Let all files go. The archive cannot be used afterwards."""
        self._searcher.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # reading

    @property
    def stamp(self) -> dict[str, object]:
        """What the archive was built under: the settings that shape it, and the embedder's own stamp."""
        return self._stamp.to_dict()

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that name the stamp."""
        return self._stamp.fingerprint

    @property
    def embedder(self) -> Embedder:
        """The archive's embedder, loaded when it is first needed. Raises EmbedderError, or StampMismatch."""
        return self._load_embedder(None)

    def _load_embedder(self, on_progress: OnProgress | None) -> Embedder:
        with self._loading:
            if self._embedder is None:
                loaded = load_embedder(self.settings, on_progress=on_progress)
                self._stamp.check_model(loaded.stamp, self.path)
                self._embedder = loaded
            return self._embedder

    def search(self, query: Query | str) -> tuple[Hit, ...]:
        """The best passages, `query.k` at most, best first.

        "Quoted words" must stand in the passage side by side, in whatever form, and -excluded words must not;
        but not where `query` is prose, which ends like a sentence: `rag.index.operators`.
        """
        query = query if isinstance(query, Query) else Query(query)
        operators = parse_operators(query.text)
        return rank(query, *self._candidates(query, operators if operators else None)).hits

    def retrieve(self, query: Query) -> Ranking:
        """The ranked passages and sentences for a question, in which no character is an operator."""
        return rank(query, *self.candidates(query))

    def candidates(self, query: Query) -> tuple[Asked, Sequence[tuple[Found, Stored]]]:
        """The question as ranking sees it, and what it chooses among: what `retrieve` ranks, and `eval.fit` learns from."""
        return self._candidates(query, None)

    def _candidates(self, query: Query, operators: Operators | None) -> tuple[Asked, Sequence[tuple[Found, Stored]]]:
        text = operators.text if operators else query.text
        while True:
            stamp = self._stamp_text
            vectors = self._embed(analyse(text)) if query.mode != "lexical" else None
            vector = None if vectors is None else vectors[0].vector
            try:
                found = self._searcher.candidates(query, vector, stamp=stamp, operators=operators)
            except StampChanged:
                self._follow_stamp()
                continue
            return _asked(text, vectors, found.lexical), found.found

    def _embed(self, question: Question) -> tuple[QuestionVectors, Vectors]:
        """The question's vectors, and that of its bare form."""
        whole = self.embedder.embed_question(question.text)
        if question.bare == question.text:
            return whole, whole.vector
        return whole, self.embedder.embed_queries([question.bare])[0]

    def _follow_stamp(self) -> None:
        """Another process has set the archive's stamp: by its first indexing, or by making its vectors anew."""
        text = schema.read_stamp(self.path)
        stamp = Stamp.from_json(text)
        with self._loading:
            if self._embedder is not None and dict(self._embedder.stamp) != dict(stamp.model):
                self._embedder = None
            self.settings = stamp.apply(self.settings)
            self._stamp, self._stamp_text = stamp, text

    def read(self, doc_id: str) -> Document:
        """The document with this id. Raises DocumentMissing."""
        with self._store.snapshot() as snapshot:
            return snapshot.document(doc_id)

    def count(self, query: Query | None = None) -> int:
        """How many documents there are, or, with a query, how many its filters leave."""
        with self._store.snapshot() as snapshot:
            return snapshot.count(query)

    def tally(self, query: Query) -> dict[tuple[str | None, str | None], int]:
        """How many documents the query's filters leave, by outlet and language (None where unknown)."""
        with self._store.snapshot() as snapshot:
            return snapshot.tally(query)

    def languages(self) -> tuple[str, ...]:
        """The languages of the documents, in alphabetical order."""
        with self._store.snapshot() as snapshot:
            return snapshot.languages()

    def latest(self) -> date | None:
        """The last day that a document was published on; None where no document has a date."""
        with self._store.snapshot() as snapshot:
            return snapshot.latest()

    def origins(self, doc_ids: Iterable[str]) -> dict[str, str]:
        """For each of these documents the id of the first of its copies: reprints of one text share it.

        That is the first published of them, then the first indexed; the document itself where it has no copies, or is not
        in the archive. In an archive made before copies were looked for, each is alone until the next `index` or `rebuild`.
        """
        with self._store.snapshot() as snapshot:
            return copies.origins(snapshot.conn, doc_ids)

    def stats(self) -> ArchiveStats:
        """What the archive holds."""
        with self._store.snapshot() as snapshot:
            stamp = Stamp.from_json(snapshot.meta("stamp"))
            return snapshot.stats(embedder=stamp.embedder, size=_size(self.path))

    def verify(self) -> Verification:
        """Check every text, span and vector, and the derived indexes against SQLite. Changes nothing."""
        return verify(self.path, self._store)

    def warm(self) -> None:
        """For a program that stays: load now what the first question would wait for."""
        _ = self.embedder
        self._searcher.warm()

    # writing

    def index(
        self,
        paths: Sequence[str | os.PathLike[str]] | str | os.PathLike[str],
        *,
        prune: bool = False,
        on_progress: OnProgress | None = None,
    ) -> IndexReport:
        """Bring the archive up to date with the files under `paths`: new and changed documents are read, others kept.

        `prune` removes the documents under `paths` whose file or record is gone. What cannot be read is in the report
        and stops nothing else. May be cut short at any moment, and finishes when it is called again.
        Raises ArchiveLocked while another process writes.
        """
        named = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
        with self._writing() as (writer, settler):
            copies.catch_up(writer.conn, writer.quiet_transaction, on_progress)
            sources = _Sources(self.settings, lambda: self._stamped_embedder(writer, on_progress))
            run = Run(writer, sources, after_batch=settler.after_batch, on_progress=on_progress)
            report = run.index([Path(path).expanduser() for path in named], prune=prune)
            settler.settle(on_progress)
            return report

    def remove(self, doc_ids: Iterable[str]) -> None:
        """Remove documents. Raises DocumentMissing, and removes none, where the archive does not hold one of them.

        While its file is still there, a document comes back when that is indexed again.
        """
        ids = [doc_ids] if isinstance(doc_ids, str) else list(dict.fromkeys(doc_ids))
        with self._writing() as (writer, settler):
            known = [(id_, writer.by_id(id_)) for id_ in ids]
            missing = [id_ for id_, found in known if found is None]
            if missing:
                raise DocumentMissing(f"The archive holds no document with the id {missing[0]!r}. Nothing was removed.")
            with writer.transaction():
                writer.remove([found for _, found in known if found is not None])
            settler.settle()

    def rebuild(self, embedder: str | None = None, *, on_progress: OnProgress | None = None) -> None:
        """Make the derived indexes anew from SQLite, and before that, with `embedder`, all passages and vectors.

        An interrupted change of the embedder goes on where it was when it is called again with the same name, and is given
        up when it is called without one; until its end the archive answers from the old vectors. Raises EmbedderError, or
        ArchiveLocked while another process writes.
        """
        with self._writing() as (writer, settler):
            if embedder is None:
                give_up(self.path)
                with writer.transaction():
                    copies.tidy(writer.conn)
                copies.catch_up(writer.conn, writer.quiet_transaction, on_progress)
                settler.rebuild(on_progress)
                return
            settings = replace(self.settings, embedder=embedder, query_prefix=None, passage_prefix=None)
            loaded = load_embedder(settings, on_progress=on_progress)
            sources = _Sources(settings, lambda: loaded)
            stamp = Stamp.of(settings, loaded.stamp)
            reembed(
                self.path,
                self._store,
                writer,
                stamp=stamp,
                chunk=sources.chunk,
                embedder=sources,
                on_progress=on_progress,
            )
            settler.tidy()
            self._follow_stamp()

    def _stamped_embedder(self, writer: Writer, on_progress: OnProgress | None) -> Embedder:
        """The embedder, its stamp written into the archive if it is the first to be used there."""
        embedder = self._load_embedder(on_progress)
        if not self._stamp.model:
            stamp = Stamp(self._stamp.settings, dict(embedder.stamp))
            with writer.transaction():
                writer.set_meta("stamp", stamp.to_json())
            self._stamp, self._stamp_text = stamp, stamp.to_json()
        return embedder

    @contextmanager
    def _writing(self) -> Iterator[tuple[Writer, Settler]]:
        with writer_lock(self.path):
            writer = Writer(self.path)
            settler = Settler(self.path, self._store)
            try:
                self._follow_stamp()
                yield writer, settler
            finally:
                settler.close()
                writer.close()


class _Sources:
    """Ingest and embedder, as a run of indexing uses them. The embedder is loaded at the first new document."""

    def __init__(self, settings: Settings, load: Callable[[], Embedder]) -> None:
        self._settings = settings
        self._load = cache(load)

    def discover(self, path: Path) -> Iterator[Path]:
        return ingest.discover([path])

    def fingerprint(self, path: Path) -> str:
        return fingerprint(path)

    def read(self, path: Path) -> Iterator[Document | IngestError]:
        return ingest.read(path)

    def chunk(self, document: Document) -> tuple[Chunk, ...]:
        embedder = self._load()
        most = min(self._settings.passage_tokens, embedder.max_tokens)
        return ingest.chunk(document, max_tokens=most, count_tokens=embedder.count_tokens)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._load().embed_passages(texts)

    def embed_sentences(self, texts: Sequence[str]) -> tuple[Vectors, Sequence[WordCodes] | None]:
        return self._load().embed_sentences(texts)


def fingerprint(path: Path) -> str:
    """A hash of all that shapes a file's documents: its bytes, and what a sidecar or manifest says of it."""
    if not path.is_file():  # a pipe would be waited for
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    if path.suffix.lower() in TEXT_ENDINGS:
        try:
            digest.update(repr(given_for(path)).encode())
        except Unreadable as error:
            digest.update(str(error).encode())
    return digest.hexdigest()


@contextmanager
def writer_lock(directory: Path) -> Iterator[None]:
    """Hold the archive's writer lock. Raises ArchiveLocked, naming the process that has it.

    The operating system releases the lock when its holder ends, however it ends.
    """
    holder = directory / _HOLDER
    lock = FileLock(directory / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        try:
            who = f"Process {int(holder.read_text())}"
        except (OSError, ValueError):
            who = "Another process"
        raise ArchiveLocked(f"{who} is writing to the archive {directory}. Wait until it has finished, and try again.") from error
    except OSError as error:
        raise ArchiveError(f"The archive {directory} cannot be written to: {error}. Check its permissions.") from error
    try:
        holder.write_text(str(os.getpid()))
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _asked(text: str, embedded: tuple[QuestionVectors, Vectors] | None, lexical: LexicalView | None) -> Asked:
    """The question as ranking sees it, its words weighed by how rare they are in the archive."""
    question = analyse(text)
    if lexical is None:
        weights = np.ones(len(question.terms))
    else:
        weights = np.array([idf(lexical.document_frequency, lexical.passages, term.lemma) for term in question.terms])
    if embedded is None:
        return Asked(question, None, None, None, (), weights)
    vectors, bare = embedded
    places = {term.folded: place for place, term in enumerate(question.terms)}
    rows = [row for row, name in enumerate(vectors.names) if name in places]
    words = vectors.words[rows] if rows else None
    return Asked(question, vectors.vector, bare, words, tuple(places[vectors.names[row]] for row in rows), weights)


def _size(directory: Path) -> int:
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())
