"""Sverka: answers over a press archive, every sentence with a checked quotation.

What programs outside use is listed in `__all__`. What brings other packages with it (numpy, LangChain) is loaded when it is
asked for, so that the command line can say at once what it has to say.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
    ModelError,
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
    Translation,
)

if TYPE_CHECKING:
    from rag.answer.check.verify import Supported, verify
    from rag.answer.cross.crosscheck import crosscheck
    from rag.archive import Archive
    from rag.assistant import Assistant
    from rag.embed import load_embedder
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
    "ModelError",
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
    "Supported",
    "SverkaError",
    "Timeline",
    "TimelineEvent",
    "Translation",
    "crosscheck",
    "default_archive_dir",
    "load_embedder",
    "verify",
]


_WHEN_ASKED_FOR = {
    "Archive": "rag.archive",
    "ArchiveRetriever": "rag.retriever",
    "Assistant": "rag.assistant",
    "Supported": "rag.answer.check.verify",
    "crosscheck": "rag.answer.cross.crosscheck",
    "load_embedder": "rag.embed",
    "verify": "rag.answer.check.verify",
}


def __getattr__(name: str) -> Any:
    if name not in _WHEN_ASKED_FOR:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_WHEN_ASKED_FOR[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
