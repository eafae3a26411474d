"""One question of a conversation and what is known of its answer so far, as the page shows it.

A turn holds plain values and no documents: the reader's browser can keep it with the words that were quoted, so an answer stays
checkable when its sources have changed or gone. Places in documents are references; everything else points at them by index.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from string import ascii_lowercase
from typing import Literal

from rag import Answer, Citation, Derived, Event, Hit, Packing, Query, Refused, Silence, Support, Timeline

Status = Literal["searching", "answering", "done", "stopped", "failed"]
ReferenceKind = Literal["cited", "near", "consulted", "dated"]
About = Literal["number", "date", "polarity", "actor", "attribution"]
Relation = Literal["contradiction", "update", "approximation", "scope"]
Reason = Literal["empty_archive", "nothing_in_scope", "nothing_found", "not_answered"]
NEAR_SHOWN = 4  # the closest sentences shown when there is no answer


@dataclass(frozen=True, slots=True)
class Reference:
    """A quotation that the page can open in its document.

    `kind` is cited (a claim or a side of a conflict rests on it), near (close to the question, but no answer), consulted (found,
    not used) or dated (an event of the timeline). `label` is what the reader sees: 1, 2, 3 … for cited, a, b, c … for near.
    """

    kind: ReferenceKind
    label: str
    doc_id: str
    start: int
    end: int
    quote: str
    title: str | None
    outlet: str | None
    published: date | None
    language: str | None
    url: str | None

    @classmethod
    def to_citation(cls, kind: ReferenceKind, label: str, citation: Citation) -> Reference:
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
            published=_day(citation.published),
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
            published=_day(document.published),
            language=document.language,
            url=document.url,
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim of the answer. `places` are its references; `quoted`: its text is the first of them word for word."""

    text: str
    places: tuple[int, ...]
    quoted: bool
    attribution: str | None = None
    derived: tuple[Derived, ...] = ()
    support: Support | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a difference."""

    value: str
    places: tuple[int, ...]
    scope: str | None = None
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A conflict between sources, in the codes of `rag.Conflict`."""

    about: About
    relation: Relation
    sides: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of the answer as a whole; the fields are those of `rag.Answer`. `abstention` is the code of its reason."""

    language: str | None
    confidence: float
    abstention: Reason | None = None
    asked: str | None = None
    as_of: date | None = None
    silent: tuple[Silence, ...] = ()
    model: str | None = None
    sends_to: str | None = None
    packing: Packing | None = None
    fallback: str | None = None
    cut_short: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer, and what to do about it. `others` are the models that could be asked instead."""

    title: str
    message: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendering:
    """A quotation in the reader's language by a model, or the `reason` why there is none; with neither it is being made.

    `place` is the quotation's reference. `model` made it, on the host `sent_to` where that is another machine.
    """

    place: int
    model: str
    sent_to: str | None = None
    text: str | None = None
    reason: str | None = None

    @property
    def working(self) -> bool:
        """Whether it is being made."""
        return self.text is None and self.reason is None


