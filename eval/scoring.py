"""From one answer to its scores: what a case expects beside what came back, by the measures of `eval.metrics`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from eval import metrics
from eval.cases import Case, CaseError
from eval.figures import Result
from eval.pairs import is_shown
from rag import Archive, Document, DocumentMissing, Query

DEPTH = 10

# The months as dates have them, in the order of the year.
MONTHS = (
    ("january", "января", "януари"),
    ("february", "февраля", "февруари"),
    ("march", "марта", "март"),
    ("april", "апреля", "април"),
    ("may", "мая", "май"),
    ("june", "июня", "юни"),
    ("july", "июля", "юли"),
    ("august", "августа", "август"),
    ("september", "сентября", "септември"),
    ("october", "октября", "октомври"),
    ("november", "ноября", "ноември"),
    ("december", "декабря", "декември"),
)


def query_of(case: Case) -> Query:
    """The query that a case stands for."""
    return Query(case.question, k=DEPTH, languages=case.languages, outlets=case.outlets, since=case.since, until=case.until)


def score(case: Case, archive: Archive, hits: Sequence[Any], answer: Any) -> Result:
    """The scores of one answer."""
    parts = places(case, archive)
    whole = {gold.doc for gold in case.gold if not gold.quote}
    cited = [citation for claim in answer.claims for citation in claim.citations]
    shown = cited + [citation for conflict in answer.conflicts for side in conflict.sides for citation in side.citations]
    spans = [(c.doc_id, c.start, c.end) for c in cited]
    best = [(c.citation.doc_id, c.citation.start, c.citation.end) for c in answer.candidates[:1]]
    given = all(any(holds(spans, gold, whole) for gold in part) for part in parts)
    right = bool(answer.claims) and given and said(case, answer)
    expected, reported = case.conflict, [c for c in answer.conflicts if agrees(case, c)]
    due = expected is not None and not expected.optional
    result = Result(
        case=case.id,
        digest=digest(case),
        kind=case.kind,
        pair=pair_of(case, archive),
        answerable=case.answerable,
        answered=bool(answer.claims),
        confidence=answer.confidence,
        correct=right if case.answerable else not answer.claims,
        best_right=any(holds(best, gold, whole) for part in parts for gold in part),
        language_right=answer.language == case.language,
        filters_kept=all(inside(case, hit.document) for hit in hits) and all(inside(case, archive.read(c.doc_id)) for c in shown),
        conflict_found=bool(answer.conflicts) and not (reported and not due),  # one that may be left unsaid is no alarm either
        conflict_expected=due,
        conflict_right=due and bool(reported),
    )
    if reported:
        result.conflict_values = max(values_shown(case, conflict) for conflict in reported)
    if answer.claims:
        checked(result, case, answer)
    if shown:
        exact = [metrics.quote_is_exact(archive.read(c.doc_id).text, c.start, c.end, c.quote) for c in shown]
        result.quotes_exact = sum(exact) / len(exact)
    if parts:
        ranking = [hit.document.id for hit in hits]
        result.hit_1 = metrics.hit_at_k(ranking, case.gains, 1)
        result.hit_10 = metrics.hit_at_k(ranking, case.gains, DEPTH)
        result.mrr = metrics.reciprocal_rank(ranking, case.gains, DEPTH)
        result.ndcg_10 = metrics.ndcg_at_k(ranking, case.gains, DEPTH)
        result.recall_10 = metrics.recall_at_k(ranking, case.gains, DEPTH)
        result.citation_recall = metrics.citation_recall(spans, parts)
        if spans:
            result.citation_precision = metrics.citation_precision(spans, [g for part in parts for g in part])
    return result


def holds(spans: Sequence[metrics.Located], gold: metrics.Located, whole: Collection[str]) -> bool:
    """Whether quotations give the answer: the whole gold quotation, or any words of a document that is gold as a whole."""
    return any(span[0] == gold[0] for span in spans) if gold[0] in whole else metrics.is_covered(gold, spans)


def values_shown(case: Case, conflict: Any) -> float:
    """The share of the expected sides whose value a side of the conflict shows beside one of their documents."""
    assert case.conflict is not None
    expected = list(zip(case.conflict.sides, case.conflict.values, strict=True))

    def shown(docs: Sequence[str], value: str) -> bool:
        beside = [side for side in conflict.sides if any(c.doc_id in docs for c in side.citations)]
        return any(is_shown(value, f"{side.value} {c.quote}", conflict.about) for side in beside for c in side.citations)

    return sum(shown(docs, value) for docs, value in expected) / len(expected)


def checked(result: Result, case: Case, answer: Any) -> None:
    """What cross-checking adds to an answer, beside what the case expects of it; nothing is scored that it says nothing of."""
    if case.documents is not None:
        counts = [(c.support.documents, c.support.independent) for c in answer.claims if c.support is not None]
        result.support_right = float((case.documents, case.independent) in counts)
    if case.attribution:
        told = [c.attribution or "" for c in answer.claims]
        told += [side.attribution or "" for conflict in answer.conflicts for side in conflict.sides]
        result.attribution_right = float(any(metrics.contains(text, one) for text in told for one in case.attribution))
    if case.resolved:
        said = [d.said for claim in answer.claims for d in claim.derived]
        said += [c.quote for claim in answer.claims for c in claim.citations]
        right = [any(names_day(text, day) for text in said) for day in case.resolved]
        result.resolved_right = sum(right) / len(right)
    if case.silent:
        named = {(silence.kind, silence.name) for silence in answer.silent}
        result.silence_recall = sum((s.kind, s.name) in named for s in case.silent) / len(case.silent)


def names_day(text: str, day: date) -> bool:
    """Whether a text names the day with its month, and no other year: 3 September 2025, 3 сентября."""
    month = "|".join(MONTHS[day.month - 1])
    found = re.search(rf"(?<!\d){day.day}(?:st|nd|rd|th)?\W+(?:{month})|(?:{month})\W+{day.day}(?!\d)", text.lower())
    years = re.findall(r"\b(?:19|20)\d\d\b", text)
    return found is not None and (not years or str(day.year) in years)


def told(case: Case, timeline: Any) -> float:
    """The share of the expected events that the timeline has, on their day and by a quotation of a document named for them."""

    def there(expected: Any) -> bool:
        return any(
            event.first <= expected.date <= event.last
            and event.citation.doc_id in expected.docs
            and (expected.quote in event.citation.quote or event.citation.quote in expected.quote)
            for event in timeline.events
        )

    return sum(map(there, case.timeline)) / len(case.timeline)


def places(case: Case, archive: Archive) -> list[list[metrics.Located]]:
    """The gold as spans of the archive's documents, by part. CaseError where a quotation does not stand in its document."""
    found = []
    for part in case.parts:
        spans = []
        for gold in part:
            place = gold.place(_document(case, archive, gold.doc).text)
            if place is None:
                raise CaseError(f"{case.where or case.id}: the gold quotation does not stand in {gold.doc!r}: {gold.quote!r}")
            spans.append(place)
        found.append(spans)
    return found


