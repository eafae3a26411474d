"""What happens when a reader does something, without a browser."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from rag.errors import ArchiveDamaged
from rag.types import Event, Query
from ui import examples
from ui.events import MAX_QUESTION, MAX_TURNS, Chat, in_effect, no_filters
from ui.examples import Example
from ui.turn import Turn

NONE: tuple[Any, ...] = ([], [], None, None)


class Request:
    """As much of Gradio's request as the page reads: the address it was opened with."""

    def __init__(self, query: str = "") -> None:
        from starlette.datastructures import QueryParams

        self.query_params = QueryParams(query)


def clicked(**data: object) -> gr.EventData:
    return gr.EventData(None, data)


def chat(press: SimpleNamespace, respond: Any = None) -> Chat:
    return Chat(press.Archive(), press.Assistant(respond or (lambda query: press.answer(query.text))), tuple)


def steps_of(shown: AsyncIterator[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """All that is shown, one after the other."""

    async def gather() -> list[tuple[Any, ...]]:
        return [step async for step in shown]

    return asyncio.run(gather())


def asked(given: Chat, question: str, turns: tuple[Turn, ...] = (), filters: tuple[Any, ...] = NONE) -> tuple[Any, ...]:
    """The last thing that asking a question shows."""
    return steps_of(given.ask(question, turns, *filters))[-1]


def test_an_answer_comes_in_steps_and_empties_the_question_box(press: SimpleNamespace) -> None:
    steps = steps_of(chat(press).ask("When?", (), *NONE))
    assert [turns[-1].status for *_, turns in steps] == ["searching", "searching", "answering", "done"]
    assert {box for box, *_ in steps} == {""}


def test_a_conversation_keeps_each_question_with_its_own_citations(press: SimpleNamespace) -> None:
    answers = {
        "one": lambda q: press.answer(q.text),
        "two": lambda q: press.abstaining(q.text, near=(press.quoting(press.most, "Его строили три года."),)),
    }
    given = chat(press, lambda query: answers[query.text](query))
    *_, turns = asked(given, "one")
    _, thread, _, turns = asked(given, "two", turns)
    assert [(t.number, t.question, [r.label for r in t.references]) for t in turns] == [
        (1, "one", ["1", "2"]), (2, "two", ["a"]),
    ]  # fmt: skip
    assert 'id="turn-1"' in thread
    assert 'id="turn-2"' in thread


def test_two_sessions_share_nothing(press: SimpleNamespace) -> None:
    given = chat(press)
    *_, mine = asked(given, "mine")
    *_, yours = asked(given, "yours")
    assert [t.question for t in mine] == ["mine"]
    assert [t.question for t in yours] == ["yours"]


def test_earlier_questions_are_handed_to_the_assistant(press: SimpleNamespace) -> None:
    class Listening(press.Assistant):  # type: ignore[misc]
        heard: list[str]

        def stream(self, query: Query, *, history: Any = ()) -> Any:
            heard.append(list(history))
            return super().stream(query)

    heard: list[list[str]] = []
    given = Chat(press.Archive(), Listening(lambda query: press.answer(query.text)), tuple)
    *_, turns = asked(given, "one")
    asked(given, "two", turns)
    assert heard == [[], ["one"]]


def test_filters_become_the_query(press: SimpleNamespace) -> None:
    *_, turns = asked(chat(press), "q", (), (["bg"], ["Mill Gazette"], "2025-09-01", "2025-09-02"))
    query = turns[-1].query
    assert (query.languages, query.outlets) == (("bg",), ("Mill Gazette",))
    assert (query.since, query.until) == (date(2025, 9, 1), date(2025, 9, 2))


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (([], [], "September", None), "YYYY-MM-DD"),
        (([], [], "2025-09-02", "2025-09-01"), "later than until"),
        ((["Bulgarian"], [], None, None), "ISO 639-1"),
    ],
)
def test_a_malformed_filter_is_explained_and_nothing_is_searched(
    press: SimpleNamespace, filters: tuple[Any, ...], said: str
) -> None:
    *_, turns = asked(chat(press), "q", (), filters)
    assert turns[-1].status == "failed"
    assert said in turns[-1].error


def test_an_error_of_the_archive_is_shown_in_its_own_words(press: SimpleNamespace) -> None:
    def broken(query: Query) -> Any:
        raise ArchiveDamaged("The archive cannot be read. Run: sverka verify")

    _, thread, _, turns = asked(chat(press, broken), "q")
    assert turns[-1].status == "failed"
    assert "The archive cannot be read. Run: sverka verify" in thread


def test_an_empty_question_asks_nothing(press: SimpleNamespace) -> None:
    ((*_, turns),) = steps_of(chat(press).ask("  \n ", (), *NONE))
    assert turns == ()


def test_a_question_is_cut_at_its_greatest_length(press: SimpleNamespace) -> None:
    *_, turns = asked(chat(press), "x" * (MAX_QUESTION + 500))
    assert len(turns[-1].question) == MAX_QUESTION


def test_a_long_conversation_lets_its_oldest_questions_go_and_never_gives_a_number_twice(press: SimpleNamespace) -> None:
    turns: tuple[Turn, ...] = ()
    for _ in range(MAX_TURNS + 2):
        *_, turns = asked(chat(press), "q", turns)
    assert [turn.number for turn in turns] == list(range(3, MAX_TURNS + 3))


