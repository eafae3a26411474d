"""The evaluation can fail: break the program in known ways, and the figure that should see it turns red.

Each mutation stands between the cases and the real program; the verdict is that of a run against the sound one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from eval.cases import Case, Dated, ExpectedConflict, Gold, Silent
from eval.figures import broken, changes, measure
from eval.run import Run, evaluate
from rag import Abstention, Answer, Archive, Assistant, Claim, Conflict, Document, Hit, Query, Side, Support, Timeline

Change = Callable[[Answer], Answer]


class Mutated:
    """An assistant whose questions, answers or timelines are changed on their way."""

    fingerprint = "mutated"

    def __init__(
        self,
        assistant: Assistant,
        change: Change = lambda answer: answer,
        *,
        asks: Callable[[Query], Query] = lambda query: query,
        tells: Callable[[Timeline], Timeline] = lambda timeline: timeline,
    ) -> None:
        self._assistant = assistant
        self._change = change
        self._asks = asks
        self._tells = tells

    def ask(self, query: Query, *, history: Sequence[str] = ()) -> Answer:
        return self._change(self._assistant.ask(self._asks(query), history=history))

    def timeline(self, query: Query) -> Timeline:
        return self._tells(self._assistant.timeline(self._asks(query)))


def abstaining(answer: Answer) -> Answer:
    return replace(answer, claims=(), abstention=Abstention("not_answered", "No."))


def answering(answer: Answer) -> Answer:
    """Answers everything: the first candidate, however unlikely."""
    if answer.claims or not answer.candidates:
        return answer
    first = answer.candidates[0].citation
    return replace(answer, claims=(Claim(first.quote, (first,)),), abstention=None)


def shifted(archive: Archive) -> Change:
    """Each quotation cites the sentence after its own."""

    def change(answer: Answer) -> Answer:
        claims = tuple(replace(claim, citations=tuple(map(following, claim.citations))) for claim in answer.claims)
        return replace(answer, claims=claims)

    def following(citation: Any) -> Any:
        text = archive.read(citation.doc_id).text
        start = min(citation.end + 1, len(text) - 5)
        end = text.find(".", start) + 1 or len(text)
        return replace(citation, start=start, end=end, quote=text[start:end])

    return change


def altered(answer: Answer) -> Answer:
    """Quotations with one letter changed: as long as before, and no longer the document's words."""
    claims = tuple(
        replace(claim, citations=tuple(replace(c, quote=c.quote[:-1] + "!") for c in claim.citations)) for claim in answer.claims
    )
    return replace(answer, claims=claims)


def top_passage(answer: Answer) -> Answer:
    """Says how the first passage begins, whatever was asked."""
    if not answer.hits:
        return answer
    hit = answer.hits[0]
    of_hit = [c for c in answer.candidates if c.citation.doc_id == hit.document.id]
    first = min(of_hit, key=lambda c: c.citation.start, default=answer.candidates[0])
    rest = tuple(c for c in answer.candidates if c != first)
    claim = Claim(first.citation.quote, (first.citation,))
    return replace(answer, candidates=(first, *rest), claims=(claim,), abstention=None)


def unrescored(answer: Answer) -> Answer:
    """Sentences keep the order of their passages and of the text; the first is what is said."""
    return top_passage(answer) if answer.claims else answer


OF_PASSAGES = {"passage", "lexical", "lexical_best", "lexical_other", "names_other", "same_language"}


