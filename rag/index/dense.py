"""Dense search with Chroma: an approximate index (HNSW) over the passage vectors, for archives that grow large.

Chroma's files are safe among threads, not among processes, so each publication has a folder of its own that never
changes once SQLite names it. Only this file imports Chroma, and only when it is needed: the import takes 0.7 to 2.5 s, a
passage takes 2 KB of disk and as much memory, and up to some 100,000 passages an exact scan (`scan.py`) answers as fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from rag.errors import ArchiveDamaged
from rag.index.codec import Vectors, unpack_vectors

if TYPE_CHECKING:
    from chromadb.api.client import Client

_COLLECTION = "passages"
# From how many passages on there is a Chroma index at all. An exact scan takes 6 ms for each 100,000.
CHROMA_FROM = 250_000
# On 100,000 passages as crowded as real ones (`eval/filler.py`): built in 57 s of one core, 3 ms a query, recall@50 .996
# against the exact scan. With half of both neighbours and ef_construction: 22 s, and .950; looking among 400 instead of 800:
# 1.5 ms, and .990.
_HNSW: dict[str, Any] = {
    "space": "cosine",
    "ef_construction": 200,
    "max_neighbors": 32,
    "ef_search": 800,
    "batch_size": 1000,
    "sync_threshold": 1000,
}
_BATCH = 5000


class ChromaFolder:
    """An open Chroma folder. Use it in a `with` block, or close it: Chroma keeps files open until then."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Raises FileNotFoundError where there is no such folder and none is to be made, ArchiveDamaged where it is broken.

        Chroma writes to a folder even when it only reads, so that a read-only one is broken in its eyes.
        """
        if not create and not (folder / "chroma.sqlite3").exists():
            raise FileNotFoundError(folder)
        import chromadb
        from chromadb.config import Settings

        self._folder = folder
        with self._damage("open"):
            client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
        self._client = cast("Client", client)
        try:
            with self._damage("read"):
                if create:
                    self._passages: Any = self._client.get_or_create_collection(
                        _COLLECTION, embedding_function=None, configuration=cast("Any", {"hnsw": _HNSW})
                    )
                else:
                    self._passages = self._client.get_collection(_COLLECTION, embedding_function=None)
        except (FileNotFoundError, ArchiveDamaged):
            self.close()
            raise

    def __enter__(self) -> ChromaFolder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    @contextmanager
    def _damage(self, doing: str) -> Iterator[None]:
        """What Chroma finds wrong, as our errors. A folder without our collection is one that is not there."""
        import chromadb

        try:
            yield
        except chromadb.errors.NotFoundError as error:
            raise FileNotFoundError(self._folder) from error
        except chromadb.errors.ChromaError as error:
            where = f"its folder {self._folder}"
            raise ArchiveDamaged(f"Chroma cannot {doing} {where}: {error}. Repair it: sverka rebuild") from error

    def __len__(self) -> int:
        count: int = self._passages.count()
        return count

    def upsert(self, rows: Iterator[tuple[int, bytes]]) -> Iterator[int]:
        """Store packed vectors under their passages' ids; yields how many are stored, after each batch."""
        done = 0
        while batch := list(islice(rows, _BATCH)):
            vectors = unpack_vectors([vector for _, vector in batch])
            with self._damage("write to"):
                self._passages.upsert(ids=[str(id_) for id_, _ in batch], embeddings=vectors)
            done += len(batch)
            yield done

    def delete(self, ids: Sequence[int]) -> None:
        """Remove passages; ids that it does not hold are ignored."""
        for start in range(0, len(ids), _BATCH):
            with self._damage("write to"):
                self._passages.delete(ids=[str(id_) for id_ in ids[start : start + _BATCH]])

    def search(self, vector: Vectors, limit: int) -> list[tuple[int, float]]:
        """The nearest passages as (id, cosine), best first."""
        with self._damage("search"):
            found = self._passages.query(query_embeddings=vector[None], n_results=limit, include=["distances"])
        return [(int(id_), 1.0 - distance) for id_, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def ids(self) -> list[int]:
        """The ids of all passages in it, ascending."""
        return sorted(int(id_) for id_ in self._passages.get(include=[])["ids"])

    def vectors(self, ids: Sequence[int]) -> dict[int, Vectors]:
        """The stored vectors of some passages."""
        found = self._passages.get(ids=[str(id_) for id_ in ids], include=["embeddings"])
        return {int(id_): vector for id_, vector in zip(found["ids"], found["embeddings"], strict=True)}
