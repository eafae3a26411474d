"""Answers written by a language model over the sample articles: scripted, and a real small one through both of its doors."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from rag import Archive, Assistant, ModelError, Refused, Settings
from rag.answer.quote import cite, holds
from rag.types import Citation, Hit

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
QUESTION = "How many people were hurt when the Tamna footbridge collapsed?"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.create(tmp_path_factory.mktemp("written") / "archive") as archive:
        assert archive.index([CORPUS]).failed == ()
        yield archive


@pytest.fixture
def verbatim(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the verifier one that lets a sentence through that stands word for word in the passage it names."""

    def verify(sentence: str, hits: Sequence[Hit], **_: object) -> Any:
        marks = [int(number) for number in re.findall(r"\[(\d+)\]", sentence)]
        words = re.sub(r"\s*\[\d+\]", "", sentence)
        for document in (hits[mark - 1].document for mark in marks if 1 <= mark <= len(hits)):
            if (at := document.text.find(words)) >= 0:
                return SimpleNamespace(citations=(cite(document, at, at + len(words)),))
        return Refused(sentence, "It stands nowhere.", "unsupported")

    stand_in = ModuleType("rag.answer.check.verify")
    stand_in.verify = verify  # type: ignore[attr-defined]
    stand_in.check_translation = lambda *_: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rag.answer.check.verify", stand_in)


def _first_sentence(archive: Archive) -> tuple[str, Citation]:
    """A plain sentence of the first three passages: without direct speech, which would make several of it."""
    hits = Assistant(archive).ask(QUESTION).hits[:3]
    spans = ((hit.document, span) for hit in hits for span in hit.passage.sentences)
    citations = (cite(document, *span) for document, span in spans)
    citation = next(one for one in citations if not re.search('[:"«»„“”]', one.quote))
    return citation.quote, citation


@pytest.mark.usefixtures("verbatim")
def test_a_models_sentences_are_shown_and_its_inventions_are_not(corpus: Archive) -> None:
    true, citation = _first_sentence(corpus)
    assistant = Assistant(corpus, model=FakeListChatModel(responses=[f"{true} [1][2][3] Nobody was hurt [1]."]))
    events = list(assistant.stream(QUESTION))
    answer = events[-1].answer
    assert answer is not None
    assert [event.kind for event in events if event.kind != "writing"] == ["searching", "claim", "refused", "answer"]
    assert [claim.text for claim in answer.claims] == [true]
    assert [one.code for one in answer.refused] == ["unsupported"]
    assert (answer.answerer, answer.model, answer.fallback, answer.sends_to) == ("model", "FakeListChatModel", None, None)
    assert answer.packing is not None
    assert answer.packing.used + answer.packing.left_out == len(answer.hits)
    assert set(answer.timings) == {"first", "writing"}
    assert holds(answer.claims[0].citations[0], corpus.read(citation.doc_id))


@pytest.mark.usefixtures("verbatim")
def test_quotations_take_the_place_of_a_draft_that_does_not_hold(corpus: Archive) -> None:
    plain = Assistant(corpus).ask(QUESTION)
    answer = Assistant(corpus, model=FakeListChatModel(responses=["Nobody was hurt [1]."])).ask(QUESTION)
    assert answer.claims == plain.claims
    assert (answer.answerer, answer.model) == ("extractive", "FakeListChatModel")
    assert answer.fallback == "No sentence that the model wrote could be verified (1 refused)."


@pytest.mark.usefixtures("verbatim")
def test_a_model_is_not_asked_what_the_archive_does_not_answer(corpus: Archive) -> None:
    model = FakeListChatModel(responses=["Paris [1]."])
    answer = Assistant(corpus, model=model).ask("What is the capital of Peru?")
    assert answer.abstention is not None
    assert (answer.packing, answer.model, model.i) == (None, None, 0)


@pytest.mark.parametrize(
    ("before", "question", "document"),
    [
        (QUESTION, "And how long was it?", "bridge"),
        ("Кто победил на выборах мэра Остреля?", "А почему суд отклонил его жалобу?", "election"),
        ("Колко посетители имаше фестивалът на хвърчилата в Порт Амелин?", "А кой спечели наградата там?", "festival"),
        ("Where was the climber Baek found on Mount Helgrat?", "What did he eat there?", "rescue"),
    ],
)
def test_a_follow_up_finds_the_story_that_was_asked_about(corpus: Archive, before: str, question: str, document: str) -> None:
    answer = Assistant(corpus).ask(question, history=[before])
    assert answer.asked is not None
    assert answer.query.text == question
    assert answer.candidates[0].citation.doc_id.startswith(document)
    assert Assistant(corpus).ask(before, history=[question]).asked is None


@pytest.mark.usefixtures("verbatim")
def test_a_quotation_is_translated_on_request_only_with_a_model(corpus: Archive) -> None:
    _, citation = _first_sentence(corpus)
    with pytest.raises(ModelError, match="no language model"):
        Assistant(corpus).translate(citation, "bg")
    translator = Assistant(corpus, model=FakeListChatModel(responses=["Превод."]))
    assert translator.cite(citation.doc_id, citation.start, citation.end) == citation
    made = translator.translate(citation, "bg")
    assert made.to_dict()["text"] == "Превод."


@pytest.mark.model
@pytest.mark.usefixtures("verbatim")
def test_a_real_model_answers_through_both_doors(corpus: Archive, smol: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Assistant(corpus, Settings(model=f"gguf:{smol}", context_tokens=1024, threads=1))
    chat: Any = own._writer and own._writer.chat
    monkeypatch.setenv("OPENAI_API_KEY", chat.key.get_secret_value())
    served = Assistant(corpus, Settings(model=f"openai:{chat.model}", base_url=chat.base_url))
    for assistant in (own, served):
        door: Any = assistant._writer and assistant._writer.chat
        door.max_tokens = 40  # of each prompt's draft, so that the test is quick
        answer = assistant.ask(QUESTION)
        assert answer.claims
        assert answer.refused or answer.answerer == "model"
        assert answer.packing is not None
        assert answer.packing.tokens <= answer.packing.limit
        assert answer.sends_to is None
        assert chat.key.get_secret_value() not in repr(answer.to_dict())
