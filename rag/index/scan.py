"""Dense search by scanning every vector: exact, with any filter, and without starting Chroma.

The published vectors lie in a folder of flat files that never change, mapped into memory and shared by all processes;
passages committed since then are read from SQLite. One scan of 100,000 vectors of 384 float32 components takes 4 ms on
two cores (3.6 ms in one matrix product; from float16 files, which numpy must convert, 48 ms).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import ArchiveDamaged
from rag.index.codec import Vectors
from rag.index.store import Derived, Snapshot
from rag.types import Query

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]

_UNKNOWN = -1
_ARRAYS = {"ids": np.int64, "languages": np.int32, "outlets": np.int32, "days": np.int32}
_BLOCK = 4096
# Each commit seen since the last publication adds a part; so many are read again as one.
_PARTS = 32


@dataclass(frozen=True, slots=True)
class Rows:
    """Passages as parallel arrays, ascending by id: vectors of shape (n, dim), and what filters ask for.

    `languages` and `outlets` are positions in the tuples of names, -1 where unknown; `days` are date.toordinal(), 0
    where unknown.
    """

    ids: Ids
    vectors: Vectors
    languages: NDArray[np.int32]
    outlets: NDArray[np.int32]
    days: NDArray[np.int32]
    language_names: tuple[str, ...]
    outlet_names: tuple[str, ...]

    def matching(self, query: Query) -> Mask | None:
        """Which rows the query's filters leave; None for all."""
        masks = []
        for column, names, wanted in (
            (self.languages, self.language_names, query.languages),
            (self.outlets, self.outlet_names, query.outlets),
        ):
            if wanted:
                masks.append(np.isin(column, [names.index(name) for name in wanted if name in names]))
        if query.since or query.until:
            first = query.since.toordinal() if query.since else 1
            masks.append((self.days >= first) & (self.days <= (query.until or date.max).toordinal()))
        return np.logical_and.reduce(masks) if masks else None

    def without(self, dead: Ids) -> Mask | None:
        """Which rows are left when the passages `dead` are gone; None for all."""
        if not len(dead) or not len(self.ids):
            return None
        places = np.searchsorted(self.ids, dead)
        places = places[places < len(self.ids)]
        hit = places[np.isin(self.ids[places], dead)]
        if not len(hit):
            return None
        alive = np.ones(len(self.ids), dtype=bool)
        alive[hit] = False
        return alive

    def best(self, vector: Vectors, allowed: Mask | None, limit: int) -> tuple[Ids, Vectors]:
        """Ids and cosines of the best rows among those allowed, in no order."""
        count = len(self.ids) if allowed is None else int(allowed.sum())
        if not count:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if allowed is not None and count < len(self.ids) // 8:  # gathering rows costs more than multiplying them all
            rows = np.flatnonzero(allowed)
            scores, ids = self.vectors[rows] @ vector, self.ids[rows]
        else:
            scores, ids = self.vectors @ vector, self.ids
            if allowed is not None:
                scores = np.where(allowed, scores, np.float32(-np.inf))
        chosen = np.argpartition(scores, -min(limit, count))[-min(limit, count) :]
        return ids[chosen], scores[chosen]


def _both(first: Mask | None, second: Mask | None) -> Mask | None:
    if first is None or second is None:
        return second if first is None else first
    return first & second


