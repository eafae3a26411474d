"""Bringing the derived indexes up to date with SQLite. Every step may be repeated after a crash, and none undoes another."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from rag.index.dense import ChromaFolder
from rag.index.lexical import Entry, LexicalWriter, entry_day, lexical_fields
from rag.index.scan import write_rows
from rag.index.store import Derived, Snapshot, Store
from rag.index.writer import Writer
from rag.types import Progress

OnProgress = Callable[[Progress], None]

# Passages beyond the published vectors that readers may have to take from SQLite, 5 ms a thousand, once a process.
_TAIL = 5000
# A Chroma index from which more than this share was deleted is built anew: HNSW only marks what is deleted.
_WORN = 0.2


class Settler:
    """The writer's hand on the derived indexes. Close it when the writing ends."""

    def __init__(self, directory: Path, store: Store, writer: Writer) -> None:
        self._directory = directory
        self._store = store
        self._writer = writer
        self._lexical: tuple[str, LexicalWriter] | None = None

    def close(self) -> None:
        if self._lexical is not None:
            self._lexical[1].close()
            self._lexical = None

    def after_batch(self) -> None:
        """What readers need soon: the lexical index, and the vectors when many are not published."""
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
        self.lexical()
        self.vectors()
        self.chroma(on_progress)
        self.tidy()

    def lexical(self) -> None:
        """Bring the lexical index up to date from the pending rows and the tombstones, or anew where it is missing."""
        with self._store.snapshot() as snapshot:
            state = snapshot.derived["lexical"]
            missing = bool(state.folder) and not (self._directory / state.folder).exists()
            entries = list(_pending(snapshot))
            last, tombstone = snapshot.last_passage(), snapshot.last_tombstone()
            dead = snapshot.dead_since(state.tombstone).tolist()
        if missing:
            self._relexicalise()
            return
        if not entries and state.tombstone == tombstone:
            return
        folder = state.folder or self._new_folder("lexical")
        if self._lexical is None or self._lexical[0] != folder:
            self.close()
            self._lexical = folder, LexicalWriter(self._directory / folder)
        self._lexical[1].update(entries, dead)
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
        """Publish a Chroma folder with all passages, unless the published one has them."""
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
        self._relexicalise()
        self.vectors(anew=True)
        self.chroma(on_progress, anew=True)
        self.tidy()

    def _relexicalise(self) -> None:
        self.close()
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
        "SELECT w.passage, w.body, w.surface, w.title, d.language, d.outlet, d.day FROM pending w"
        " JOIN passages p ON p.id = w.passage JOIN documents d ON d.key = p.document ORDER BY w.passage"
    )
    for id_, body, surface, title, language, outlet, day in rows:
        yield Entry(id_, (body, surface, title), language, outlet, day)


def _all_entries(snapshot: Snapshot) -> Iterator[Entry]:
    for id_, key, start, end in snapshot.conn.execute("SELECT id, document, start, end FROM passages ORDER BY id"):
        document = snapshot.documents([key])[key]
        fields = lexical_fields(document, start, end)
        yield Entry(id_, fields, document.language, document.outlet, entry_day(document))