def by_passages_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside the program: what is known of single sentences weighs nothing any more, neither for passages nor for sentences."""
    from rag.index import rank

    data = json.loads(json.dumps(rank._data()))
    for models in (data["with_words"], data["vectors_only"]):
        for which in ("passage", "sentence"):
            models[which] = {name: weight for name, weight in models[which].items() if name in OF_PASSAGES}
    monkeypatch.setattr(rank, "_data", lambda: data)
    monkeypatch.setattr(rank, "_weights", getattr(rank._weights, "__wrapped__", rank._weights))


# ---- two papers that differ, and what cross-checking tells of them

TOWNS = ("Arlen", "Borvik", "Cassel", "Dunmor", "Elsby", "Fenwick", "Garrow", "Hestol", "Ivarne", "Jostad", "Kelmar", "Lurgan")
DIFFERING = 6  # towns of which the second paper gives another figure; of the others it says nothing


def reports() -> list[dict[str, str]]:
    rows = []
    for number, town in enumerate(TOWNS):
        first = (
            f"The flood in {town} injured {14 + number} people, mayor Edda Lind said. The bridge of {town} was closed on Monday."
        )
        rows.append({"id": f"tide-{town}", "outlet": "Tide", "text": f"It had rained for a week. {first} Schools stay shut."})
        if number < DIFFERING:
            other = f"The flood in {town} injured {54 + number} people, the county hospital said."
            rows.append(
                {"id": f"herald-{town}", "outlet": "Herald", "text": f"Fire crews came to help. {other} Nobody is missing."}
            )
    return [row | {"language": "en", "date": "2031-06-03"} for row in rows]  # a Tuesday


def disputed_cases() -> list[Case]:
    """For each town the figure, with the difference that is due, and the day of the bridge, which is told as "on Monday"."""
    asked = []
    for number, town in enumerate(TOWNS):
        figure = f"The flood in {town} injured {14 + number} people, mayor Edda Lind said."
        bridge = f"The bridge of {town} was closed on Monday."
        sides = ((f"tide-{town}",), (f"herald-{town}",))
        due = ExpectedConflict(("number",), ("contradiction",), sides, (str(14 + number), str(54 + number)))
        common: dict[str, Any] = {"language": "en", "answerable": True, "outlets": ("Tide", "Herald")}
        asked.append(
            Case(
                id=f"{town}-figure",
                question=f"How many people did the flood in {town} injure?",
                gold=(Gold(f"tide-{town}", figure),),
                conflict=due if number < DIFFERING else None,
                documents=1,
                independent=1,
                attribution=("Edda Lind",),
                silent=() if number < DIFFERING else (Silent("outlet", "Herald"),),
                **common,
            )
        )
        asked.append(
            Case(
                id=f"{town}-bridge",
                question=f"When was the bridge of {town} closed?",
                gold=(Gold(f"tide-{town}", bridge),),
                resolved=(date(2031, 6, 2),),
                timeline=(Dated(date(2031, 6, 2), (f"tide-{town}",), bridge),),
                **common,
            )
        )
    return asked


def told_apart(answer: Answer) -> Answer:
    """Calls everything a conflict: the best sentence, and the next one of another article."""
    first, *rest = (c.citation for c in answer.candidates)
    other = next((citation for citation in rest if citation.doc_id != first.doc_id), None)
    if answer.conflicts or other is None:
        return answer
    return replace(answer, conflicts=(Conflict("number", "contradiction", (Side("1", (first,)), Side("2", (other,)))),))


def relabelled(answer: Answer) -> Answer:
    """Tells each contradiction as an update."""
    return replace(answer, conflicts=tuple(replace(conflict, relation="update") for conflict in answer.conflicts))


def unattributed(answer: Answer) -> Answer:
    sides = (tuple(replace(side, attribution=None) for side in conflict.sides) for conflict in answer.conflicts)
    conflicts = tuple(replace(conflict, sides=both) for conflict, both in zip(answer.conflicts, sides, strict=True))
    return replace(answer, conflicts=conflicts, claims=tuple(replace(claim, attribution=None) for claim in answer.claims))


def counted_twice(answer: Answer) -> Answer:
    return replace(answer, claims=tuple(replace(claim, support=Support(2, 2, 2)) for claim in answer.claims))


def a_week_late(timeline: Timeline) -> Timeline:
    week = timedelta(days=7)
    return replace(timeline, events=tuple(replace(e, first=e.first + week, last=e.last + week) for e in timeline.events))


def sure(answer: Answer) -> Answer:
    return replace(answer, confidence=0.99)


class Backwards:
    """An archive that returns its hits in the wrong order."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def search(self, query: Query) -> tuple[Hit, ...]:
        return tuple(reversed(self._archive.search(query)))

    def read(self, doc_id: str) -> Document:
        return self._archive.read(doc_id)


class Unfiltered(Backwards):
    """An archive that ignores filters."""

    def search(self, query: Query) -> tuple[Hit, ...]:
        return self._archive.search(Query(query.text, k=query.k))


@pytest.fixture(scope="module")
def sound(small: Archive, small_cases: list[Case]) -> Run:
    run = evaluate(small_cases, small, Assistant(small))
    figures = measure(run.results)
    assert figures["correct"].value >= 0.9, "the mutations need a sound run to differ from"
    return run


def red(run: Run, sound: Run) -> set[str]:
    """The figures that are worse than the sound run's, beyond the noise."""
    return {change.figure for change in changes(run.results, sound.results) if change.worse}


def test_the_sound_system_is_not_red_against_itself(small: Archive, small_cases: list[Case], sound: Run) -> None:
    again = evaluate(small_cases, small, Assistant(small))
    assert again.results == sound.results
    assert red(again, sound) == set()
    assert broken(measure(sound.results)) == []


@pytest.mark.parametrize(
    ("name", "seen_in"),
    [
        ("answers everything", {"correct", "abstention_recall"}),
        ("answers nothing", {"correct", "correct_answerable", "abstention_precision", "citation_recall"}),
        ("cites the next sentence", {"correct_answerable", "citation_precision", "citation_recall"}),
        ("drops the sentence rescoring", {"correct_answerable", "citation_precision", "citation_recall", "risk"}),
        ("returns the top passage whatever it is", {"correct", "abstention_recall", "citation_precision"}),
        ("is sure of everything", {"auroc", "calibration", "risk"}),
    ],
)
def test_a_broken_answer_turns_red_in_the_figure_that_should_see_it(
    small: Archive, small_cases: list[Case], sound: Run, name: str, seen_in: set[str]
) -> None:
    change = {
        "answers everything": answering,
        "answers nothing": abstaining,
        "cites the next sentence": shifted(small),
        "drops the sentence rescoring": unrescored,
        "returns the top passage whatever it is": top_passage,
        "is sure of everything": sure,
    }[name]
    run = evaluate(small_cases, small, Mutated(Assistant(small), change))
    assert seen_in <= red(run, sound)


