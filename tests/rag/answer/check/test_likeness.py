"""How alike texts are without some words of one: what tells a draft that lacks a "not" from one that keeps it."""

from __future__ import annotations

import pytest

from rag import Settings, load_embedder
from rag.answer.check.clauses import clauses
from rag.answer.check.likeness import freed, likeness, part
from rag.answer.check.reading import Read, read
from rag.embed.base import Embedder


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(Settings())


def sentence(text: str, language: str, embedder: Embedder) -> Read:
    return read(text, language, None, embedder)


def test_a_part_of_a_sentence_is_said_without_some_of_its_words(embedder: Embedder) -> None:
    said = sentence("The mayor, they say, did not  resign.", "en", embedder)
    assert part(said, range(len(said.words))) == "The mayor, they say, did not resign"
    assert part(said, (4, 5, 6), without=(5,)) == "did resign"
    assert part(said, (4, 5, 6), without=(0,)) == "did not resign"
    assert part(said, ()) == ""


def test_an_empty_text_is_like_nothing(embedder: Embedder) -> None:
    assert likeness("", "The mayor resigned.", embedder) == 0.0
    assert likeness("The mayor resigned.", "The mayor resigned.", embedder) == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(
    ("denied", "language", "affirmed", "kept", "other"),
    [
        ("The driver did not know about the cargo", "en", "Водач знаел за товара", "Водачът не знаел за товара", "bg"),
        (
            "Мост не закроют на ремонт",
            "ru",
            "The bridge will be closed for repairs",
            "The bridge will not be closed for repairs",
            "en",
        ),
        ("Прегледът не откри повреда", "bg", "Осмотр выявил поломку", "Осмотр не выявил поломки", "ru"),
    ],
)
def test_a_denial_taken_out_brings_a_sentence_nearer_to_one_that_affirms_it(
    denied: str, language: str, affirmed: str, kept: str, other: str, embedder: Embedder
) -> None:
    source = sentence(denied, language, embedder)
    own = [next(i for i, word in enumerate(source.words) if word.text in ("not", "не"))]

    def nearer(text: str) -> float:
        draft = sentence(text, other, embedder)
        return freed(source, own, draft, next(iter(clauses(draft))), embedder)["freed_clause"]

    assert nearer(affirmed) > nearer(kept)
    assert nearer(kept) < 0
