"""One question of a conversation with what is known of its answer so far, and the places in documents that it points to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from rag import Answer, Citation, Claim, Event, Hit, Query, Refused

Status = Literal["searching", "answering", "done", "stopped", "failed"]
NEAR_SHOWN = 4  # the closest sentences shown when there is no answer


@dataclass(frozen=True, slots=True)
class Reference:
    """A quotation that the page can open in its document.

    `kind` is cited (a claim or a side of a conflict rests on it), near (close to the question, but no answer) or consulted
    (found, not used). `label` is what the reader sees: 1, 2, 3 … for cited, a, b, c … for near, nothing for consulted.
    """

    kind: Literal["cited", "near", "consulted"]
    label: str
    doc_id: str
    start: int
    end: int
    quote: str
    title: str | None
    outlet: str | None
    published: date | datetime | None
    language: str | None
    url: str | None

    @classmethod
    def to_citation(cls, kind: Literal["cited", "near"], label: str, citation: Citation) -> Reference:
        """The reference for a citation."""
        return cls(
            kind=kind,
            label=label,
            doc_id=citation.doc_id,
            start=citation.start,
            end=citation.end,
            quote=citation.quote,
            title=citation.title,
            outlet=citation.outlet,
            published=citation.published,
            language=citation.language,
            url=citation.url,
        )

    @classmethod
    def to_hit(cls, hit: Hit) -> Reference:
        """The reference for a passage that was found and not used: its best sentence."""
        (start, end), document = hit.best_sentence, hit.document
        return cls(
            kind="consulted",
            label="",
            doc_id=document.id,
            start=start,
            end=end,
            quote=document.text[start:end],
            title=document.title,
            outlet=document.outlet,
            published=document.published,
            language=document.language,
            url=document.url,
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer. `number` counts the questions of one conversation from 1 and is never used again in it."""

    number: int
    question: str
    query: Query | None = None
    status: Status = "searching"
    claims: tuple[Claim, ...] = ()
    refused: tuple[Refused, ...] = ()
    answer: Answer | None = None
    error: str | None = None
    references: tuple[Reference, ...] = ()

    @property
    def running(self) -> bool:
        """Whether more of the answer is to come."""
        return self.status in ("searching", "answering")

    @property
    def language(self) -> str | None:
        """The question's language, once it is known."""
        return self.answer.language if self.answer else None

    def after(self, event: Event) -> Turn:
        """This turn with one more event of its stream."""
        if event.claim:
            claims = (*self.claims, event.claim)
            return replace(self, status="answering", claims=claims, references=_references(claims, None))
        if event.refused:
            return replace(self, refused=(*self.refused, event.refused))
        if event.answer:
            answer = event.answer
            references = _references(answer.claims, answer)
            # The passages' documents are not kept with the conversation: their whole texts would stay in memory with it.
            kept = replace(answer, hits=())
            return replace(self, status="done", claims=answer.claims, refused=answer.refused, answer=kept, references=references)
        return self

    def stopped(self) -> Turn:
        """This turn as the reader stopped it; itself where it had ended already."""
        return replace(self, status="stopped") if self.running else self

    def failed(self, error: str) -> Turn:
        """This turn as an error ended it; itself where it had ended already."""
        return replace(self, status="failed", error=error) if self.running else self

    def place(self, citation: Citation) -> int:
        """The index in `references` of a citation of a claim or a conflict."""
        return next(
            i
            for i, r in enumerate(self.references)
            if r.kind == "cited" and (r.doc_id, r.start, r.end) == (citation.doc_id, citation.start, citation.end)
        )

    def of_kind(self, kind: Literal["cited", "near", "consulted"]) -> tuple[tuple[int, Reference], ...]:
        """The references of one kind, each with its index."""
        return tuple((i, r) for i, r in enumerate(self.references) if r.kind == kind)


def _citations(claims: tuple[Claim, ...], answer: Answer | None) -> Iterator[Citation]:
    for claim in claims:
        yield from claim.citations
    for conflict in answer.conflicts if answer else ():
        for side in conflict.sides:
            yield from side.citations


def _references(claims: tuple[Claim, ...], answer: Answer | None) -> tuple[Reference, ...]:
    """All references of an answer, each place once: cited ones in the order of the claims, then near, then consulted."""
    found: list[Reference] = []
    seen: set[tuple[str, int, int]] = set()
    for citation in _citations(claims, answer):
        key = (citation.doc_id, citation.start, citation.end)
        if key not in seen:
            seen.add(key)
            found.append(Reference.to_citation("cited", str(len(found) + 1), citation))
    if answer is None:
        return tuple(found)
    if answer.abstention:
        for letter, candidate in zip("abcdefgh"[:NEAR_SHOWN], answer.candidates, strict=False):
            found.append(Reference.to_citation("near", letter, candidate.citation))
    used = {reference.doc_id for reference in found}
    for hit in answer.hits:
        if hit.document.id not in used:
            used.add(hit.document.id)
            found.append(Reference.to_hit(hit))
    return tuple(found)