@dataclass(frozen=True, slots=True)
class Moment:
    """An event of the timeline; the fields are those of `rag.TimelineEvent`, `place` its reference."""

    first: date
    last: date
    place: int
    said: str | None = None
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Chronicle:
    """The timeline beside an answer: being worked out, failed, or there."""

    moments: tuple[Moment, ...] = ()
    working: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer. `number` counts the questions of one conversation from 1 and is never used again in it.

    `model` is the name of the model that was chosen for it, None where there is no choice.
    """

    number: int
    question: str
    query: Query | None = None
    model: str | None = None
    status: Status = "searching"
    statements: tuple[Statement, ...] = ()
    differences: tuple[Difference, ...] = ()
    refused: tuple[Refused, ...] = ()
    references: tuple[Reference, ...] = ()
    outcome: Outcome | None = None
    problem: Problem | None = None
    chronicle: Chronicle | None = None
    renderings: tuple[Rendering, ...] = ()

    @property
    def working(self) -> bool:
        """Whether anything is under way: more of the answer, its timeline, a translation."""
        return self.running or bool(self.chronicle and self.chronicle.working) or any(made.working for made in self.renderings)

    @property
    def running(self) -> bool:
        """Whether more of the answer is to come."""
        return self.status in ("searching", "answering")

    @property
    def language(self) -> str | None:
        """The question's language, once it is known."""
        return self.outcome.language if self.outcome else None

    @property
    def understood(self) -> str:
        """The question in full: for a follow-up, what it was taken for."""
        return (self.outcome and self.outcome.asked) or self.question

    @property
    def asked(self) -> tuple[str, str] | str:
        """The question as later ones may lean on it: in full, with the answer where there is one."""
        said = " ".join(statement.text for statement in self.statements)
        return (self.understood, said) if said else self.understood

    def after(self, event: Event) -> Turn:
        """This turn with one more event of its stream; itself where the event tells nothing new."""
        if event.kind == "writing" and self.status == "searching":
            return replace(self, status="answering")
        if event.claim:
            return replace(self, status="answering")._with_claim(event)
        if event.refused:
            return replace(self, refused=(*self.refused, event.refused))
        return self._answered(event.answer) if event.answer else self

    def _with_claim(self, event: Event) -> Turn:
        assert event.claim is not None
        claim, places = event.claim, _Places(self.references)
        statement = Statement(
            claim.text,
            places.cite(claim.citations),
            claim.text == claim.citations[0].quote,
            claim.attribution,
            claim.derived,
            claim.support,
        )
        return replace(self, statements=(*self.statements, statement), references=tuple(places.references))

    def _answered(self, answer: Answer) -> Turn:
        """This turn as the whole answer has it; claims that streamed are numbered anew, in its order."""
        turn = replace(self, status="done", refused=answer.refused, statements=(), references=())
        for claim in answer.claims:
            turn = turn._with_claim(Event("claim", claim=claim))
        places = _Places(turn.references)
        differences = tuple(
            Difference(
                conflict.about,
                conflict.relation,
                tuple(Position(s.value, places.cite(s.citations), s.scope, s.attribution) for s in conflict.sides),
            )
            for conflict in answer.conflicts
        )
        if answer.abstention:
            places.near(candidate.citation for candidate in answer.candidates[:NEAR_SHOWN])
        places.consult(answer.hits)
        outcome = Outcome(
            language=answer.language,
            confidence=answer.confidence,
            abstention=answer.abstention.reason if answer.abstention else None,
            asked=answer.asked,
            as_of=answer.as_of,
            silent=answer.silent,
            model=answer.model,
            sends_to=answer.sends_to,
            packing=answer.packing,
            fallback=answer.fallback,
            cut_short=answer.cut_short,
        )
        return replace(turn, differences=differences, references=tuple(places.references), outcome=outcome)

    def with_timeline(self, timeline: Timeline) -> Turn:
        """This turn with the events of its story."""
        places = _Places(self.references)
        moments = tuple(Moment(e.first, e.last, places.date(e.citation), e.said, e.resolved) for e in timeline.events)
        return replace(self, references=tuple(places.references), chronicle=Chronicle(moments))

    def foreign(self, index: int) -> bool:
        """Whether a reference is in another language than the question's, so that a reader may want a translation of it."""
        return self.language is not None and self.references[index].language != self.language

    def rendered(self, index: int) -> Rendering | None:
        """The translation of a reference, where one was asked for."""
        return next((made for made in self.renderings if made.place == index), None)

    def with_rendering(self, made: Rendering) -> Turn:
        """This turn with a translation, in the place of an earlier one of the same quotation."""
        return replace(self, renderings=(*(other for other in self.renderings if other.place != made.place), made))

    def settled(self) -> Turn:
        """This turn with nothing under way: what runs no more has stopped."""
        if not self.working:
            return self
        return replace(
            self,
            status="stopped" if self.running else self.status,
            chronicle=None if self.chronicle and self.chronicle.working else self.chronicle,
            renderings=tuple(made for made in self.renderings if not made.working),
        )

    def failed(self, problem: Problem) -> Turn:
        """This turn as an error ended it; itself where it had ended already."""
        if self.running:
            return replace(self, status="failed", problem=problem)
        if self.chronicle and self.chronicle.working:
            return replace(self, chronicle=Chronicle(problem=problem))
        if not self.working:
            return self
        said = f"{problem.title}. {problem.message}"
        return replace(self, renderings=tuple(replace(r, reason=said) if r.working else r for r in self.renderings))

    def of_kind(self, kind: ReferenceKind) -> tuple[tuple[int, Reference], ...]:
        """The references of one kind, each with its index."""
        return tuple((i, r) for i, r in enumerate(self.references) if r.kind == kind)

    def run_of(self, index: int) -> tuple[int, ...]:
        """The references that one steps through from this one: events in the order of their days, others as they are numbered."""
        kind = self.references[index].kind
        if kind == "dated" and self.chronicle:
            return tuple(dict.fromkeys(moment.place for moment in self.chronicle.moments))
        return tuple(i for i, _ in self.of_kind(kind))


class _Places:
    """The references of a turn while it grows: each place in a document is one reference."""

    def __init__(self, references: Iterable[Reference]) -> None:
        self.references = list(references)

    def _place(self, reference: Reference) -> int:
        spot = (reference.doc_id, reference.start, reference.end)
        for index, known in enumerate(self.references):
            if (known.doc_id, known.start, known.end) == spot:
                return index
        self.references.append(reference)
        return len(self.references) - 1

    def cite(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """The indices of citations that a claim or a side rests on, numbered in the order in which they come."""
        numbered = (Reference.to_citation("cited", str(len(self.references) + 1), c) for c in citations)
        return tuple(dict.fromkeys(self._place(reference) for reference in numbered))

    def near(self, citations: Iterable[Citation]) -> None:
        for letter, citation in zip(ascii_lowercase, citations, strict=False):
            self._place(Reference.to_citation("near", letter, citation))

    def consult(self, hits: Iterable[Hit]) -> None:
        """The documents found and not used, each once."""
        used = {reference.doc_id for reference in self.references}
        for hit in hits:
            if hit.document.id not in used:
                used.add(hit.document.id)
                self.references.append(Reference.to_hit(hit))

    def date(self, citation: Citation) -> int:
        return self._place(Reference.to_citation("dated", "", citation))


def _day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
