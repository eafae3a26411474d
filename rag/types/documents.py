"""What is in the archive: documents and their passages, and the quotations made from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from rag.types.base import LANGUAGES, Span, check_spans, iso


@dataclass(frozen=True, slots=True)
class Original:
    """What a digest is a digest of: the outlet and day of the report it retells, as far as they are known."""

    outlet: str | None = None
    published: date | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"outlet": self.outlet, "published": iso(self.published)}


@dataclass(frozen=True, slots=True)
class Document:
    """One article, as it was read.

    `text` is the whole decoded input (NFC, line ends as `\\n`) and is never edited; what is not the article's own words
    (header lines, footers, leftovers of a web page) stays in it as `skipped` spans, which are neither embedded nor
    quoted. What is not known is None, never guessed. `read_from` says for each metadata field where it was read.
    """

    id: str
    text: str
    source: str
    sha256: str
    title: str | None = None
    outlet: str | None = None
    published: date | datetime | None = None
    language: str | None = None
    url: str | None = None
    skipped: tuple[Span, ...] = ()
    digest_of: Original | None = None
    read_from: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a document needs an id")
        if self.language is not None and self.language not in LANGUAGES:
            raise ValueError(f"language {self.language!r} is not an ISO 639-1 code")
        check_spans(self.skipped, 0, len(self.text), f"document {self.id}: skipped")
        object.__setattr__(self, "read_from", MappingProxyType(dict(self.read_from)))

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "outlet": self.outlet,
            "published": iso(self.published),
            "language": self.language,
            "url": self.url,
            "source": self.source,
            "sha256": self.sha256,
            "skipped": [list(span) for span in self.skipped],
            "digest_of": self.digest_of.to_dict() if self.digest_of else None,
            "read_from": dict(self.read_from),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one document: `document.text[start:end]`, holding at least one sentence.

    `id` is the archive's own number for it, never used again for another passage.
    """

    id: int
    doc_id: str
    ordinal: int
    start: int
    end: int
    sentences: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError(f"passage {self.ordinal} of {self.doc_id} has no sentence")
        check_spans(self.sentences, self.start, self.end, f"passage {self.ordinal} of {self.doc_id}")


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact quotation: `document.text[start:end] == quote`. Made only by `rag.answer.quote.cite`, which checks that."""

    doc_id: str
    start: int
    end: int
    quote: str
    title: str | None
    outlet: str | None
    published: date | datetime | None
    language: str | None
    url: str | None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.quote) != self.end - self.start:
            raise ValueError(f"citation of {self.doc_id}: span ({self.start}, {self.end}) does not fit its quotation")

    def to_dict(self) -> dict[str, Any]:
        return {
            "doc_id": self.doc_id,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "title": self.title,
            "outlet": self.outlet,
            "published": iso(self.published),
            "language": self.language,
            "url": self.url,
        }