def check(cases: Iterable[Case], archive: Archive) -> None:
    """CaseError where a case names a document that the archive lacks, words that do not stand there, or gold outside its filters.

    All cases are looked at before the first is asked, so that a slip is not found at the end of a long run.
    """
    for case in cases:
        places(case, archive)
        for gold in case.gold:
            if not inside(case, archive.read(gold.doc)):
                raise CaseError(f"{case.where or case.id}: the filters of the case leave out its gold document {gold.doc!r}")
        for doc in {doc for side in case.conflict.sides for doc in side} if case.conflict else ():
            _document(case, archive, doc)
        for event in case.timeline:
            for doc in event.docs:
                if event.quote not in _document(case, archive, doc).text:
                    raise CaseError(f"{case.where or case.id}: the event's words do not stand in {doc!r}: {event.quote!r}")


def _document(case: Case, archive: Archive, doc: str) -> Document:
    try:
        return archive.read(doc)
    except DocumentMissing as error:
        raise CaseError(f"{case.where or case.id}: the archive holds no document {doc!r}") from error


def said(case: Case, answer: Any) -> bool:
    """Whether the answer mentions what it must, in its sentences or their quotations, and nothing that it must not.

    What must not be mentioned may not stand in the differences shown beside the answer either.
    """
    claimed = "\n".join(t for claim in answer.claims for t in (claim.text, *(c.quote for c in claim.citations)))
    sides = [side for conflict in answer.conflicts for side in conflict.sides]
    shown = "\n".join((claimed, *(t for side in sides for t in (side.value, *(c.quote for c in side.citations)))))
    wanted = all(any(metrics.contains(claimed, one) for one in alternatives) for alternatives in case.must_mention)
    return wanted and not any(metrics.contains(shown, one) for one in case.must_not_mention)


def agrees(case: Case, conflict: Any) -> bool:
    """Whether a reported conflict is the one that the case expects: its subject, its relation, and two of its sides."""
    expected = case.conflict
    if expected is None or conflict.about not in expected.about or conflict.relation not in expected.relations:
        return False
    docs = {citation.doc_id for side in conflict.sides for citation in side.citations}
    return sum(bool(docs & set(side)) for side in expected.sides) >= 2


def inside(case: Case, document: Any) -> bool:
    """Whether a document is one that the filters of the case let through."""
    day = document.published and document.published.isoformat()[:10]
    return (
        (not case.languages or document.language in case.languages)
        and (not case.outlets or document.outlet in case.outlets)
        and (not case.since or (day is not None and day >= case.since.isoformat()))
        and (not case.until or (day is not None and day <= case.until.isoformat()))
    )


def pair_of(case: Case, archive: Archive) -> str:
    """Language of the question → language of the gold: the question's own where gold is in it, – where there is none."""
    languages = {archive.read(gold.doc).language or "?" for gold in case.gold}
    answered_in = case.language if case.language in languages else "+".join(sorted(languages)) or "–"
    return f"{case.language}→{answered_in}"


def digest(case: Case) -> str:
    """Eight hex digits that change with anything a result depends on."""
    return hashlib.sha256(repr(replace(case, notes="", where="")).encode()).hexdigest()[:8]