class _Names:
    """Gives each name a small number."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.numbers = {name: number for number, name in enumerate(names)}

    def number(self, name: str | None) -> int:
        return _UNKNOWN if name is None else self.numbers.setdefault(name, len(self.numbers))


def read_rows(snapshot: Snapshot, after: int) -> Rows | None:
    """The passages with larger ids than `after`, read from SQLite; None where there are none."""
    languages, outlets = _Names(), _Names()
    numbers: list[tuple[int, int, int, int]] = []
    vectors: list[bytes] = []
    for id_, vector, language, outlet, day in snapshot.tail(after):
        numbers.append((id_, languages.number(language), outlets.number(outlet), day))
        vectors.append(vector)
    if not numbers:
        return None
    columns = np.array(numbers, dtype=np.int64).T
    return Rows(
        ids=columns[0],
        vectors=np.frombuffer(b"".join(vectors), dtype="<f2").reshape(len(vectors), -1).astype(np.float32),
        languages=columns[1].astype(np.int32),
        outlets=columns[2].astype(np.int32),
        days=columns[3].astype(np.int32),
        language_names=tuple(languages.numbers),
        outlet_names=tuple(outlets.numbers),
    )


def write_rows(snapshot: Snapshot, folder: Path) -> int:
    """Write all passages of the snapshot into a new folder, for `open_rows`. Returns how many they are."""
    folder.mkdir(parents=True)
    count = snapshot.count_passages()
    if not count:
        return 0
    dim = len(snapshot.conn.execute("SELECT vector FROM vectors LIMIT 1").fetchone()[0]) // 2
    vectors = np.lib.format.open_memmap(folder / "vectors.npy", mode="w+", dtype=np.float32, shape=(count, dim))
    columns = {name: np.empty(count, dtype) for name, dtype in _ARRAYS.items()}
    languages, outlets = _Names(), _Names()
    block: list[bytes] = []
    done = 0

    def flush() -> None:
        nonlocal done
        if block:
            packed = np.frombuffer(b"".join(block), dtype="<f2").reshape(len(block), dim)
            vectors[done : done + len(block)] = packed
            done += len(block)
            block.clear()

    for row, (id_, vector, language, outlet, day) in enumerate(snapshot.tail(0)):
        numbers = (id_, languages.number(language), outlets.number(outlet), day)
        for name, number in zip(_ARRAYS, numbers, strict=True):
            columns[name][row] = number
        block.append(vector)
        if len(block) == _BLOCK:
            flush()
    flush()
    vectors.flush()
    for name, column in columns.items():
        np.save(folder / f"{name}.npy", column)
    (folder / "names.json").write_text(json.dumps({"languages": list(languages.numbers), "outlets": list(outlets.numbers)}))
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())  # SQLite must not name files that a power cut could still take away
    return count


def open_rows(folder: Path) -> Rows | None:
    """The rows in a folder, mapped into memory; None for a folder without passages.

    Raises FileNotFoundError where the folder is gone, ArchiveDamaged where its files contradict one another.
    """
    if not (folder / "vectors.npy").exists():
        if not folder.exists():
            raise FileNotFoundError(folder)
        return None
    try:
        vectors: Any = np.load(folder / "vectors.npy", mmap_mode="r")
        columns = {name: np.load(folder / f"{name}.npy") for name in _ARRAYS}
        names = json.loads((folder / "names.json").read_text())
    except ValueError as error:
        raise _damaged(folder, error) from error
    if any(len(column) != len(vectors) for column in columns.values()):
        raise _damaged(folder, "its files differ in length")
    return Rows(
        vectors=np.asarray(vectors),
        language_names=tuple(names["languages"]),
        outlet_names=tuple(names["outlets"]),
        **columns,
    )


def _damaged(folder: Path, reason: object) -> ArchiveDamaged:
    return ArchiveDamaged(f"The vectors in {folder} cannot be read: {reason}. Repair them: sverka rebuild")


@dataclass(frozen=True, slots=True)
class Scan:
    """All vectors of one generation of the archive: those published, those after them, and the passages deleted since."""

    generation: int
    published: Derived
    rows: tuple[Rows, ...]
    alive: tuple[Mask | None, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, directory: Path, before: Scan | None = None) -> Scan:
        """The scan for a snapshot. What one of an earlier generation has read is used again.

        Raises FileNotFoundError where the published folder was replaced after the snapshot was taken: take another.
        """
        published = snapshot.derived["vectors"]
        if before is not None and before.published == published and len(before.rows) < _PARTS:
            parts = list(before.rows)
        else:
            rows = open_rows(directory / published.folder) if published.folder else None
            parts = [] if rows is None else [rows]
        newest = max([published.max_id, *(int(part.ids[-1]) for part in parts)])
        tail = read_rows(snapshot, newest)
        if tail is not None:
            parts.append(tail)
        dead = snapshot.dead_since(published.tombstone)
        return cls(snapshot.generation, published, tuple(parts), tuple(part.without(dead) for part in parts))

    def __len__(self) -> int:
        """How many rows there are, deleted ones included."""
        return sum(len(part.ids) for part in self.rows)

    def search(
        self, vector: Vectors, query: Query, *, limit: int, only: Ids | None = None, after: int = 0
    ) -> list[tuple[int, float]]:
        """The passages nearest to `vector` within the query's filters, as (id, cosine), best first.

        `only`: the ids to choose from, ascending. `after`: only passages with larger ids.
        """
        ids, scores = [], []
        for part, alive in zip(self.rows, self.alive, strict=True):
            allowed = _both(alive, part.matching(query))
            if only is not None:
                allowed = _both(allowed, np.isin(part.ids, only, assume_unique=True))
            if after:
                allowed = _both(allowed, part.ids > after)
            found = part.best(vector, allowed, limit)
            ids.append(found[0])
            scores.append(found[1])
        return merged(zip(ids, scores, strict=True), limit)


def merged(parts: Iterable[tuple[Ids, Vectors]], limit: int) -> list[tuple[int, float]]:
    """The best of several lists of ids and scores, best first; equal scores by id, so that the order is always the same."""
    pairs: Sequence[tuple[int, float]] = [
        pair for ids, scores in parts for pair in zip(ids.tolist(), scores.tolist(), strict=True)
    ]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:limit]
