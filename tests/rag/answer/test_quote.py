"""Citations are made of exact spans, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.quote import cite, holds
from rag.errors import CitationError
from rag.types import Document

TEXT = "Меню. Мостът е затворен от вторник. Причината са пукнатини."
DOCUMENT = Document(id="d", text=TEXT, source="d.txt", sha256="", outlet="Вестник", language="bg", skipped=((0, 5),))


def test_a_citation_is_the_documents_own_slice_with_its_metadata() -> None:
    citation = cite(DOCUMENT, 6, 35)
    assert citation.quote == "Мостът е затворен от вторник." == TEXT[6:35]
    assert (citation.doc_id, citation.outlet, citation.language) == ("d", "Вестник", "bg")
    assert holds(citation, DOCUMENT)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (-1, 5, "not inside"),
        (6, 6, "not inside"),
        (40, 30, "not inside"),
        (6, len(TEXT) + 1, "not inside"),
        (5, 35, "white space"),
        (6, 36, "white space"),
        (0, 5, "not the article's own"),
        (3, 35, "not the article's own"),
    ],
)
def test_offsets_that_name_no_quotable_span_are_refused(start: int, end: int, said: str) -> None:
    with pytest.raises(CitationError, match=said):
        cite(DOCUMENT, start, end)


def test_a_citation_no_longer_holds_when_one_letter_of_the_document_changes() -> None:
    citation = cite(DOCUMENT, 6, 35)
    changed = Document(id="d", text=TEXT.replace("затворен", "затворён"), source="d.txt", sha256="")
    other = Document(id="e", text=TEXT, source="e.txt", sha256="")
    assert not holds(citation, changed)
    assert not holds(citation, other)


@given(st.integers(-5, 80), st.integers(-5, 80))
def test_whatever_is_cited_can_be_found_again_at_its_offsets(start: int, end: int) -> None:
    try:
        citation = cite(DOCUMENT, start, end)
    except CitationError:
        return
    assert DOCUMENT.text[citation.start : citation.end] == citation.quote
    assert citation.quote.strip() == citation.quote != ""
    assert citation.start >= 5
