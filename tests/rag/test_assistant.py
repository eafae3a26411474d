"""Questions put to a real archive with the real embedder: answers that can be checked, or an abstention."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rag import Archive, Assistant, Query
from rag.answer.quote import holds

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Archive.create(tmp_path_factory.mktemp("corpus") / "archive") as archive:
        assert archive.index([CORPUS]).failed == ()
        yield Assistant(archive)


@pytest.fixture(scope="module")
def seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Archive.create(tmp_path_factory.mktemp("seeds") / "archive") as archive:
        assert archive.index([shared / "seeds"]).added == 5
        yield Assistant(archive)


@pytest.mark.parametrize(
    ("question", "files", "words"),
    [
        (
            "How long did the official talks between Putin and Kim in Beijing last?",
            ("001", "002"),
            ("2,5 часов", "два часа и половина"),
        ),
        ("Какво занесе Медведев на севернокорейския лидер?", ("000",), ("архивни документи",)),
        ("Кто из российских министров участвовал в беседе в «Дяоюйтай»?", ("004",), ("Белоусов",)),
        ("When was Kim Il Sung born?", ("000",), ("15 април 1912",)),
        ("За какво се договориха Путин и Ким по телефона през август 2025?", ("003",), ("тесные контакты",)),
    ],
)
def test_the_answer_stands_in_the_right_article(
    seeds: Assistant, question: str, files: tuple[str, ...], words: tuple[str, ...]
) -> None:
    answer = seeds.ask(question)
    quotes = {
        Path(seeds.archive.read(citation.doc_id).source).name[:3]: citation.quote
        for claim in answer.claims
        for citation in claim.citations
        if any(word in citation.quote for word in words)
    }
    assert set(quotes) & set(files), [claim.text for claim in answer.claims]


@pytest.mark.parametrize("question", ["What did the two leaders eat for dinner?", "Кто выиграл чемпионат мира по футболу?"])
def test_what_no_article_says_is_not_answered(seeds: Assistant, question: str) -> None:
    answer = seeds.ask(question)
    assert answer.claims == ()
    assert answer.abstention is not None
    assert answer.abstention.reason == "not_answered"
    assert answer.candidates, "the nearest sentences are still shown"


def test_the_dates_of_the_articles_are_found(seeds: Assistant) -> None:
    found = {Path(h.document.source).name[:3]: h.document.published for h in seeds.archive.search(Query("Путин Ким", k=100))}
    days = {"000": (2025, 10, 11), "001": (2025, 9, 3), "002": (2025, 9, 3), "003": (2025, 8, 13), "004": (2025, 9, 4)}
    assert {key: date(*day) for key, day in days.items()} == {key: date(v.year, v.month, v.day) for key, v in found.items() if v}


@pytest.mark.parametrize(
    "question",
    [
        "How many people were hurt when the bridge came down?",
        "Сколько человек заболело во время вспышки?",
        "Кой спечели изборите?",
        "Who was rescued in the mountains?",
        "asdf qwer zxcv",
        "?",
    ],
)
def test_every_quotation_can_be_found_again_in_its_document(corpus: Assistant, question: str) -> None:
    answer = corpus.ask(question)
    citations = [c for claim in answer.claims for c in claim.citations] + [c.citation for c in answer.candidates]
    assert all(holds(citation, corpus.archive.read(citation.doc_id)) for citation in citations)
    assert all(claim.text == claim.citations[0].quote for claim in answer.claims)


def test_a_stream_brings_the_claims_of_the_answer_it_ends_with(corpus: Assistant) -> None:
    events = list(corpus.stream("How many people were hurt when the bridge came down?"))
    assert events[0].kind == "searching"
    assert events[-1].kind == "answer"
    answer = events[-1].answer
    assert answer is not None
    assert [event.claim for event in events[1:-1]] == list(answer.claims)


def test_a_filter_that_matches_nothing_is_said_and_never_widened(corpus: Assistant) -> None:
    answer = corpus.ask(Query("Who won the election?", outlets=("No Such Paper",), until=date(2020, 1, 1)))
    assert answer.abstention is not None
    assert answer.abstention.reason == "nothing_in_scope"
    assert "No Such Paper" in answer.abstention.detail
    assert "2020-01-01" in answer.abstention.detail
    assert (answer.hits, answer.candidates, answer.confidence) == ((), (), 0.0)


def test_nothing_outside_the_filter_is_cited(corpus: Assistant) -> None:
    answer = corpus.ask(Query("How many people were hurt when the bridge came down?", languages=("ru",)))
    assert {c.citation.language for c in answer.candidates} == {"ru"}
    assert {hit.document.language for hit in answer.hits} == {"ru"}


def test_an_empty_archive_says_that_it_is_empty(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        answer = Assistant(archive).ask("Who won?")
    assert answer.abstention is not None
    assert answer.abstention.reason == "empty_archive"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An archive with passages that have no telling word at all."""
    folder = tmp_path_factory.mktemp("odd")
    texts = {"a": "Not yet.", "b": "The bridge in Kolvar opened on 3 May 2024. It is long.", "c": "😀 👍", "d": "…", "e": ""}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with Archive.create(folder / "archive") as archive:
        archive.index([folder])
        yield Assistant(archive)


def test_passages_without_a_telling_word_disturb_nothing(odd: Assistant) -> None:
    assert "3 May 2024" in odd.ask("When did the bridge open?").claims[0].text
    assert odd.archive.search("bridge")
    assert odd.archive.verify().problems == ()


@pytest.mark.parametrize("question", ["?", '"', "-", "\u200b", "😀", "«»", "!!!..."])
def test_a_question_without_a_word_is_not_answered(odd: Assistant, question: str) -> None:
    answer = odd.ask(question)
    assert answer.abstention is not None
    assert answer.abstention.reason == "nothing_found"
    assert answer.confidence == 0.0


def test_any_k_and_every_mode_is_served(odd: Assistant) -> None:
    assert odd.archive.search(Query("bridge", k=2**63))
    best = odd.archive.search(Query("long", mode="lexical"))[0]
    assert best.document.text[slice(*best.best_sentence)] == "It is long."
    assert odd.ask(Query("When did the bridge in Kolvar open?", mode="lexical")).claims
    assert odd.ask(Query("When did the bridge open?", mode="dense")).claims


def test_the_dict_of_an_answer_has_the_documented_keys_and_no_whole_text(corpus: Assistant) -> None:
    answer = corpus.ask("How many people were hurt when the bridge came down?").to_dict()
    assert set(answer) == {
        *("query", "language", "claims", "conflicts", "abstention", "confidence", "candidates", "refused", "hits"),
        *("answerer", "model", "fingerprint", "asked", "as_of", "silent", "sends_to", "packing", "fallback"),
        *("cut_short", "timings"),
    }
    keys = {"doc_id", "start", "end", "score", "dense_rank", "lexical_rank", "best_sentence"}
    assert all(set(hit) == keys and set(hit["best_sentence"]) == {"start", "end", "text"} for hit in answer["hits"])
