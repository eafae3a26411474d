"""Sverka: answers over a press archive, every sentence with a checked quotation.

What programs outside use is listed in `__all__`. `ArchiveRetriever` brings LangChain with it and is loaded when asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rag.archive import Archive
from rag.assistant import Assistant
from rag.embed import load_embedder
from rag.errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveExists,
    ArchiveLocked,
    ArchiveMissing,
    CitationError,
    DocumentMissing,
    EmbedderError,
    IngestError,
    PackageMissing,
    QueryError,
    SettingsError,
    StampMismatch,
    SverkaError,
)
from rag.settings import Settings, default_archive_dir
from rag.types import (
    Abstention,
    Answer,
    ArchiveStats,
    Candidate,
    Citation,
    Claim,
    Conflict,
    Derived,
    Document,
    Event,
    Failure,
    Hit,
    IndexReport,
    Original,
    Packing,
    Passage,
    Progress,
    Query,
    Refused,
    Side,
    Silence,
    Support,
    Timeline,
    TimelineEvent,
)

if TYPE_CHECKING:
    from rag.retriever import ArchiveRetriever

__all__ = [
    "Abstention",
    "Answer",
    "Archive",
    "ArchiveDamaged",
    "ArchiveError",
    "ArchiveExists",
    "ArchiveLocked",
    "ArchiveMissing",
    "ArchiveRetriever",
    "ArchiveStats",
    "Assistant",
    "Candidate",
    "Citation",
    "CitationError",
    "Claim",
    "Conflict",
    "Derived",
    "Document",
    "DocumentMissing",
    "EmbedderError",
    "Event",
    "Failure",
    "Hit",
    "IndexReport",
    "IngestError",
    "Original",
    "PackageMissing",
    "Packing",
    "Passage",
    "Progress",
    "Query",
    "QueryError",
    "Refused",
    "Settings",
    "SettingsError",
    "Side",
    "Silence",
    "StampMismatch",
    "Support",
    "SverkaError",
    "Timeline",
    "TimelineEvent",
    "default_archive_dir",
    "load_embedder",
]


def __getattr__(name: str) -> Any:
    if name == "ArchiveRetriever":
        from rag.retriever import ArchiveRetriever

        return ArchiveRetriever
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
