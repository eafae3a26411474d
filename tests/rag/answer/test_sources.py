"""Independent sources behind a claim: copies, one outlet's articles and one sentence count once."""

from __future__ import annotations

import pytest

from rag.answer.sources import independent, same_text
from rag.types import Citation

TOLL = "Най-малко 12 души са ранени, съобщи началничката на спасителната служба Нела Видраш."


def cited(doc_id: str, quote: str, *, outlet: str | None = None, language: str = "bg") -> Citation:
    return Citation(doc_id, 0, len(quote), quote, None, outlet, None, language, None)


class Known:
    """An archive that knows the origins of some documents."""

    def __init__(self, **origins: str) -> None:
        self._origins = origins

    def origins(self, doc_ids: object) -> dict[str, str]:
        return self._origins


@pytest.mark.parametrize("give", [lambda known: known, lambda known: known.origins(())], ids=["archive", "mapping"])
def test_copies_of_one_document_count_once(give: object) -> None:
    known = Known(a="a", b="a", c="c")
    citations = [
        cited("a", "Дванайсет са ранени след срутването на моста."),
        cited("b", TOLL),
        cited("c", "Ранените са дванайсет."),
    ]
    assert independent(citations, give(known)) == 2  # type: ignore[operator]


def test_articles_of_one_outlet_count_once_and_those_of_unknown_outlets_each() -> None:
    quotes = ["Пострадали са 12 души.", "В болницата са откарани дванайсет ранени."]
    assert independent([cited(q[0], q, outlet=name) for q, name in zip(quotes, ("ЛТБ", "лтб"), strict=True)], {}) == 1
    assert independent([cited(q[0], q) for q in quotes], {}) == 2


def test_what_depends_on_two_that_did_not_depend_on_each_other_joins_them() -> None:
    citations = [
        cited("a", TOLL, outlet="А"),
        cited("b", "Двама са загинали на място.", outlet="Б"),
        cited("c", TOLL, outlet="Б"),
    ]
    assert independent(citations[:2], {}) == 2
    assert independent(citations, {}) == 1


def test_no_citations_are_no_sources() -> None:
    assert independent([], {}) == 0


def test_one_sentence_with_other_typography_or_a_word_more_is_the_same_text() -> None:
    assert same_text(cited("a", "«Мост закрыт», — сообщили в мэрии города.", language="ru"),
                     cited("b", "\"Мост закрыт\" - сообщили в мэрии города.", language="ru"))  # fmt: skip
    assert same_text(cited("a", TOLL), cited("b", TOLL.replace("съобщи", "съобщи в сряда")))


@pytest.mark.parametrize(
    ("one", "other", "languages"),
    [
        (TOLL, TOLL.replace("12", "15"), ("bg", "bg")),
        ("Няма пострадали.", "Няма пострадали.", ("bg", "bg")),
        ("В Торвела са 12 от 15.", "В Торвела са 12 от 15.", ("bg", "ru")),
        (
            "„Водата е едва четири градуса и всяка минута е важна“, каза лекарката от спешното отделение.",
            "„Водата е едва четири градуса и всяка минута е важна“, чу на брега нашият репортер.",
            ("bg", "bg"),
        ),
        (TOLL, "Според спасителната служба ранените са най-малко дванайсет души.", ("bg", "bg")),
    ],
    ids=["other figures", "too short to be anybody's", "two languages", "one speech, two reporters", "own words"],
)
def test_these_are_not_the_same_text(one: str, other: str, languages: tuple[str, str]) -> None:
    assert not same_text(cited("a", one, language=languages[0]), cited("b", other, language=languages[1]))
