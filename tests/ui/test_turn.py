"""A turn gathers the events of an answer, and numbers the places that it points to."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from rag.types import Claim, Conflict, Event, Query, Refused, Side
from ui.turn import NEAR_SHOWN, Problem, Turn


def done(press: SimpleNamespace, answer: object) -> Turn:
    return Turn(1, "q", Query("q")).after(Event("answer", answer=answer))


def test_citations_are_numbered_in_the_order_of_the_claims_and_each_place_once(press: SimpleNamespace) -> None:
    cost = press.quoting(press.bridge, "It cost 12 million crowns, the town council said.")
    opened = press.quoting(press.most, "Новый мост открыли в понедельник.")
    claims = (Claim(cost.quote, (cost,)), Claim(opened.quote, (opened, cost)))
    turn = done(press, press.answer("q", claims=claims, hits=()))
    assert [(r.label, r.quote) for r in turn.references] == [("1", cost.quote), ("2", opened.quote)]
    assert [said.places for said in turn.statements] == [(0,), (1, 0)]


def test_claims_are_shown_and_numbered_alike_while_they_stream_and_when_all_is_there(press: SimpleNamespace) -> None:
    answer = press.answer("q")
    streaming = Turn(1, "q").after(Event("claim", claim=answer.claims[0]))
    assert streaming.running
    assert [said.text for said in streaming.statements] == [claim.text for claim in answer.claims]
    finished = streaming.after(Event("answer", answer=answer))
    assert not finished.running
    assert finished.references[: len(streaming.references)] == streaming.references


def test_refused_sentences_are_gathered(press: SimpleNamespace) -> None:
    turn = Turn(1, "q").after(Event("refused", refused=Refused("It cost 13 million.", "no source says so", "number")))
    assert [r.text for r in turn.refused] == ["It cost 13 million."]


def test_an_abstention_has_lettered_near_sentences_but_an_answer_has_none(press: SimpleNamespace) -> None:
    near = (
        press.quoting(press.most, "Его строили три года."),
        press.quoting(press.bridge, "The old one was built in 1931."),
    )
    turn = done(press, press.abstaining("q", near=near))
    assert [(r.kind, r.label, r.quote) for r in turn.references] == [
        ("near", "a", near[0].quote),
        ("near", "b", near[1].quote),
    ]
    candidates = press.abstaining("q", near=near).candidates
    answered = done(press, press.answer("q", candidates=candidates, hits=()))
    assert {r.kind for r in answered.references} == {"cited"}


def test_only_the_nearest_few_sentences_are_shown(press: SimpleNamespace) -> None:
    words = press.bridge.text.split()[3:]
    near = tuple(press.quoting(press.bridge, word) for word in words[: NEAR_SHOWN + 3])
    turn = done(press, press.abstaining("q", near=near))
    assert [r.label for _, r in turn.of_kind("near")] == list("abcd")


def test_documents_found_but_not_quoted_are_consulted_each_once(press: SimpleNamespace) -> None:
    opened = press.quoting(press.most, "Новый мост открыли в понедельник.")
    hits = (
        press.hit(press.most, "Его строили три года."),
        press.hit(press.bridge, "The old one was built in 1931."),
        press.hit(press.bridge, "It cost 12 million crowns, the town council said."),
    )
    turn = done(press, press.answer("q", claims=(Claim(opened.quote, (opened,)),), hits=hits))
    assert [(r.doc_id, r.quote) for _, r in turn.of_kind("consulted")] == [("bridge", "The old one was built in 1931.")]


def test_stopping_or_failing_ends_a_running_turn_and_leaves_a_finished_one_alone() -> None:
    running = Turn(1, "q", status="answering")
    assert running.settled().status == "stopped"
    problem = Problem("No", "no disk")
    assert (running.failed(problem).status, running.failed(problem).problem) == ("failed", problem)
    finished = replace(running, status="done")
    assert finished.settled() is finished
    assert finished.failed(problem) is finished


def test_a_conflict_points_at_the_same_references_as_the_claims_and_adds_its_own(press: SimpleNamespace) -> None:
    opened = press.quoting(press.bridge, "The new bridge at Lower Mill opened on Monday.")
    built = press.quoting(press.most, "Его строили три года.")
    conflict = Conflict("date", "update", (Side("Monday", (opened,)), Side("три года", (built,), "scope", "the mayor")))
    turn = done(press, press.answer("q", conflicts=(conflict,)))
    ((first, second),) = [difference.sides for difference in turn.differences]
    assert (first.places, second.places) == ((0,), (2,))
    assert [r.label for _, r in turn.of_kind("cited")] == ["1", "2", "3"]
    assert (second.value, second.scope, second.attribution) == ("три года", "scope", "the mayor")


def test_the_events_of_a_timeline_are_stepped_through_in_the_order_of_their_days(press: SimpleNamespace) -> None:
    turn = done(press, press.answer("q", hits=())).with_timeline(press.Assistant(press.answer).timeline(Query("q")))
    assert turn.chronicle is not None
    built, opened, old = (moment.place for moment in turn.chronicle.moments)
    assert turn.references[opened].kind == "cited"  # the answer quotes it too
    assert turn.references[built].kind == "dated"
    assert turn.run_of(built) == (built, opened, old)
    assert turn.run_of(opened) == (0, 1)


def test_a_follow_up_is_leaned_on_in_full(press: SimpleNamespace) -> None:
    turn = done(press, press.answer("q", asked="q about the bridge"))
    assert turn.asked == ("q about the bridge", "The new bridge at Lower Mill opened on Monday.")
    assert Turn(1, "q").asked == "q"
