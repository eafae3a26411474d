"""What happens when a reader does something, without a browser."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from rag.errors import ArchiveDamaged, ModelError, StampMismatch
from rag.types import Event, Query, Refused
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
    return over(press, press.Assistant(respond or (lambda query: press.answer(query.text))))


def over(press: SimpleNamespace, *assistants: Any, archive: Any = None) -> Chat:
    """A chat with these models, named one, two, …"""
    names = ("one", "two", "three")
    return Chat(archive or press.Archive(), dict(zip(names, assistants, strict=False)), tuple)


def steps_of(shown: AsyncIterator[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """All that is shown, one after the other."""

    async def gather() -> list[tuple[Any, ...]]:
        return [step async for step in shown]

    return asyncio.run(gather())


def asked(given: Chat, question: str, turns: tuple[Turn, ...] = (), filters: tuple[Any, ...] = NONE) -> tuple[Any, ...]:
    """The last thing that asking a question shows."""
    return steps_of(given.ask(question, turns, None, *filters))[-1]


def test_an_answer_comes_in_steps_and_empties_the_question_box(press: SimpleNamespace) -> None:
    steps = steps_of(chat(press).ask("When?", (), None, *NONE))
    assert [turns[-1].status for *_, turns in steps] == ["searching", "answering", "done"]
    assert [box for box, *_ in steps] == ["", gr.skip(), gr.skip()]  # the next question may be written meanwhile


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
        def stream(self, query: Query, *, history: Any = ()) -> Any:
            heard.append(list(history))
            return super().stream(query)

    heard: list[list[str]] = []
    given = over(press, Listening(lambda query: press.answer(query.text, asked="in full" if query.text == "two" else None)))
    *_, turns = asked(given, "one")
    *_, turns = asked(given, "two", turns)
    asked(given, "three", turns)
    said = "The new bridge at Lower Mill opened on Monday."
    assert heard == [[], [("one", said)], [("one", said), ("in full", said)]]


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
    assert said in turns[-1].problem.message


def test_an_error_of_the_archive_is_shown_in_its_own_words(press: SimpleNamespace) -> None:
    def broken(query: Query) -> Any:
        raise ArchiveDamaged("The archive cannot be read. Run: sverka verify")

    _, thread, _, turns = asked(chat(press, broken), "q")
    assert turns[-1].status == "failed"
    assert "The archive cannot be read. Run: sverka verify" in thread


def test_an_empty_question_asks_nothing(press: SimpleNamespace) -> None:
    ((*_, turns),) = steps_of(chat(press).ask("  \n ", (), None, *NONE))
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
    box, _, _, turns = steps_of(chat(press).ask_clicked(clicked(question="Кога?"), (), None, *NONE))[-1]
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
    emptied = over(press, *given.models.values(), archive=press.Archive(()))
    assert "No longer in the archive" in emptied.open(clicked(ref="1:0"), turns)


def test_stopping_and_failing_end_the_running_question_only(press: SimpleNamespace) -> None:
    given = chat(press)
    *_, turns = asked(given, "one")
    running = (*turns, Turn(2, "two", status="searching"))
    assert [t.status for t in given.stop(running)[1]] == ["done", "stopped"]
    thread, ended = given.fail(running)
    assert [t.status for t in ended] == ["done", "failed"]
    assert "error of its own" in thread


def test_starting_over_leaves_nothing(press: SimpleNamespace) -> None:
    thread, _, turns = chat(press).clear()
    assert (thread, turns) == ("", ())


def test_the_page_offers_the_filters_that_the_archive_has_and_sets_those_of_the_link(press: SimpleNamespace) -> None:
    request = Request("language=ru&language=de&outlet=Mill+Gazette&since=2025-09-01&until=soon&model=gone")
    *_, amiss, model, _, languages, outlets, since, until = chat(press).load(request)  # type: ignore[arg-type]
    assert languages["choices"] == [("English (1)", "en"), ("Russian (1)", "ru")]
    assert languages["value"] == ["ru"]
    assert outlets["value"] == ["Mill Gazette"]
    assert (since["value"], until["value"]) == ("2025-09-01", None)
    assert model["value"] == "one"
    for unknown in ("the model", "gone", "the language", "de", "the day", "soon"):
        assert unknown in amiss


def test_a_model_of_the_link_is_chosen_and_marked(press: SimpleNamespace) -> None:
    given = over(press, press.Assistant(press.answer), press.Assistant(press.answer, sends_to="api.example", model="m"))
    *_, amiss, model, chosen, _, _, _, _ = given.load(Request("model=two"))  # type: ignore[arg-type]
    assert (amiss, model["value"]) == ("", "two")
    assert 'data-writer="api.example"' in chosen


def test_documents_without_language_or_outlet_offer_no_filter(press: SimpleNamespace) -> None:
    bare = replace(press.most, language=None, outlet=None)
    given = over(press, press.Assistant(press.answer), archive=press.Archive((bare,)))
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


def test_where_none_of_the_fixed_questions_is_answered_headlines_of_the_archive_make_some(press: SimpleNamespace) -> None:
    titled = replace(press.bridge, title="Bridge opens at Lower Mill.")
    others = (replace(press.bridge, title=title) for title in (None, "Short", "x" * 200))
    archive = press.Archive((*others, titled, press.most))
    assistant = press.Assistant(
        lambda q: press.answer(q.text) if "Bridge" in q.text else press.abstaining(q.text), archive=archive
    )
    question = "What is known about this: Bridge opens at Lower Mill?"
    assert examples.answered(assistant, (Example("en", "Why?"),)) == (Example("en", question),)


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
        given = over(press, Slow(press.answer))
        running = given.ask("q", (), None, *NONE)
        await anext(running)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(running), 0.05)

    asyncio.run(stop())
    assert not ended.is_set()
    searching.set()
    assert ended.wait(60)


def test_where_there_is_a_choice_the_chosen_model_answers_and_is_named(press: SimpleNamespace) -> None:
    first, second = (press.Assistant(lambda q, m=m: press.answer(q.text, model=m)) for m in ("a", "b"))
    given = over(press, first, second)
    for chosen, answered in (("two", "b"), ("one", "a"), (None, "a"), ("no such model", "a"), (["two"], "a")):
        *_, turns = steps_of(given.ask("q", (), chosen, *NONE))[-1]  # type: ignore[arg-type]
        assert turns[-1].outcome.model == answered
    assert turns[-1].model == "one"
    *_, turns = asked(over(press, first), "q")
    assert turns[-1].model is None


def test_a_model_that_is_down_leads_to_the_others_and_keeps_what_was_said_before(press: SimpleNamespace) -> None:
    class Down(press.Assistant):  # type: ignore[misc]
        def stream(self, query: Query, *, history: Any = ()) -> Any:
            yield Event("claim", claim=press.answer("q").claims[0])
            raise ModelError("The model does not answer. Start its server.")

    given = over(press, press.Assistant(lambda q: press.answer(q.text)), Down(press.answer))
    _, thread, _, turns = steps_of(given.ask("q", (), "two", *NONE))[-1]
    assert "The language model failed" in thread
    assert "Start its server." in thread
    assert "opened on Monday" in thread
    assert 'data-model="one"' in thread
    assert 'data-model="two"' not in thread
    again = steps_of(given.ask_clicked(clicked(question="q", model="one"), turns, "two", *NONE))[-1]
    assert [t.status for t in again[-1]] == ["failed", "done"]


def test_an_archive_of_other_settings_says_so_wherever_it_is_read(press: SimpleNamespace) -> None:
    class Other(press.Archive):  # type: ignore[misc]
        def stats(self) -> Any:
            raise StampMismatch("It was made with another embedder. Run: sverka rebuild")

        read = stats

    def broken(query: Query) -> Any:
        raise StampMismatch("It was made with another embedder. Run: sverka rebuild")

    given = over(press, press.Assistant(broken), archive=Other())
    _, welcome, pane, *_ = given.load(Request())  # type: ignore[arg-type]
    _, thread, _, _ = asked(given, "q")
    _, blank, _ = given.clear()
    for shown in (welcome, pane, thread, blank):
        assert "The archive was made under other settings" in shown
        assert "Run: sverka rebuild" in shown


def test_a_model_on_another_machine_is_marked_before_anything_is_asked(press: SimpleNamespace) -> None:
    given = over(press, press.Assistant(press.answer), press.Assistant(press.answer, sends_to="api.example"))
    assert given.chosen("one") == ""
    assert "sends passages to api.example" in given.chosen("two")


def timeline(given: Chat, turns: tuple[Turn, ...], number: object = "1") -> list[tuple[Any, ...]]:
    return steps_of(given.timeline(clicked(turn=number), turns, None))


def test_a_timeline_is_worked_out_for_the_turn_that_was_clicked_on(press: SimpleNamespace) -> None:
    given = chat(press)
    *_, turns = asked(given, "q")
    *_, turns = asked(given, "q2", turns)
    (working, _), (shown, turns) = timeline(given, turns)
    assert "Reading the dates" in working
    assert len(turns[0].chronicle.moments) == 3
    assert turns[1].chronicle is None
    assert 'class="plot"' in shown
    opened = given.open(clicked(ref=f"1:{turns[0].chronicle.moments[0].place}"), turns)
    assert "Event 1 of 3" in opened


@pytest.mark.parametrize("number", ["2", "", None, ["1"]])
def test_a_timeline_of_no_turn_changes_nothing(press: SimpleNamespace, number: object) -> None:
    *_, turns = asked(chat(press), "q")
    assert timeline(chat(press), turns, number) == [(gr.skip(), turns)]


def test_a_timeline_that_fails_says_why_and_leaves_the_answer(press: SimpleNamespace) -> None:
    class Broken(press.Assistant):  # type: ignore[misc]
        def timeline(self, query: Query) -> Any:
            raise ArchiveDamaged("Run: sverka verify")

    given = over(press, Broken(lambda q: press.answer(q.text)))
    *_, turns = asked(given, "q")
    shown, turns = timeline(given, turns)[-1]
    assert "Run: sverka verify" in shown
    assert turns[0].status == "done"


def test_a_question_while_a_timeline_is_worked_out_leaves_none_half_done(press: SimpleNamespace) -> None:
    given = chat(press)
    *_, turns = asked(given, "q")
    (_, working), _ = timeline(given, turns)
    *_, turns = asked(given, "q2", working)
    assert [turn.chronicle for turn in turns] == [None, None]


def test_a_conversation_comes_back_from_the_readers_browser(press: SimpleNamespace) -> None:
    given = chat(press)
    _, thread, pane, turns = asked(given, "q")
    assert given.restore(given.keep(turns)) == (thread, pane, turns)
    assert given.restore("") == (gr.skip(), gr.skip(), ())
    assert given.restore("[{}]") == (gr.skip(), gr.skip(), ())


def test_a_model_at_work_is_waited_for_without_drawing_the_page_again(press: SimpleNamespace) -> None:
    class Writing(press.Assistant):  # type: ignore[misc]
        def stream(self, query: Query, *, history: Any = ()) -> Any:
            yield Event("searching")
            for _ in range(50):
                yield Event("writing")
            yield Event("answer", answer=press.answer(query.text))

    steps = steps_of(over(press, Writing(press.answer)).ask("q", (), None, *NONE))
    assert [turns[-1].status for *_, turns in steps] == ["searching", "answering", "done"]


def translated(given: Chat, turns: tuple[Turn, ...], **data: object) -> list[tuple[Any, ...]]:
    return steps_of(given.translate(clicked(**data), turns, None))


def foreign(press: SimpleNamespace, **changed: Any) -> tuple[Chat, tuple[Turn, ...]]:
    """An answer to an English question whose second citation is in Russian, and who can translate it."""

    class Translator(press.Assistant):  # type: ignore[misc]
        def translate(self, citation: Any, language: str, *, stop: Any = None) -> Any:
            if "made" in changed:
                return changed["made"](stop)
            return super().translate(citation, language)

    given = over(press, Translator(lambda q: press.answer(q.text), "api.example", "small"))
    return given, asked(given, "q")[-1]


def test_a_quotation_is_translated_where_it_stands_and_marked_as_made_by_a_machine(press: SimpleNamespace) -> None:
    given, turns = foreign(press)
    (_, pane, _), (_, shown, turns) = translated(given, turns, ref="1:1", shown="1:1")
    assert "Translating" in pane
    assert "In en: Новый мост" in shown
    assert "Machine translation by" in shown
    assert "api.example" in shown  # where the quotation went
    assert turns[0].working is False
    assert given.open(clicked(ref="1:all"), turns).count("In en: Новый мост") == 1
    assert translated(given, turns, ref="1:1", shown="")[-1][1] == gr.skip()


@pytest.mark.parametrize("ref", ["1:0", "1:9", "2:0", "1:x", "1:" + "9" * 5000, "", None, ["1:1"]])
def test_only_a_quotation_in_another_language_is_translated(press: SimpleNamespace, ref: object) -> None:
    given, turns = foreign(press)
    assert translated(given, turns, ref=ref, shown="") == [(gr.skip(), gr.skip(), turns)]


def test_a_refused_or_failed_translation_says_why(press: SimpleNamespace) -> None:
    def fails(stop: threading.Event) -> Any:
        raise ModelError("Start its server.")

    for made, why in (
        (lambda stop: Refused("x", "There is 13, which the original has not.", "number"), "refused. There is 13, which"),
        (fails, "The language model failed. Start its server."),
    ):
        given, turns = foreign(press, made=made)
        _, shown, turns = translated(given, turns, ref="1:1", shown="1:all")[-1]
        assert why in shown
        assert "Try again" in shown
        assert turns[0].rendered(1).text is None


def test_a_document_that_is_gone_or_changed_is_not_translated(press: SimpleNamespace) -> None:
    given, turns = foreign(press)
    here = turns[0].references[1]
    for moved, why in ((replace(here, end=here.end - 1), "has changed"), (replace(here, doc_id="x"), "no longer in the archive")):
        turn = replace(turns[0], references=(turns[0].references[0], moved))
        _, _, (turn,) = translated(given, (turn,), ref="1:1", shown="")[-1]
        assert why in turn.rendered(1).reason


def test_who_stops_a_translation_lets_the_model_go(press: SimpleNamespace) -> None:
    stopped = threading.Event()

    def slow(stop: threading.Event) -> Any:
        assert stop.wait(60)
        stopped.set()
        return Refused("", "", "")

    given, turns = foreign(press, made=slow)

    async def stop() -> None:
        running = given.translate(clicked(ref="1:1", shown=""), turns, None)
        *_, now = await anext(running)
        assert now[0].working
        assert not given.stop(now)[1][0].renderings
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(running), 0.05)

    asyncio.run(stop())
    assert stopped.wait(60)


def test_conversations_that_a_browser_has_kept_are_offered_and_nothing_else_is(press: SimpleNamespace) -> None:
    kept = {"id": "a1", "question": "Who?", "count": 3, "day": "2025-09-01"}
    shown = chat(press).earlier(json.dumps([kept]))
    assert 'data-resume="a1"' in shown
    assert "2 more questions" in shown
    for other in ([], [{}], [kept | {"count": "many"}], {"a": 1}):
        assert chat(press).earlier(json.dumps(other)) == ""
    assert chat(press).earlier(None) == chat(press).earlier("x") == ""
