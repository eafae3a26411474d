"""Which sentences make an answer, and which of them are told as one."""

from __future__ import annotations

import numpy as np
import pytest

from rag.answer import extractive
from rag.index.rank import RankedSentence
from rag.text.question import analyse
from rag.types import Document

OPEN = analyse("What happened at the bridge?")
HOW_LONG = analyse("How long did the talks last?")


def sentence(text: str, *, doc: str, score: float, angle: float = 0.0, language: str = "en") -> RankedSentence:
    """A document of one sentence; two with equal angles mean the same to the embedder."""
    document = Document(id=doc, text=text, source=doc, sha256="", language=language)
    return RankedSentence(document, (0, len(text)), score, np.array([np.cos(angle), np.sin(angle)]))


def texts(claims: tuple[extractive.Claim, ...]) -> list[str]:
    return [claim.text for claim in claims]


def test_a_claim_is_the_sentence_itself() -> None:
    (claim,) = extractive.claims(OPEN, [sentence("The bridge fell.", doc="a", score=3.0)])
    assert claim.text == claim.citations[0].quote == "The bridge fell."


def test_the_same_from_another_document_is_cited_with_it() -> None:
    first = sentence("The bridge fell on Friday.", doc="a", score=3.0)
    second = sentence("On Friday the bridge fell.", doc="b", score=2.9)
    (claim,) = extractive.claims(OPEN, [first, second])
    assert [c.doc_id for c in claim.citations] == ["a", "b"]
    assert claim.text == "The bridge fell on Friday."


def test_another_figure_is_never_told_as_the_same() -> None:
    twelve = sentence("Twelve people were hurt.", doc="a", score=3.0)
    fifteen = sentence("Fifteen people were hurt.", doc="b", score=2.9)
    assert len(extractive.claims(OPEN, [twelve, fifteen])) == 2


def test_a_denial_is_never_told_as_the_same() -> None:
    confirmed = sentence("The minister confirmed the purchase.", doc="a", score=3.0)
    for other in ("The minister denied the purchase.", "The minister didn't confirm the purchase."):
        assert len(extractive.claims(OPEN, [confirmed, sentence(other, doc="b", score=2.9)])) == 2
    said = sentence("Министър Янев потвърди.", doc="a", score=3.0, language="bg")
    assert len(extractive.claims(OPEN, [said, sentence("Министър Янев не потвърди.", doc="b", score=2.9, language="bg")])) == 2


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ru", "При пожаре погибли пятьсот человек.", "При пожаре погибли двести человек."),
        ("en", "Twenty-five miners were rescued.", "Thirty-five miners were rescued."),
        ("ru", "Мэр опровергла закрытие моста.", "Мэр подтвердила закрытие моста."),
        ("en", "The price rose 5 % in a year.", "The price fell 5 % in a year."),
        ("en", "The bridge closes on Monday.", "The bridge closes on Friday."),
        ("ru", "Мост откроют в марте.", "Мост откроют в мае."),
        ("en", "They paid 5 million euros.", "They paid 5 million dollars."),
        ("en", "On Sunday Kolvar attacked Tamnar.", "On Sunday Tamnar attacked Kolvar."),
        ("en", "The court upheld the ruling.", "The court overturned the ruling."),
        ("bg", "Двамата потвърдиха срещата.", "Двамата опровергаха срещата."),
        ("ru", "Фирма согласилась платить.", "Фирма отказалась платить."),
    ],
)
def test_what_differs_in_one_telling_word_is_never_told_as_the_same(language: str, one: str, other: str) -> None:
    first = sentence(one, doc="a", score=3.0, language=language)
    second = sentence(other, doc="b", score=2.9, language=language)
    assert not extractive.says_same(first, second)
    assert extractive.says_same(first, sentence(one, doc="b", score=2.9, language=language))


def test_what_means_something_else_is_a_claim_of_its_own() -> None:
    far = np.arccos(0.8)
    claims = extractive.claims(
        OPEN, [sentence("A fell.", doc="a", score=3.0), sentence("B rose.", doc="b", score=2.9, angle=far)]
    )
    assert texts(claims) == ["A fell.", "B rose."]


def test_sentences_far_below_the_best_are_left_out() -> None:
    near = sentence("B rose.", doc="b", score=2.0, angle=1.0)
    far = sentence("C slept.", doc="c", score=-5.0, angle=2.0)
    claims = extractive.claims(OPEN, [sentence("A fell.", doc="a", score=3.0), near, far])
    assert texts(claims) == ["A fell.", "B rose."]


def test_a_sentence_that_says_what_is_asked_about_may_lie_further_below_the_best() -> None:
    question = analyse("What did they agree on?")
    best = sentence("They spoke of friendship.", doc="a", score=5.0)
    vague = sentence("The mood was warm.", doc="b", score=2.0, angle=1.0)
    agreed = sentence("Стороны условились продолжать контакты.", doc="c", score=1.9, angle=2.0, language="ru")
    assert texts(extractive.claims(question, [best, vague, agreed])) == [best.document.text, agreed.document.text]


def test_only_sentences_of_the_kind_asked_for_join_one_that_is() -> None:
    best = sentence("The talks lasted two hours.", doc="a", score=3.0)
    vague = sentence("The talks were warm.", doc="b", score=2.9, angle=1.0)
    other = sentence("They spoke for 90 minutes.", doc="c", score=1.5, angle=2.0)
    assert texts(extractive.claims(HOW_LONG, [best, vague, other])) == [best.document.text, other.document.text]


def test_there_are_at_most_a_handful_of_claims_and_of_citations() -> None:
    many = [sentence(f"Matter {chr(65 + i)} was raised.", doc=f"d{i}", score=3.0, angle=i * 0.6) for i in range(10)]
    assert len(extractive.claims(OPEN, many)) == extractive.MAX_CLAIMS == 5
    timed = [sentence(f"Matter {chr(65 + i)} took {i + 2} hours.", doc=f"d{i}", score=3.0) for i in range(10)]
    assert len(extractive.claims(HOW_LONG, timed)) == extractive.MAX_CLAIMS
    reprints = [sentence("The bridge fell.", doc=f"d{i}", score=3.0) for i in range(10)]
    (claim,) = extractive.claims(OPEN, reprints)
    assert len(claim.citations) == extractive.MAX_CITATIONS


def test_one_figure_alone_and_with_delegations_is_never_told_as_the_same() -> None:
    alone = sentence("The two leaders spoke alone for two hours.", doc="a", score=3.0)
    together = sentence("With their delegations the two leaders spoke for two hours.", doc="b", score=2.9)
    assert len(extractive.claims(HOW_LONG, [alone, together])) == 2
    again = sentence("Alone, the two leaders spoke for two hours.", doc="b", score=2.9)
    assert len(extractive.claims(HOW_LONG, [alone, again])) == 1
