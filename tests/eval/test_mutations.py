"""The evaluation can fail: break the program in known ways, and the figure that should see it turns red.

Each mutation stands between the cases and the real program; the verdict is that of a run against the sound one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from eval.cases import Case, Gold
from eval.figures import broken, changes, measure
from eval.run import Run, evaluate
from rag import Abstention, Answer, Archive, Assistant, Claim, Document, Hit, Query

Change = Callable[[Answer], Answer]


class Mutated:
    """An assistant whose answers are changed on their way out."""

    def __init__(self, assistant: Assistant, change: Change) -> None:
        self._assistant = assistant
        self._change = change

    def ask(self, query: Query, *, history: Sequence[str] = ()) -> Answer:
        return self._change(self._assistant.ask(query, history=history))


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
