"""Dense search by scanning every vector: with any filter, and without starting Chroma.

The published vectors lie in a folder of flat files that never change, mapped into memory and shared by all processes;
passages committed since then are read from SQLite. They are scanned as int8, and the best, twice as many as are wanted,
are compared again with the vectors as SQLite has them: on 100,000 vectors of 384 dimensions, mixed pairwise from 3,000,
the best 50 are always among the 64 best by int8. A scan takes 6 ms of one core, from 39 MB; float32 would take 4 ms from
154 MB, and float16, which numpy converts slowly, 48 ms.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import ArchiveDamaged
from rag.index.codec import Levels, Vectors, quantise, unpack_vectors
from rag.index.store import Derived, Snapshot
from rag.types import Query

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]

_UNKNOWN = -1
_ARRAYS: dict[str, Any] = {"ids": np.int64, "scales": np.float32, "languages": np.int32, "outlets": np.int32, "days": np.int32}
_LEVELS = "levels.npy"
_BLOCK = 4096
# Rows multiplied at once. Larger blocks are no faster alone, and ten times slower when other processes want the cores:
# the threads of the matrix product then wait for each other.
_PRODUCT = 1024
# Candidates by int8 for each one wanted.
_SHORTLIST = 2
# Each commit seen since the last publication adds a part; so many are read again as one.
_PARTS = 32


@dataclass(frozen=True, slots=True)
class Rows:
    """Passages as parallel arrays, ascending by id: int8 levels of shape (n, dim), a scale each, and what filters ask for.

    `languages` and `outlets` are positions in the tuples of names, -1 where unknown; `days` are date.toordinal(), 0
    where unknown.
    """

    ids: Ids
    levels: Levels
    scales: Vectors
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
        """Ids and approximate cosines of the best rows among those allowed, in no order."""
        rows = None if allowed is None else np.flatnonzero(allowed)
        ids = self.ids if rows is None else self.ids[rows]
        if not len(ids):
            return ids, np.empty(0, np.float32)
        scores = self._scores(vector, rows)
        chosen = np.argpartition(scores, -min(limit, len(ids)))[-min(limit, len(ids)) :]
        return ids[chosen], scores[chosen]

    def _scores(self, vector: Vectors, rows: NDArray[np.intp] | None) -> Vectors:
        count = len(self.ids) if rows is None else len(rows)
        scores = np.empty(count, np.float32)
        block = np.empty((min(count, _PRODUCT), self.levels.shape[1]), np.float32)
        for start in range(0, count, _PRODUCT):
            stop = min(start + _PRODUCT, count)
            part = block[: stop - start]
            part[...] = self.levels[start:stop] if rows is None else self.levels[rows[start:stop]]
            np.dot(part, vector, out=scores[start:stop])
        scores *= self.scales if rows is None else self.scales[rows]
        return scores


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
    levels, scales = quantise(unpack_vectors(vectors))
    return Rows(
        ids=columns[0],
        levels=levels,
        scales=scales,
        languages=columns[1].astype(np.int32),
        outlets=columns[2].astype(np.int32),
        days=columns[3].astype(np.int32),
        language_names=tuple(languages.numbers),
        outlet_names=tuple(outlets.numbers),
    )


def write_rows(snapshot: Snapshot, folder: Path) -> None:
    """Write all passages of the snapshot into a new folder, for `open_rows`."""
    folder.mkdir(parents=True)
    count = snapshot.count_passages()
    first = snapshot.conn.execute("SELECT length(vector) / 2 FROM vectors LIMIT 1").fetchone()
    header = {"descr": "|i1", "fortran_order": False, "shape": (count, first[0] if first else 1)}
    columns = {name: np.empty(count, dtype) for name, dtype in _ARRAYS.items()}
    languages, outlets = _Names(), _Names()
    rows = snapshot.tail(0)
    done = 0
    with (folder / _LEVELS).open("wb") as file:  # written, not mapped: what is mapped counts as this process's memory
        np.lib.format.write_array_header_1_0(file, header)
        while block := list(islice(rows, _BLOCK)):
            span = slice(done, done + len(block))
            levels, columns["scales"][span] = quantise(unpack_vectors([vector for _, vector, *_ in block]))
            file.write(levels.tobytes())
            columns["ids"][span] = [id_ for id_, *_ in block]
            columns["languages"][span] = [languages.number(language) for _, _, language, _, _ in block]
            columns["outlets"][span] = [outlets.number(outlet) for *_, outlet, _ in block]
            columns["days"][span] = [day for *_, day in block]
            done += len(block)
    for name, column in columns.items():
        np.save(folder / f"{name}.npy", column)
    (folder / "names.json").write_text(json.dumps({"languages": list(languages.numbers), "outlets": list(outlets.numbers)}))
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())  # SQLite must not name files that a power cut could still take away


def open_rows(folder: Path) -> Rows:
    """The rows in a folder, mapped into memory.

    Raises FileNotFoundError where the folder is gone, ArchiveDamaged where its files are not all there or contradict one
    another.
    """
    try:
        columns = {name: np.load(folder / f"{name}.npy") for name in _ARRAYS}
        levels: Any = np.load(folder / _LEVELS, mmap_mode="r" if len(columns["ids"]) else None)
        names = json.loads((folder / "names.json").read_text())
    except (ValueError, EOFError) as error:
        raise _damaged(folder, error) from error
    except FileNotFoundError as error:
        if folder.exists():
            raise _damaged(folder, error) from error
        raise
    if any(len(column) != len(levels) for column in columns.values()):
        raise _damaged(folder, "its files differ in length")
    return Rows(
        levels=np.asarray(levels),
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
            parts = [open_rows(directory / published.folder)] if published.folder else []
        newest = max([published.max_id, *(int(part.ids[-1]) for part in parts if len(part.ids))])
        tail = read_rows(snapshot, newest)
        if tail is not None:
            parts.append(tail)
        dead = snapshot.dead_since(published.tombstone)
        return cls(snapshot.generation, published, tuple(parts), tuple(part.without(dead) for part in parts))

    def __len__(self) -> int:
        """How many rows there are, deleted ones included."""
        return sum(len(part.ids) for part in self.rows)

    def search(
        self,
        snapshot: Snapshot,
        vector: Vectors,
        query: Query,
        *,
        limit: int,
        only: Ids | None = None,
        after: int = 0,
    ) -> list[tuple[int, float]]:
        """The passages nearest to `vector` within the query's filters, as (id, cosine), best first; equal ones by id.

        `snapshot` is the one this scan is of. `only`: the ids to choose from, ascending. `after`: only larger ids.
        """
        shortlist: list[tuple[float, int]] = []
        for part, alive in zip(self.rows, self.alive, strict=True):
            allowed = _both(alive, part.matching(query))
            if only is not None:
                allowed = _both(allowed, np.isin(part.ids, only, assume_unique=True))
            if after:
                allowed = _both(allowed, part.ids > after)
            ids, scores = part.best(vector, allowed, _SHORTLIST * limit)
            shortlist += zip(scores.tolist(), ids.tolist(), strict=True)
        chosen = [id_ for _, id_ in sorted(shortlist, reverse=True)[: _SHORTLIST * limit]]
        stored = list(snapshot.vectors(chosen))
        cosines = unpack_vectors([packed for _, packed in stored]) @ vector if stored else vector[:0]
        exact = [(id_, float(cosine)) for (id_, _), cosine in zip(stored, cosines, strict=True)]
        return sorted(exact, key=lambda pair: (-pair[1], pair[0]))[:limit]
