"""The values that flow through Sverka. Frozen, checked when made, standard library only.

    Document -> Passage -> Hit -> Claim with Citations -> Answer

Offsets count code points of `Document.text`, start inclusive, end exclusive.
"""

from __future__ import annotations

from rag.types.answers import (
    Abstention,
    AbstentionReason,
    Answer,
    Candidate,
    Claim,
    Conflict,
    Derived,
    Event,
    Packing,
    Refused,
    Side,
    Silence,
    Support,
    Timeline,
    TimelineEvent,
    Translation,
)
from rag.types.base import Span, day
from rag.types.documents import Citation, Document, Original, Passage
from rag.types.queries import MODES, Hit, Mode, Query
from rag.types.reports import ArchiveStats, Failure, IndexReport, Progress

__all__ = [
    "MODES",
    "Abstention",
    "AbstentionReason",
    "Answer",
    "ArchiveStats",
    "Candidate",
    "Citation",
    "Claim",
    "Conflict",
    "Derived",
    "Document",
    "Event",
    "Failure",
    "Hit",
    "IndexReport",
    "Mode",
    "Original",
    "Packing",
    "Passage",
    "Progress",
    "Query",
    "Refused",
    "Side",
    "Silence",
    "Span",
    "Support",
    "Timeline",
    "TimelineEvent",
    "Translation",
    "day",
]
