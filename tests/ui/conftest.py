"""A tiny invented press, and an archive and an assistant over it that hold still: what the page shows of them is tested."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rag.answer.quote import cite
from rag.errors import DocumentMissing
from rag.types import (
    Abstention,
    Answer,
    ArchiveStats,
    Candidate,
    Citation,
    Claim,
    Document,
    Event,
    Hit,
    Original,
    Passage,
    Query,
    Refused,
    Timeline,
    TimelineEvent,
    Translation,
)

BRIDGE = Document(
    id="bridge",
    text="Home > News\n\nThe new bridge at Lower Mill opened on Monday.\n\n"
    "It cost 12 million crowns, the town council said. The old one was built in 1931.\n\nShare this",
    source="bridge.txt",
    sha256="0",
    title="Bridge opens at Lower Mill",
    outlet="Mill Gazette",
    published=date(2025, 9, 1),
    language="en",
    url="https://gazette.example/bridge",
    skipped=((0, 11), (143, 153)),
    read_from={"published": "its first line"},
)
MOST = Document(
    id="most",
    text="Новый мост открыли в понедельник. Его строили три года.",
    source="most.txt",
    sha256="1",
    title="Мост открыт",
    outlet="Заречный вестник",
    published=date(2025, 9, 2),
    language="ru",
    digest_of=Original("Mill Gazette", date(2025, 9, 1)),
)


def quoting(document: Document, words: str) -> Citation:
    """The citation of the first place where these words stand."""
    start = document.text.index(words)
    return cite(document, start, start + len(words))


def hit(document: Document, words: str) -> Hit:
    """A hit whose best sentence is these words."""
    start = document.text.index(words)
    span = (start, start + len(words))
    return Hit(Passage(1, document.id, 0, *span, (span,)), document, 1.0, 1, None, span)


def answer(question: str, **changed: Any) -> Answer:
    """An answer that quotes the bridge in two languages."""
    claims = (
        Claim(
            "The new bridge at Lower Mill opened on Monday.",
            (
                quoting(BRIDGE, "The new bridge at Lower Mill opened on Monday."),
                quoting(MOST, "Новый мост открыли в понедельник."),
            ),
        ),
    )
    given = Answer(
        query=Query(question), language="en", claims=claims, conflicts=(), abstention=None, confidence=0.93, candidates=(),
        refused=(), hits=(hit(BRIDGE, "It cost 12 million crowns, the town council said."),),
        answerer="extractive", model=None, fingerprint="f",
    )  # fmt: skip
    return replace(given, **changed)


def abstaining(question: str, reason: str = "not_answered", near: tuple[Citation, ...] = ()) -> Answer:
    """An abstention with some candidates."""
    candidates = tuple(Candidate(citation, 0.5) for citation in near)
    return answer(question, claims=(), abstention=Abstention(reason, "No."), candidates=candidates, confidence=0.1, hits=())


@dataclass(frozen=True)
class StillArchive:
    """Documents that can be read, and their statistics."""

    documents: tuple[Document, ...] = (BRIDGE, MOST)
    path: Path = Path("press")

    def read(self, doc_id: str) -> Document:
        for document in self.documents:
            if document.id == doc_id:
                return document
        raise DocumentMissing(f"No document {doc_id}.")

    def search(self, query: Query) -> tuple[Hit, ...]:
        return tuple(hit(d, d.text[:5]) for d in self.documents if d.language in query.languages)

    def stats(self) -> ArchiveStats:
        def count(values: list[str | None]) -> dict[str | None, int]:
            return {value: values.count(value) for value in values}

        days = [d.published for d in self.documents if d.published]
        return ArchiveStats(
            documents=len(self.documents), passages=4, sentences=6, languages=count([d.language for d in self.documents]),
            outlets=count([d.outlet for d in self.documents]), since=min(days, default=None), until=max(days, default=None),
            undated=len(self.documents) - len(days), generation=1, embedder="bundled", bytes=1000,
        )  # fmt: skip


@dataclass(frozen=True)
class StillAssistant:
    """An assistant that gives one answer to every question."""

    answered: Callable[[Query], Answer]
    sends_to: str | None = None
    model: str | None = None
    archive: StillArchive = StillArchive()

    def cite(self, doc_id: str, start: int, end: int) -> Citation:
        return cite(StillArchive().read(doc_id), start, end)

    def translate(self, citation: Citation, language: str, *, stop: threading.Event | None = None) -> Translation | Refused:
        return Translation(citation, f"In {language}: {citation.quote}", language, self.model or "")

    def ask(self, query: Query) -> Answer:
        return self.answered(query)

    def stream(self, query: Query, *, history: Sequence[str] = ()) -> Iterator[Event]:
        yield Event("searching")
        result = self.answered(query)
        for claim in result.claims:
            yield Event("claim", claim=claim)
        yield Event("answer", answer=replace(result, query=query))

    def timeline(self, query: Query) -> Timeline:
        opened, built = quoting(MOST, "Новый мост открыли в понедельник."), quoting(MOST, "Его строили три года.")
        return Timeline(
            query,
            (
                TimelineEvent(date(2022, 9, 1), date(2025, 8, 31), built, date(2025, 9, 2), "три года", resolved=True),
                TimelineEvent(date(2025, 9, 1), date(2025, 9, 1), opened, date(2025, 9, 2), "в понедельник", resolved=True),
                TimelineEvent(date(2025, 9, 1), date(2025, 9, 1), quoting(BRIDGE, "The old one was built in 1931."), None),
            ),
        )


@pytest.fixture(scope="session")
def press() -> SimpleNamespace:
    """A small invented press, with an archive and an assistant over it."""
    return SimpleNamespace(
        bridge=BRIDGE,
        most=MOST,
        quoting=quoting,
        hit=hit,
        answer=answer,
        abstaining=abstaining,
        Archive=StillArchive,
        Assistant=StillAssistant,
    )
