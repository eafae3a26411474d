"""Normal form and folding, with the offsets proved on the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text import fold, normalise
from rag.text.normalise import fold_word

# Letters that expand, marks that vanish, quotes, dashes and spaces of many kinds, beside plain words.
TEXT = st.lists(
    st.sampled_from(
        [*"аеёЁиЙостßİIıﬁΣςА́ «»„“”‘’'\"—–-…. \n\t\u00a0\u2009\u00ad\u200b\ufeff", "о\u0301", "е\u0301\u00ad", "straße", "мост"]
    )
    | st.characters(exclude_categories=("Cs",)),
    max_size=60,
).map("".join)


def test_normal_form_composes_letters_and_unifies_line_ends() -> None:
    assert normalise("\ufeffи\u0306\r\nе\u0308\rz") == "й\nё\nz"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("«Вечерний берег»", '"вечерний берег"'),
        ("„Утро“", '"утро"'),
        ("don’t", "don't"),
        ("ёлка", "елка"),
        ("за\u0301мок", "замок"),
        ("рес\u00adпуб\u200bлика", "республика"),
        ("26\u00a0000 \u2009 руб.\n", "26 000 руб. "),
        ("Пекин — Москва", "пекин - москва"),
        ("STRASSE", "straße"),
        ("İSTANBUL", "istanbul"),
        ("ну…", "ну..."),
    ],
)
def test_texts_that_read_alike_fold_alike(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text == fold_word(other)


def test_a_found_place_is_the_original_one() -> None:
    text = "İİİ заявил:\u00a0 «Ёлку\u00ad не  отда\u0301м…», — и ушёл"
    span = fold(text).find(fold("елку не отдам").text)
    assert span is not None
    assert text[slice(*span)] == "Ёлку\u00ad не  отда\u0301м"


def test_a_stress_mark_after_the_last_letter_belongs_to_the_found_place() -> None:
    assert fold("вот река\u0301 и").find("река") == (4, 9)


def test_a_place_that_splits_an_expanded_letter_is_not_found() -> None:
    assert fold("Fuß").find("fus") is None
    assert fold("Fuß").find("fuss") == (0, 3)
    assert fold("ß s").find("s") == (2, 3)


def test_the_search_begins_where_it_is_told_and_nothing_is_found_nowhere() -> None:
    folded = fold("мост и мост")
    assert folded.find("мост", 1) == (7, 11)
    assert folded.find("паром") is None
    assert folded.find("") is None


@given(TEXT)
def test_each_folded_character_has_an_offset_in_order(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    assert all(0 <= offset < len(text) for offset in folded.offsets)


@given(TEXT, st.data())
def test_what_is_found_folds_to_what_was_sought(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    low = data.draw(st.integers(0, len(folded.text)))
    needle = folded.text[low : data.draw(st.integers(low, len(folded.text)))]
    span = folded.find(needle)
    if span is not None:
        assert fold(text[slice(*span)]).text == needle


@given(TEXT, st.data())
def test_every_slice_of_the_original_is_found_in_it(text: str, data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(text)))
    needle = fold(text[low : data.draw(st.integers(low, len(text)))]).text
    folded = fold(text)
    if needle.strip():
        assert folded.find(needle) is not None


@given(TEXT)
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once
