"""The values that flow through Sverka. Frozen, checked when made, standard library only.

    Document -> Passage -> Hit -> Claim with Citations -> Answer

Offsets count code points of `Document.text`, start inclusive, end exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal

from rag.errors import QueryError

Span = tuple[int, int]
Mode = Literal["hybrid", "dense", "lexical"]
MODES: tuple[Mode, ...] = ("hybrid", "dense", "lexical")

_LANGUAGE = re.compile(r"[a-z]{2}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _check_spans(spans: tuple[Span, ...], low: int, high: int, what: str) -> None:
    previous = low
    for start, end in spans:
        if not previous <= start < end <= high:
            raise ValueError(f"{what}: span ({start}, {end}) is empty, out of order or outside ({low}, {high})")
        previous = end


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def day(value: date | datetime) -> date:
    """The calendar day of a publication date, whichever of the two types it has."""
    return value.date() if isinstance(value, datetime) else value


@dataclass(frozen=True, slots=True)
class Original:
    """What a digest is a digest of: the outlet and day of the report it retells, as far as they are known."""

    outlet: str | None = None
    published: date | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"outlet": self.outlet, "published": _iso(self.published)}


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
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            raise ValueError(f"language {self.language!r} is not an ISO 639-1 code")
        _check_spans(self.skipped, 0, len(self.text), f"document {self.id}: skipped")
        object.__setattr__(self, "read_from", MappingProxyType(dict(self.read_from)))

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "outlet": self.outlet,
            "published": _iso(self.published),
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
        _check_spans(self.sentences, self.start, self.end, f"passage {self.ordinal} of {self.doc_id}")


@dataclass(frozen=True, slots=True)
class Query:
    """A question or a search, with its filters. Empty filters mean all; dates are inclusive.

    An undated document never matches a date filter, nor an outlet-less one an outlet filter.
    Raises QueryError where a value is malformed.
    """

    text: str
    k: int = 10
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    mode: Mode = "hybrid"

    def __post_init__(self) -> None:
        if not isinstance(self.text, str) or not self.text.strip():
            raise QueryError("The question is empty. Write a question or some words to search for.")
        if "\x00" in self.text or _SURROGATE.search(self.text):
            raise QueryError("The question holds a NUL character or half of a surrogate pair. Write it as plain text.")
        if not isinstance(self.k, int) or isinstance(self.k, bool) or self.k < 1:
            raise QueryError(f"k is {self.k!r}. It is the number of passages wanted: 1 or more.")
        for name in ("languages", "outlets"):
            value = getattr(self, name)
            if isinstance(value, str) or not isinstance(value, Iterable | None):
                raise QueryError(f"{name} is {value!r}. Give a list of strings, even of one.")
            object.__setattr__(self, name, tuple(value or ()))
            if wrong := [item for item in getattr(self, name) if not isinstance(item, str) or _SURROGATE.search(item)]:
                raise QueryError(f"{name} holds {wrong[0]!r}, which is not plain text. Give a list of strings.")
        for code in self.languages:
            if not _LANGUAGE.fullmatch(code):
                raise QueryError(f"Language {code!r} is not an ISO 639-1 code. Use two small letters, such as ru, bg or en.")
        for name in ("since", "until"):
            value = getattr(self, name)
            if isinstance(value, datetime):
                object.__setattr__(self, name, value.date())
            elif value is not None and not isinstance(value, date):
                raise QueryError(f"{name} is {value!r}. It is a date, written YYYY-MM-DD.")
        if self.since and self.until and self.since > self.until:
            raise QueryError(f"since ({self.since}) is later than until ({self.until}). Exchange them.")
        if self.mode not in MODES:
            raise QueryError(f"mode is {self.mode!r}. It is one of {', '.join(MODES)}.")

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.languages or self.outlets or self.since or self.until)

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "k": self.k,
            "languages": list(self.languages),
            "outlets": list(self.outlets),
            "since": _iso(self.since),
            "until": _iso(self.until),
            "mode": self.mode,
        }


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query. `score` orders the hits of one query and means nothing across queries.

    `dense_rank` and `lexical_rank` are 1 for the best of that index, None where it did not find the passage.
    """

    passage: Passage
    document: Document
    score: float
    dense_rank: int | None
    lexical_rank: int | None
    best_sentence: Span

    def __post_init__(self) -> None:
        if self.dense_rank is None and self.lexical_rank is None:
            raise ValueError("a hit was found by at least one index")
        if self.best_sentence not in self.passage.sentences:
            raise ValueError(f"best sentence {self.best_sentence} is not a sentence of the passage")

    @property
    def text(self) -> str:
        """The passage's own words."""
        return self.document.text[self.passage.start : self.passage.end]

    def to_dict(self) -> dict[str, Any]:
        start, end = self.best_sentence
        return {
            "doc_id": self.document.id,
            "start": self.passage.start,
            "end": self.passage.end,
            "score": self.score,
            "dense_rank": self.dense_rank,
            "lexical_rank": self.lexical_rank,
            "best_sentence": {"start": start, "end": end, "text": self.document.text[start:end]},
        }


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
            "published": _iso(self.published),
            "language": self.language,
            "url": self.url,
        }