def test_a_clicked_question_is_asked_and_leaves_the_question_box_alone(press: SimpleNamespace) -> None:
    box, _, _, turns = steps_of(chat(press).ask_clicked(clicked(question="Кога?"), (), *NONE))[-1]
    assert turns[-1].question == "Кога?"
    assert box == gr.skip()


def test_a_citation_opens_its_document_at_the_quotation(press: SimpleNamespace) -> None:
    given = chat(press)
    *_, turns = asked(given, "q")
    shown = given.open(clicked(ref="1:1"), turns)
    assert '<mark class="here" id="here" tabindex="-1">Новый мост открыли в понедельник.</mark>' in shown
    assert 'data-shown="1:1"' in shown
    assert "Sources of this answer" in given.open(clicked(ref="1:all"), turns)


@pytest.mark.parametrize("ref", ["2:0", "1:99", "1:-1", "1:x", "x", "", "1", "1:²", None, 7, ["1:0"]])
def test_a_reference_that_the_page_never_offered_opens_nothing_wrong(press: SimpleNamespace, ref: object) -> None:
    given = chat(press)
    *_, turns = asked(given, "q")
    shown = given.open(clicked(ref=ref), turns)
    assert "no longer held" in shown or 'data-shown="1:0"' in shown


def test_data_of_another_shape_than_the_pages_is_taken_for_nothing(press: SimpleNamespace) -> None:
    assert "no longer held" in chat(press).open(gr.EventData(None, "1:0"), ())


def test_a_citation_of_a_removed_document_shows_the_words_as_quoted(press: SimpleNamespace) -> None:
    given = chat(press)
    *_, turns = asked(given, "q")
    emptied = Chat(press.Archive(()), given.assistant, tuple)
    assert "No longer in the archive" in emptied.open(clicked(ref="1:0"), turns)


def test_stopping_and_failing_end_the_running_question_only(press: SimpleNamespace) -> None:
    given = chat(press)
    *_, turns = asked(given, "one")
    running = (*turns, Turn(2, "two", status="searching"))
    assert [t.status for t in given.stop(running)[1]] == ["done", "stopped"]
    thread, ended = given.fail(running)
    assert [t.status for t in ended] == ["done", "failed"]
    assert "This did not work" in thread


def test_starting_over_leaves_nothing(press: SimpleNamespace) -> None:
    thread, _, turns = chat(press).clear()
    assert (thread, turns) == ("", ())


def test_the_page_offers_the_filters_that_the_archive_has_and_sets_those_of_the_link(press: SimpleNamespace) -> None:
    request = Request("language=ru&language=de&outlet=Mill+Gazette&since=2025-09-01&until=soon")
    *_, languages, outlets, since, until = chat(press).load(request)
    assert languages["choices"] == [("English (1)", "en"), ("Russian (1)", "ru")]
    assert languages["value"] == ["ru"]
    assert outlets["value"] == ["Mill Gazette"]
    assert (since["value"], until["value"]) == ("2025-09-01", None)


def test_documents_without_language_or_outlet_offer_no_filter(press: SimpleNamespace) -> None:
    bare = replace(press.most, language=None, outlet=None)
    given = Chat(press.Archive((bare,)), press.Assistant(press.answer), tuple)
    *_, languages, outlets, _, _ = given.load(Request())
    assert (languages["choices"], outlets["choices"]) == ([], [])


def test_filters_in_effect_are_named_and_can_be_cleared() -> None:
    label, clear = in_effect(["bg"], [], None, "2025-09-02")
    assert label["label"] == "Filters: Bulgarian, to 2 September 2025"
    assert clear["visible"]
    label, clear = in_effect(*no_filters())
    assert label["label"] == "Filters"
    assert not clear["visible"]
    assert "YYYY-MM-DD" in in_effect([], [], "soon", None)[0]["label"]


def test_only_questions_that_the_archive_answers_are_suggested(press: SimpleNamespace) -> None:
    candidates = (Example("en", "no"), Example("en", "yes"), Example("en", "yes too"), Example("bg", "no"))
    assistant = press.Assistant(lambda q: press.answer(q.text) if "yes" in q.text else press.abstaining(q.text))
    assert examples.answered(assistant, candidates) == (Example("en", "yes"),)


def test_an_archive_that_cannot_be_asked_suggests_nothing(press: SimpleNamespace) -> None:
    def broken(query: Query) -> Any:
        raise ArchiveDamaged("no")

    assert examples.answered(press.Assistant(broken)) == ()


def test_who_stops_does_not_wait_for_the_next_event_and_the_stream_ends_with_it(press: SimpleNamespace) -> None:
    searching, ended = threading.Event(), threading.Event()

    class Slow(press.Assistant):  # type: ignore[misc]
        def stream(self, query: Query, *, history: Any = ()) -> Any:
            try:
                yield Event("searching")
                assert searching.wait(60)
                yield Event("answer", answer=press.answer(query.text))
            finally:
                ended.set()

    async def stop() -> None:
        given = Chat(press.Archive(), Slow(press.answer), tuple)
        running = given.ask("q", (), *NONE)
        await anext(running)
        await anext(running)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(running), 0.05)

    asyncio.run(stop())
    assert not ended.is_set()
    searching.set()
    assert ended.wait(60)
