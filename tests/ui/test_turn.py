"""A turn gathers the events of an answer, and numbers the places that it points to."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from rag.types import Claim, Event, Query, Refused
from ui.turn import NEAR_SHOWN, Turn


def done(press: SimpleNamespace, answer: object) -> Turn:
    return Turn(1, "q", Query("q")).after(Event("answer", answer=answer))


def test_citations_are_numbered_in_the_order_of_the_claims_and_each_place_once(press: SimpleNamespace) -> None:
    cost = press.quoting(press.bridge, "It cost 12 million crowns, the town council said.")
    opened = press.quoting(press.most, "Новый мост открыли в понедельник.")
    claims = (Claim(cost.quote, (cost,)), Claim(opened.quote, (opened, cost)))
    turn = done(press, press.answer("q", claims=claims, hits=()))
    assert [(r.label, r.quote) for r in turn.references] == [("1", cost.quote), ("2", opened.quote)]
    assert [turn.place(c) for c in claims[1].citations] == [1, 0]


def test_claims_are_shown_and_numbered_alike_while_they_stream_and_when_all_is_there(press: SimpleNamespace) -> None:
    answer = press.answer("q")
    streaming = Turn(1, "q").after(Event("claim", claim=answer.claims[0]))
    assert streaming.running
    assert streaming.claims == answer.claims
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
    sentence = press.quoting(press.most, "Его строили три года.")
    turn = done(press, press.abstaining("q", near=(sentence,) * (NEAR_SHOWN + 3)))
    assert len(turn.of_kind("near")) == NEAR_SHOWN


def test_documents_found_but_not_quoted_are_consulted_each_once(press: SimpleNamespace) -> None:
    opened = press.quoting(press.most, "Новый мост открыли в понедельник.")
    hits = (
        press.hit(press.most, "Его строили три года."),
        press.hit(press.bridge, "The old one was built in 1931."),
        press.hit(press.bridge, "It cost 12 million crowns, the town council said."),
    )
    turn = done(press, press.answer("q", claims=(Claim(opened.quote, (opened,)),), hits=hits))
    assert [(r.doc_id, r.quote) for _, r in turn.of_kind("consulted")] == [("bridge", "The old one was built in 1931.")]


def test_a_kept_turn_does_not_hold_the_texts_of_the_documents_found(press: SimpleNamespace) -> None:
    turn = done(press, press.answer("q"))
    assert turn.of_kind("consulted") == ()  # both documents are cited
    assert turn.answer is not None
    assert turn.answer.hits == ()


def test_stopping_or_failing_ends_a_running_turn_and_leaves_a_finished_one_alone(press: SimpleNamespace) -> None:
    running = Turn(1, "q", status="answering")
    assert running.stopped().status == "stopped"
    assert (running.failed("no disk").status, running.failed("no disk").error) == ("failed", "no disk")
    finished = replace(running, status="done")
    assert finished.stopped() is finished
    assert finished.failed("no disk") is finished
