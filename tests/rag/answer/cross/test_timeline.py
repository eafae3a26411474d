"""The dated events of a story, from sentences as the ranking gives them."""

from __future__ import annotations

from datetime import date
from zlib import crc32

import numpy as np

from rag.answer.cross.timeline import timeline
from rag.index.rank import RankedSentence
from rag.text import split_sentences
from rag.types import Document, Query

WEDNESDAY = date(2026, 3, 4)
QUERY = Query("What happened at the Kelden bridge?")


def report(text: str, *, doc: str, day: date = WEDNESDAY, language: str = "en", score: float = 60.0) -> list[RankedSentence]:
    document = Document(id=doc, text=text, source=doc, sha256="", language=language, published=day, outlet=doc)
    # Each sentence is its own thing, unless its words are the same.
    vectors = [np.eye(64)[crc32(text[slice(*span)].encode()) % 64] for span in split_sentences(text)]
    spans = split_sentences(text)
    return [RankedSentence(document, s, score - n, v, 0.8, 0.45) for n, (s, v) in enumerate(zip(spans, vectors, strict=True))]


def days(*reports: list[RankedSentence]) -> list[tuple[str, str | None, bool]]:
    found = timeline(QUERY, [s for sentences in reports for s in sentences])
    return [(event.first.isoformat(), event.said, event.resolved) for event in found.events]


def test_events_stand_in_the_order_of_their_own_days_apart_from_the_day_of_the_report() -> None:
    reports = report(
        "The Kelden bridge fell on Tuesday. Kelden will bury the dead on March 9. "
        "Kelden's mayor was told of rust on 2 February 2026.",
        doc="a",
    )
    assert days(reports) == [
        ("2026-02-02", "2 February 2026", False),
        ("2026-03-03", "Tuesday", True),
        ("2026-03-09", "March 9", True),
    ]
    assert {event.reported for event in timeline(QUERY, reports).events} == {WEDNESDAY}


def test_languages_stand_in_one_timeline_each_event_with_its_quotation() -> None:
    one = report("The Kelden bridge fell on Tuesday.", doc="a")
    other = report("Мост в Келдене восстановят к 1 мая.", doc="b", language="ru")
    events = timeline(QUERY, [*one, *other]).events
    assert [(e.citation.doc_id, e.citation.quote) for e in events] == [
        ("a", "The Kelden bridge fell on Tuesday."),
        ("b", "Мост в Келдене восстановят к 1 мая."),
    ]


def test_what_several_tell_is_told_once_by_the_first_report() -> None:
    late = report("The Kelden bridge fell on 3 March 2026.", doc="late", day=date(2026, 3, 6))
    early = report("The Kelden bridge fell on 3 March 2026.", doc="early", score=59.0)
    events = timeline(QUERY, [*late, *early]).events
    assert [(e.first, e.citation.doc_id) for e in events] == [(date(2026, 3, 3), "early")]


def test_a_document_without_a_dated_sentence_stands_for_the_day_of_its_report() -> None:
    assert days(report("The Kelden bridge fell. Nobody was hurt in Kelden.", doc="a")) == [("2026-03-04", None, False)]


def test_another_story_and_the_day_of_an_earlier_report_are_left_out() -> None:
    one = report("The Kelden bridge fell on Tuesday. Our report of March 1 praised the Kelden bridge.", doc="a")
    other = report("A fair opened in Holm on Monday.", doc="b", score=55.0)
    assert days(one, other) == [("2026-03-03", "Tuesday", True)]


def test_nothing_found_gives_no_events() -> None:
    assert timeline(QUERY, []).events == ()
