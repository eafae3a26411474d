"""Dense search with Chroma: an approximate index (HNSW) over the passage vectors, for archives that grow large.

Chroma's files are safe among threads, not among processes, so each publication has a folder of its own that never
changes once SQLite names it. Only this file imports Chroma, and only when it is needed: the import takes 0.7 to 2.5 s,
and up to about 100,000 passages an exact scan (`scan.py`) answers as fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from rag.errors import ArchiveDamaged
from rag.index.codec import Vectors, unpack_vectors

if TYPE_CHECKING:
    from chromadb.api.client import Client

_COLLECTION = "passages"
# At 100,000 passages on two cores: built in 22 s, 1.9 ms a query, recall@50 .999 against the exact scan. A wider
# ef_construction or more neighbours build two to five times as long for the thousandth that is left.
_HNSW: dict[str, Any] = {
    "space": "cosine",
    "ef_construction": 100,
    "max_neighbors": 16,
    "ef_search": 400,
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

        try:
            client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
        except chromadb.errors.ChromaError as error:
            raise ArchiveDamaged(f"Chroma cannot open its folder {folder}: {error}. Repair it: sverka rebuild") from error
        self._client = cast("Client", client)
        try:
            if create:
                self._passages: Any = self._client.get_or_create_collection(
                    _COLLECTION, embedding_function=None, configuration=cast("Any", {"hnsw": _HNSW})
                )
            else:
                self._passages = self._client.get_collection(_COLLECTION, embedding_function=None)
        except chromadb.errors.NotFoundError as error:
            self.close()
            raise FileNotFoundError(folder) from error
        except chromadb.errors.ChromaError as error:
            self.close()
            raise ArchiveDamaged(f"Chroma cannot read its folder {folder}: {error}. Repair it: sverka rebuild") from error

    def __enter__(self) -> ChromaFolder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def __len__(self) -> int:
        count: int = self._passages.count()
        return count

    def upsert(self, rows: Iterator[tuple[int, bytes]]) -> Iterator[int]:
        """Store packed vectors under their passages' ids; yields how many are stored, after each batch."""
        done = 0
        while batch := list(islice(rows, _BATCH)):
            vectors = unpack_vectors([vector for _, vector in batch])
            self._passages.upsert(ids=[str(id_) for id_, _ in batch], embeddings=vectors)
            done += len(batch)
            yield done

    def delete(self, ids: Sequence[int]) -> None:
        """Remove passages; ids that it does not hold are ignored."""
        for start in range(0, len(ids), _BATCH):
            self._passages.delete(ids=[str(id_) for id_ in ids[start : start + _BATCH]])

    def search(self, vector: Vectors, limit: int) -> list[tuple[int, float]]:
        """The nearest passages as (id, cosine), best first."""
        import chromadb

        try:
            found = self._passages.query(query_embeddings=vector[None], n_results=limit, include=["distances"])
        except chromadb.errors.ChromaError as error:
            raise ArchiveDamaged(f"Chroma cannot search its folder: {error}. Repair it: sverka rebuild") from error
        return [(int(id_), 1.0 - distance) for id_, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def ids(self) -> list[int]:
        """The ids of all passages in it, ascending."""
        return sorted(int(id_) for id_ in self._passages.get(include=[])["ids"])

    def vectors(self, ids: Sequence[int]) -> dict[int, Vectors]:
        """The stored vectors of some passages."""
        found = self._passages.get(ids=[str(id_) for id_ in ids], include=["embeddings"])
        return {int(id_): vector for id_, vector in zip(found["ids"], found["embeddings"], strict=True)}


