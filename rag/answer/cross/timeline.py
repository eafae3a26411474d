"""The dated events of a story, across outlets and languages, each with the quotation that tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.answer.cross import changes
from rag.answer.cross.findings import of_report
from rag.answer.cross.matter import of_one_story, on_the_matter
from rag.answer.cross.statements import Report, Statement, reports
from rag.answer.cross.wanted import wanted
from rag.answer.extractive import says_same
from rag.answer.quote import cite
from rag.index.rank import RankedSentence
from rag.types import Query, Timeline, TimelineEvent
from rag.values import Value

PASSAGES = 40  # that are looked through for events
_DOCUMENTS = 40
_SENTENCES = 12  # of one document
_WITHIN = 14.0  # how far below the document's best sentence an event of it may lie, in the ranking's scores
_UNITS = frozenset(("day", "week", "month", "season", "year"))
_LONGEST = 400  # days that an event may span: "in 2024", but no decade
_MOST = 60
_A_SEASON = timedelta(100)
_ASIDE = 6.0  # how far below the best a sentence may lie whose event only has a year, or lies years back


@dataclass(frozen=True, slots=True)
class _Told:
    """An event with the sentence that tells it."""

    event: TimelineEvent
    sentence: RankedSentence


def timeline(query: Query, sentences: Sequence[RankedSentence]) -> Timeline:
    """The events that the ranked sentences tell of the story in question, by day; what several tell is told once, by the first
    report.

    A sentence without a date stands for the day of its report, and only where it is its document's best.
    """
    ranked = {(s.document.id, *s.span): s for s in sentences}
    found = reports(sentences, documents=_DOCUMENTS, each=_SENTENCES, within=_WITHIN)
    named = [report for report in on_the_matter(wanted(query.text), found) if not report.missing]
    told = [t for report in of_one_story(named) for t in _events(report, ranked)]
    told.sort(
        key=lambda t: (t.event.first, t.event.last, t.event.reported or date.max, t.event.citation.doc_id, t.event.citation.start)
    )
    kept: list[_Told] = []
    for one in told:
        if not any(_same_event(one, other) for other in kept):
            kept.append(one)
    top = max((t.sentence.score for t in kept), default=0.0)
    kept = [t for t in kept if t.event.last - t.event.first < _A_SEASON or top - t.sentence.score <= _ASIDE]
    best = sorted(kept, key=lambda t: -t.sentence.score)[:_MOST]
    return Timeline(query, tuple(t.event for t in kept if t in best))


def _events(report: Report, ranked: dict[tuple[str, int, int], RankedSentence]) -> Iterator[_Told]:
    dated = False
    for statement in report.statements:
        value = _day_of(statement)
        if value is not None:
            dated = True
            yield _told(statement, value, ranked)
    best = report.statements[0]
    if not dated and best.reported is not None:
        yield _told(best, None, ranked)


def _told(statement: Statement, value: Value | None, ranked: dict[tuple[str, int, int], RankedSentence]) -> _Told:
    citation = statement.citation
    sentence = ranked[citation.doc_id, citation.start, citation.end]
    citation = cite(sentence.document, *sentence.span)
    if value is None or value.low is None or value.high is None:
        assert statement.reported is not None
        return _Told(TimelineEvent(statement.reported, statement.reported, citation, statement.reported), sentence)
    first, last = date.fromordinal(int(value.low)), date.fromordinal(int(value.high))
    return _Told(TimelineEvent(first, last, citation, statement.reported, value.text, value.resolved), sentence)


def _day_of(statement: Statement) -> Value | None:
    """The date that the sentence gives to what it tells: the first exact one that is not that of a report."""
    dates = [
        value
        for value in statement.values
        if value.kind == "date"
        and value.low is not None
        and value.high is not None
        and value.unit in _UNITS
        and value.high - value.low <= _LONGEST
        and not of_report(statement, value)
        and not changes.of_another_time(value.text)
    ]
    days = [value for value in dates if value.unit == "day"]
    return next(iter(days or dates), None)


def _same_event(one: _Told, other: _Told) -> bool:
    """Whether two sentences tell of one event: on days that meet, and the same."""
    meet = one.event.first <= other.event.last and other.event.first <= one.event.last
    return meet and says_same(one.sentence, other.sentence)
