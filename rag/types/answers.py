"""What the archive answers: claims with citations, the differences between sources, or an abstention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from rag.types.base import iso
from rag.types.documents import Citation
from rag.types.queries import Hit, Query


def _check_cited(citations: tuple[Citation, ...], what: str) -> None:
    if not citations:
        raise ValueError(f"{what} needs at least one citation")


@dataclass(frozen=True, slots=True)
class Derived:
    """A value of a quotation, said in the reader's language by rule: `text` as quoted, `said` as the reader writes it.

    `resolved` marks a date that the text gives relative to its own day ("on Tuesday").
    """

    kind: str
    text: str
    said: str
    resolved: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text, "said": self.said, "resolved": self.resolved}


@dataclass(frozen=True, slots=True)
class Support:
    """How many stand behind a statement: documents, the outlets they are from, and independent sources (copies count once)."""

    documents: int
    outlets: int
    independent: int

    def to_dict(self) -> dict[str, Any]:
        return {"documents": self.documents, "outlets": self.outlets, "independent": self.independent}


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer with the quotations it rests on.

    `attribution` is whose statement it is, where the text says so. `derived` are its values in the reader's language.
    `support` counts all the documents that say it, which may be more than are cited; None where they were not counted.
    """

    text: str
    citations: tuple[Citation, ...]
    attribution: str | None = None
    derived: tuple[Derived, ...] = ()
    support: Support | None = None

    def __post_init__(self) -> None:
        _check_cited(self.citations, "a claim")

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "citations": [c.to_dict() for c in self.citations],
            "attribution": self.attribution,
            "derived": [d.to_dict() for d in self.derived],
            "support": self.support.to_dict() if self.support else None,
        }


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
    """A drafted sentence that was not shown, and why: `code` for programs, `reason` for a reader."""

    text: str
    reason: str
    code: str

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "reason": self.reason, "code": self.code}


@dataclass(frozen=True, slots=True)
class Packing:
    """What of the passages found a language model was given: numbers of passages, and of tokens out of those it can take."""

    used: int
    left_out: int
    tokens: int
    limit: int

    def to_dict(self) -> dict[str, Any]:
        return {"used": self.used, "left_out": self.left_out, "tokens": self.tokens, "limit": self.limit}


@dataclass(frozen=True, slots=True)
class Silence:
    """An outlet or a language in scope whose documents have nothing that answers."""

    kind: Literal["outlet", "language"]
    name: str
    documents: int

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.name, "documents": self.documents}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the archive says to a question: claims or an abstention, never both.

    `confidence` is the estimated probability, 0 to 1, that the archive holds the answer, also when abstaining.
    `candidates` are the ranked sentences, also when abstaining. `language` is the question's. `fingerprint` names the
    archive's stamp and the settings the answer was made under.

    `asked` is the full question that a follow-up was taken for, None where it stands as it is. `as_of` is the day whose state of
    knowledge is given, where the question or a filter sets one. `silent` are the outlets and languages in scope without an
    answer. With a language model: `sends_to` is the other host that the passages went to, `packing` what the model was given,
    `fallback` why the answer is quotation alone all the same, and `cut_short` why the model's ends before its end. `timings` are
    seconds: of a reranker (`rerank`), and of a model until its first words that hold (`first`) and its end (`writing`).
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
    asked: str | None = None
    as_of: date | None = None
    silent: tuple[Silence, ...] = ()
    sends_to: str | None = None
    packing: Packing | None = None
    fallback: str | None = None
    cut_short: str | None = None
    timings: Mapping[str, float] = field(default_factory=dict, compare=False)

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
            "asked": self.asked,
            "as_of": iso(self.as_of),
            "silent": [s.to_dict() for s in self.silent],
            "sends_to": self.sends_to,
            "packing": self.packing.to_dict() if self.packing else None,
            "fallback": self.fallback,
            "cut_short": self.cut_short,
            "timings": dict(self.timings),
        }


@dataclass(frozen=True, slots=True)
class Translation:
    """A quotation in another language, made by a language model: never itself a quotation."""

    citation: Citation
    text: str
    language: str
    model: str

    def to_dict(self) -> dict[str, Any]:
        return {"citation": self.citation.to_dict(), "text": self.text, "language": self.language, "model": self.model}


@dataclass(frozen=True, slots=True)
class Event:
    """A step of a streamed answer. Exactly the field that `kind` names is set; `searching` and `writing` set none.

    A stream is `searching`, then any number of `claim` and `refused`, then one `answer`. While a language model is at work there
    is a `writing` a few times a second, so that whoever reads the stream can stop it.
    """

    kind: Literal["searching", "writing", "claim", "refused", "answer"]
    claim: Claim | None = None
    refused: Refused | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """What happened on a day, or from the `first` day to the `last`, as one quotation says.

    `said` are the words of the quotation that give the day; None where it names none and the report's own day stands for it.
    `resolved` marks a day worked out from the report's own ("on Tuesday"). `reported` is the day of the report.
    """

    first: date
    last: date
    citation: Citation
    reported: date | None
    said: str | None = None
    resolved: bool = False

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"an event from {self.first} to {self.last} ends before it begins")

    def to_dict(self) -> dict[str, Any]:
        return {
            "first": iso(self.first),
            "last": iso(self.last),
            "citation": self.citation.to_dict(),
            "reported": iso(self.reported),
            "said": self.said,
            "resolved": self.resolved,
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dated events of a story, in the order of their days."""

    query: Query
    events: tuple[TimelineEvent, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"query": self.query.to_dict(), "events": [event.to_dict() for event in self.events]}
