"""What long work and the archive report about themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rag.types.base import iso


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be indexed, and why."""

    source: str
    reason: str

    def to_dict(self) -> dict[str, Any]:
        return {"source": self.source, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run of indexing did: numbers of documents, and each source that failed."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: tuple[Failure, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "failed": [f.to_dict() for f in self.failed],
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is. `total` is None while it is not known; `stage` is a few words for a reader."""

    stage: str
    done: int
    total: int | None = None


@dataclass(frozen=True, slots=True)
class ArchiveStats:
    """What an archive holds. Counts are documents, keyed by language or outlet; the key None counts those without."""

    documents: int
    passages: int
    sentences: int
    languages: Mapping[str | None, int]
    outlets: Mapping[str | None, int]
    since: date | None
    until: date | None
    undated: int
    generation: int
    embedder: str
    bytes: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "documents": self.documents,
            "passages": self.passages,
            "sentences": self.sentences,
            "languages": {k or "unknown": v for k, v in self.languages.items()},
            "outlets": {k or "unknown": v for k, v in self.outlets.items()},
            "since": iso(self.since),
            "until": iso(self.until),
            "undated": self.undated,
            "generation": self.generation,
            "embedder": self.embedder,
            "bytes": self.bytes,
        }
