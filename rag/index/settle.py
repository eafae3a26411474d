"""Bringing the derived indexes up to date with SQLite. Every step may be repeated after a crash, and none undoes another."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from rag.errors import ArchiveDamaged
from rag.index.codec import unpack_spans
from rag.index.dense import CHROMA_FROM, ChromaFolder
from rag.index.keys import RECIPE, pack_keys, sentence_keys
from rag.index.lexical import Entry, Fields, LexicalWriter, entry_day, is_current, lexical_fields, names_field
from rag.index.scan import write_rows
from rag.index.store import Derived, Snapshot, Store
from rag.index.writer import Writer
from rag.types import Document, Progress

OnProgress = Callable[[Progress], None]

# Passages beyond the published vectors that readers may have to take from SQLite, 5 ms a thousand, once a process.
_TAIL = 5000
# A Chroma index from which more than this share was deleted is built anew: HNSW only marks what is deleted.
_WORN = 0.2
# Passages whose lemmas are made anew in one transaction.
_AT_ONCE = 1000


class Settler:
    """The writer's hand on the derived indexes, with a connection of its own. Close it when the writing ends."""

    def __init__(self, directory: Path, store: Store) -> None:
        self._directory = directory
        self._store = store
        self._writer = Writer(directory)
        self._lexical: tuple[str, LexicalWriter] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="settle")
        self._under_way: Future[None] | None = None

    def close(self) -> None:
        self._thread.shutdown()
        self._close_lexical()
        self._writer.close()

    def _close_lexical(self) -> None:
        lexical, self._lexical = self._lexical, None
        if lexical is not None:
            lexical[1].close()

    def after_batch(self) -> None:
        """Begin, in a thread of its own, what readers need soon; the next batch is read and embedded meanwhile.

        What fails is raised by the next call, or by `settle`.
        """
        self._wait()
        self._under_way = self._thread.submit(self._soon)

    def _wait(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()

    def _soon(self) -> None:
        """The lexical index, and the vectors when many are not published."""
        self.lexical()
        with self._store.snapshot() as snapshot:
            published = snapshot.derived["vectors"].max_id
            # Half as much again before publishing anew, so that a long run writes each vector a few times, not hundreds.
            due = snapshot.last_passage() - published > max(_TAIL, published // 2)
        if due:
            self.vectors()
            self.tidy()

    def settle(self, on_progress: OnProgress | None = None) -> None:
        """All that is left to do, and the removal of what no reader needs any more."""
        self._wait()
        self.lemmas(on_progress)
        self.lexical()
        self.vectors()
        self.chroma(on_progress)
        self.tidy()

    def lexical(self) -> None:
        """Bring the lexical index up to date from the pending rows and the tombstones, or anew where it is missing or broken."""
        with self._store.snapshot() as snapshot:
            state = snapshot.derived["lexical"]
            missing = bool(state.folder) and not is_current(self._directory / state.folder)
            entries = list(_pending(snapshot))
            last, tombstone = snapshot.last_passage(), snapshot.last_tombstone()
            dead = snapshot.dead_since(state.tombstone).tolist()
        if missing:
            self._relexicalise()
            return
        if not entries and state.tombstone == tombstone:
            return
        folder = state.folder or self._new_folder("lexical")
        try:
            if self._lexical is None or self._lexical[0] != folder:
                self._close_lexical()
                self._lexical = folder, LexicalWriter(self._directory / folder)
            self._lexical[1].update(entries, dead)
        except ArchiveDamaged:
            self._lexical = None
            self._relexicalise()
            return
        with self._writer.transaction():
            self._writer.publish("lexical", folder, max_id=max(last, state.max_id), tombstone=tombstone)
            self._writer.conn.execute("DELETE FROM pending WHERE passage <= ?", (last,))

    def vectors(self, *, anew: bool = False) -> None:
        """Publish the vectors of all passages, unless the published ones are all."""
        with self._store.snapshot() as snapshot:
            if not anew and not self._behind(snapshot, "vectors"):
                return
            folder = self._new_folder("vectors")
            write_rows(snapshot, self._directory / folder)
            last, tombstone = snapshot.last_passage(), snapshot.last_tombstone()
        with self._writer.transaction():
            self._writer.publish("vectors", folder, max_id=last, tombstone=tombstone)

    def chroma(self, on_progress: OnProgress | None = None, *, anew: bool = False) -> None:
        """Publish a Chroma folder with all passages, unless the published one has them, or there are too few to need one."""
        with self._store.snapshot() as snapshot:
            state = snapshot.derived["chroma"]
            needed = snapshot.count_passages() >= CHROMA_FROM
        if needed:
            try:
                self._chroma(on_progress, anew=anew)
            except ArchiveDamaged:
                self._chroma(on_progress, anew=True)
        elif state.folder:
            with self._writer.transaction():
                self._writer.withdraw("chroma")

    def _chroma(self, on_progress: OnProgress | None, *, anew: bool) -> None:
        with self._store.snapshot() as snapshot:
            if not anew and not self._behind(snapshot, "chroma"):
                return
            state = snapshot.derived["chroma"]
            folder = self._new_folder("dense")
            dead = snapshot.dead_since(state.tombstone).tolist()
            base = self._directory / state.folder
            usable = bool(state.folder) and base.exists() and len(dead) <= _WORN * snapshot.count_passages()
            if anew or not usable:
                state, dead = Derived("chroma", "", 0, 0), []
            else:
                shutil.copytree(base, self._directory / folder)
            last, tombstone = snapshot.last_passage(), snapshot.last_tombstone()
            total = snapshot.conn.execute("SELECT count(*) FROM passages WHERE id > ?", (state.max_id,)).fetchone()[0]
            with ChromaFolder(self._directory / folder, create=True) as index:
                index.delete(dead)
                for done in index.upsert((row[0], row[1]) for row in snapshot.tail(state.max_id)):
                    if on_progress:
                        on_progress(Progress("building the dense index, passages", done, total))
        with self._writer.transaction():
            self._writer.publish("chroma", folder, max_id=last, tombstone=tombstone)

    def tidy(self) -> None:
        """Remove folders that SQLite does not name: superseded ones, and those of a writer that was killed."""
        with self._store.snapshot() as snapshot:
            named = {state.folder for state in snapshot.derived.values()}
        for kind in ("lexical", "vectors", "dense"):
            for folder in self._directory.glob(f"{kind}-*"):
                if folder.name not in named:
                    shutil.rmtree(folder, ignore_errors=True)  # what is left goes the next time
        self._writer.conn.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def rebuild(self, on_progress: OnProgress | None = None) -> None:
        """Make all derived indexes anew, each published when it is whole."""
        with self._writer.transaction():
            self._writer.conn.execute("DELETE FROM lemmas WHERE passage NOT IN (SELECT id FROM passages)")
        if not self.lemmas(on_progress):
            self._relexicalise()
        self.vectors(anew=True)
        self.chroma(on_progress, anew=True)
        self.tidy()

    def lemmas(self, on_progress: OnProgress | None = None) -> bool:
        """After a change of RECIPE, make the keys of all passages' lemmas anew, and the lexical index; whether there was one."""
        with self._store.snapshot() as snapshot:
            if snapshot.meta("lemmas") == RECIPE:
                return False
            last = snapshot.last_passage()
        self._relexicalise()
        with self._writer.transaction():
            self._writer.set_meta("lemmas", None)  # until all are there, readers make their own
            self._writer.conn.execute("DELETE FROM lemmas")
        at = 0
        while at < last:
            with self._store.snapshot() as snapshot:
                batch = _lemmas(snapshot, after=at)
            with self._writer.transaction():
                self._writer.conn.executemany("INSERT OR REPLACE INTO lemmas VALUES (?, ?)", batch)
            at = batch[-1][0]
            if on_progress:
                on_progress(Progress("looking up lemmas, passages", at, last))
        with self._writer.transaction():
            self._writer.set_meta("lemmas", RECIPE)
        return True

    def _relexicalise(self) -> None:
        self._close_lexical()
        folder = self._new_folder("lexical")
        with self._store.snapshot() as snapshot:
            last, tombstone = snapshot.last_passage(), snapshot.last_tombstone()
            fresh = LexicalWriter(self._directory / folder)
            fresh.update(_all_entries(snapshot))
            fresh.close()
        with self._writer.transaction():
            self._writer.publish("lexical", folder, max_id=last, tombstone=tombstone)
            self._writer.conn.execute("DELETE FROM pending WHERE passage <= ?", (last,))

    def _behind(self, snapshot: Snapshot, name: str) -> bool:
        state = snapshot.derived[name]
        return (
            not (self._directory / state.folder).exists()
            or state.max_id < snapshot.last_passage()
            or state.tombstone < snapshot.last_tombstone()
        )

    def _new_folder(self, kind: str) -> str:
        with self._writer.quiet_transaction():
            name = f"{kind}-{self._writer.next_number('folders')}"
        shutil.rmtree(self._directory / name, ignore_errors=True)
        return name


def _pending(snapshot: Snapshot) -> Iterator[Entry]:
    rows = snapshot.conn.execute(
        "SELECT w.passage, w.body, w.surface, w.title, p.document, p.start, p.end FROM pending w"
        " JOIN passages p ON p.id = w.passage ORDER BY w.passage"
    )
    for id_, body, surface, title, key, start, end in rows:
        yield _entry(id_, (body, surface, title), snapshot.documents([key])[key], start, end)


def _all_entries(snapshot: Snapshot) -> Iterator[Entry]:
    for id_, key, start, end in snapshot.conn.execute("SELECT id, document, start, end FROM passages ORDER BY id"):
        document = snapshot.documents([key])[key]
        yield _entry(id_, lexical_fields(document, start, end), document, start, end)


def _entry(id_: int, fields: Fields, document: Document, start: int, end: int) -> Entry:
    return Entry(id_, fields, document.language, document.outlet, entry_day(document), names_field(document, start, end))


def _lemmas(snapshot: Snapshot, *, after: int) -> list[tuple[int, bytes]]:
    """The packed keys of the lemmas of some passages with larger ids than `after`."""
    rows = snapshot.conn.execute(
        "SELECT id, document, sentences FROM passages WHERE id > ? ORDER BY id LIMIT ?", (after, _AT_ONCE)
    ).fetchall()
    documents = snapshot.documents({key for _, key, _ in rows})
    return [(id_, pack_keys(sentence_keys(documents[key], unpack_spans(packed)))) for id_, key, packed in rows]
