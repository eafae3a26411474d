"""The frozen values refuse what cannot be true."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rag.errors import QueryError
from rag.types import Abstention, Answer, Citation, Claim, Conflict, Document, Hit, Passage, Query, Side

DOCUMENT = Document(id="d", text="One two.", source="d", sha256="")
PASSAGE = Passage(1, "d", 0, 0, 8, ((0, 8),))


def citation(doc: str = "d") -> Citation:
    return Citation(doc, 0, 3, "One", None, None, date(2031, 3, 1), "en", None)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "  "}, "empty"),
        ({"text": "a\x00b"}, "NUL"),
        ({"k": 0}, "k is 0"),
        ({"languages": ("rus",)}, "'rus' is not an ISO 639-1"),
        ({"languages": ("xx",)}, "'xx' is not an ISO 639-1"),
        ({"languages": "ru"}, "languages is 'ru'"),
        ({"outlets": "Ведар"}, "outlets is 'Ведар'"),
        ({"since": "2031-01-01"}, "since is '2031-01-01'"),
        ({"since": date(2031, 2, 1), "until": date(2031, 1, 1)}, "later than until"),
        ({"languages": 5}, "languages is 5"),
        ({"outlets": (None,)}, "outlets holds None"),
        ({"outlets": ("\ud800",)}, "not plain text"),
        ({"text": "a\ud800"}, "surrogate"),
        ({"k": True}, "k is True"),
        ({"mode": "magic"}, "mode is 'magic'"),
    ],
)
def test_a_malformed_query_says_which_value_is_wrong(fields: dict[str, object], said: str) -> None:
    with pytest.raises(QueryError, match=said):
        Query(**{"text": "x", **fields})  # type: ignore[arg-type]


def test_a_query_takes_lists_and_moments() -> None:
    query = Query("x", languages=["ru", "bg"], since=datetime(2031, 1, 1, 12))  # type: ignore[arg-type]
    assert query.languages == ("ru", "bg")
    assert query.since == date(2031, 1, 1)
    assert query.filtered
    assert not Query("x").filtered


@pytest.mark.parametrize("skipped", [((0, 0),), ((0, 9),), ((3, 5), (4, 6)), ((-1, 2),)])
def test_skipped_spans_lie_in_the_text_in_order(skipped: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="skipped"):
        Document(id="d", text="One two.", source="d", sha256="", skipped=skipped)


def test_a_passage_has_sentences_inside_itself() -> None:
    with pytest.raises(ValueError, match="no sentence"):
        Passage(1, "d", 0, 0, 8, ())
    with pytest.raises(ValueError, match="outside"):
        Passage(1, "d", 0, 0, 8, ((0, 9),))


def test_a_hit_was_found_by_some_index_and_its_best_sentence_is_its_own() -> None:
    with pytest.raises(ValueError, match="at least one index"):
        Hit(PASSAGE, DOCUMENT, 1.0, None, None, (0, 8))
    with pytest.raises(ValueError, match="not a sentence"):
        Hit(PASSAGE, DOCUMENT, 1.0, 1, None, (0, 3))


def test_a_citation_is_as_long_as_its_quotation() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Citation("d", 0, 4, "One", None, None, None, None, None)


def test_a_claim_without_a_citation_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="at least one citation"):
        Claim("One", ())


def test_a_conflict_is_between_two_documents() -> None:
    one, other = Side("12", (citation("a"),)), Side("15", (citation("b"),))
    assert Conflict("number", "contradiction", (one, other)).to_dict()["about"] == "number"
    with pytest.raises(ValueError, match="two documents"):
        Conflict("number", "contradiction", (one, Side("15", (citation("a"),))))


def answer(**changed: object) -> Answer:
    fields: dict[str, object] = {
        "query": Query("x"),
        "language": "en",
        "claims": (),
        "conflicts": (),
        "abstention": None,
        "confidence": 0.5,
        "candidates": (),
        "refused": (),
        "hits": (),
        "answerer": "extractive",
        "model": None,
        "fingerprint": "",
    }
    return Answer(**{**fields, **changed})  # type: ignore[arg-type]


def test_an_answer_has_claims_or_an_abstention_and_never_both() -> None:
    claims, abstention = (Claim("One", (citation(),)),), Abstention("not_answered", "No.")
    assert answer(claims=claims).to_dict()["claims"][0]["citations"][0]["published"] == "2031-03-01"
    assert answer(abstention=abstention).to_dict()["abstention"] == {"reason": "not_answered", "detail": "No."}
    for changed in ({}, {"claims": claims, "abstention": abstention}):
        with pytest.raises(ValueError, match="never both"):
            answer(**changed)


def test_confidence_is_a_probability() -> None:
    with pytest.raises(ValueError, match="not a probability"):
        answer(abstention=Abstention("not_answered", ""), confidence=1.2)