def test_the_program_without_its_sentence_scores_turns_red(
    small: Archive, small_cases: list[Case], sound: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_passages_alone(monkeypatch)
    run = evaluate(small_cases, small, Assistant(small))
    assert {"correct_answerable", "citation_recall", "risk"} <= red(run, sound)


def test_a_wrong_order_turns_the_ranking_red(small: Archive, small_cases: list[Case], sound: Run) -> None:
    run = evaluate(small_cases, Backwards(small), Assistant(small))
    assert {"hit_1", "mrr", "ndcg_10"} <= red(run, sound)


def test_a_changed_quotation_is_a_fault_even_without_a_baseline(small: Archive, small_cases: list[Case]) -> None:
    run = evaluate(small_cases, small, Mutated(Assistant(small), altered))
    assert any("quotations exact" in fault for fault in broken(measure(run.results)))


def test_a_filter_that_is_ignored_is_a_fault_even_without_a_baseline(small: Archive) -> None:
    gold = (Gold("doc-Borvik"),)
    case = Case(id="f", question="What did the council do?", language="en", answerable=True, gold=gold, since=date(2031, 1, 1))
    filtered = evaluate([case], small, Assistant(small))
    assert broken(measure(filtered.results)) == []
    ignored = evaluate([case], Unfiltered(small), Assistant(small))
    assert any("filters kept" in fault for fault in broken(measure(ignored.results)))


def test_an_answer_from_outside_the_filter_is_a_fault_although_the_hits_are_inside(small: Archive) -> None:
    gold = (Gold("doc-Borvik"),)
    case = Case(
        id="f",
        question="On which day was the bridge of Arlen opened?",
        language="en",
        answerable=True,
        gold=gold,
        since=date(2031, 1, 1),
    )
    run = evaluate([case], small, Mutated(Assistant(small), asks=lambda query: Query(query.text)))
    assert run.results[0].answered
    assert any("filters kept" in fault for fault in broken(measure(run.results)))


# ---- cross-checking


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("disputed")
    (folder / "reports.jsonl").write_text("".join(json.dumps(row) + "\n" for row in reports()), encoding="utf-8")
    with Archive.create(folder / "archive") as archive:
        assert archive.index([folder / "reports.jsonl"]).failed == ()
        yield archive


@pytest.fixture(scope="module")
def sound_checks(disputed: Archive) -> Run:
    run = evaluate(disputed_cases(), disputed, Assistant(disputed))
    figures = {name: interval.value for name, interval in measure(run.results).items()}
    seen = ("conflict_precision", "conflict_recall", "attribution_right", "support_right", "resolved_right", "timeline_recall")
    assert {name: figures[name] for name in (*seen, "silence_recall") if figures[name] < 0.8} == {}, "nothing to differ from"
    return run


@pytest.mark.parametrize(
    ("name", "seen_in"),
    [
        ("drops all conflicts", {"conflict_recall"}),
        ("calls everything a conflict", {"conflict_precision"}),
        ("tells a contradiction as an update", {"conflict_precision", "conflict_recall"}),
        ("drops the attribution", {"attribution_right"}),
        ("counts every document twice", {"support_right"}),
        ("resolves no relative date", {"resolved_right"}),
        ("says nothing of who is silent", {"silence_recall"}),
    ],
)
def test_broken_cross_checking_turns_red_in_the_figure_that_should_see_it(
    disputed: Archive, sound_checks: Run, name: str, seen_in: set[str]
) -> None:
    mutations: dict[str, Change] = {
        "drops all conflicts": lambda answer: replace(answer, conflicts=()),
        "calls everything a conflict": told_apart,
        "tells a contradiction as an update": relabelled,
        "drops the attribution": unattributed,
        "counts every document twice": counted_twice,
        "resolves no relative date": lambda answer: replace(
            answer, claims=tuple(replace(claim, derived=()) for claim in answer.claims)
        ),
        "says nothing of who is silent": lambda answer: replace(answer, silent=()),
    }
    run = evaluate(disputed_cases(), disputed, Mutated(Assistant(disputed), mutations[name]))
    assert seen_in <= red(run, sound_checks)


@pytest.mark.parametrize("broken_timeline", [lambda timeline: replace(timeline, events=()), a_week_late], ids=["dropped", "late"])
def test_a_timeline_that_is_dropped_or_misdated_turns_red(
    disputed: Archive, sound_checks: Run, broken_timeline: Callable[[Timeline], Timeline]
) -> None:
    run = evaluate(disputed_cases(), disputed, Mutated(Assistant(disputed), tells=broken_timeline))
    assert red(run, sound_checks) == {"timeline_recall"}