def _check_cited(citations: tuple[Citation, ...], what: str) -> None:
    if not citations:
        raise ValueError(f"{what} needs at least one citation")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer with the quotations it rests on.

    `attribution` is whose statement it is, where the text says so.
    """

    text: str
    citations: tuple[Citation, ...]
    attribution: str | None = None

    def __post_init__(self) -> None:
        _check_cited(self.citations, "a claim")

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "citations": [c.to_dict() for c in self.citations], "attribution": self.attribution}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that sources give for the same thing."""

    value: str
    citations: tuple[Citation, ...]
    scope: str | None = None
    attribution: str | None = None

    def __post_init__(self) -> None:
        _check_cited(self.citations, "a side of a conflict")

    def to_dict(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "scope": self.scope,
            "attribution": self.attribution,
            "citations": [c.to_dict() for c in self.citations],
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """A difference between two documents or more about one thing."""

    about: Literal["number", "date", "polarity", "actor", "attribution"]
    relation: Literal["contradiction", "update", "approximation", "scope"]
    sides: tuple[Side, ...]

    def __post_init__(self) -> None:
        if len({c.doc_id for side in self.sides for c in side.citations}) < 2 or len(self.sides) < 2:
            raise ValueError("a conflict has two sides or more, from two documents or more")

    def to_dict(self) -> dict[str, Any]:
        return {"about": self.about, "relation": self.relation, "sides": [s.to_dict() for s in self.sides]}


AbstentionReason = Literal["empty_archive", "nothing_in_scope", "nothing_found", "not_answered"]


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there is no answer: `reason` is a code for programs, `detail` one sentence for a reader.

    empty_archive: no document is indexed. nothing_in_scope: the filters match no document.
    nothing_found: no passage matches at all. not_answered: passages were found, none answers the question well enough.
    """

    reason: AbstentionReason
    detail: str

    def to_dict(self) -> dict[str, Any]:
        return {"reason": self.reason, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that might answer the question. `score` orders the candidates of one query."""

    citation: Citation
    score: float

    def to_dict(self) -> dict[str, Any]:
        return {"citation": self.citation.to_dict(), "score": self.score}


@dataclass(frozen=True, slots=True)
class Refused:
    """A drafted sentence that was not shown, and why."""

    text: str
    reason: str

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the archive says to a question: claims or an abstention, never both.

    `confidence` is the estimated probability, 0 to 1, that the archive holds the answer, also when abstaining.
    `candidates` are the ranked sentences, also when abstaining. `language` is the question's. `fingerprint` names the
    archive's stamp and the settings the answer was made under.
    """

    query: Query
    language: str | None
    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...]
    abstention: Abstention | None
    confidence: float
    candidates: tuple[Candidate, ...]
    refused: tuple[Refused, ...]
    hits: tuple[Hit, ...]
    answerer: str
    model: str | None
    fingerprint: str

    def __post_init__(self) -> None:
        if bool(self.claims) == (self.abstention is not None):
            raise ValueError("an answer has claims or an abstention, never both")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not a probability")

    def to_dict(self) -> dict[str, Any]:
        return {
            "query": self.query.to_dict(),
            "language": self.language,
            "claims": [c.to_dict() for c in self.claims],
            "conflicts": [c.to_dict() for c in self.conflicts],
            "abstention": self.abstention.to_dict() if self.abstention else None,
            "confidence": self.confidence,
            "candidates": [c.to_dict() for c in self.candidates],
            "refused": [r.to_dict() for r in self.refused],
            "hits": [h.to_dict() for h in self.hits],
            "answerer": self.answerer,
            "model": self.model,
            "fingerprint": self.fingerprint,
        }


@dataclass(frozen=True, slots=True)
class Event:
    """A step of a streamed answer. Exactly the field that `kind` names is set; `searching` sets none.

    A stream is `searching`, then any number of `claim` and `refused`, then one `answer`.
    """

    kind: Literal["searching", "claim", "refused", "answer"]
    claim: Claim | None = None
    refused: Refused | None = None
    answer: Answer | None = None


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
            "since": _iso(self.since),
            "until": _iso(self.until),
            "undated": self.undated,
            "generation": self.generation,
            "embedder": self.embedder,
            "bytes": self.bytes,
        }
