"""A translation of a quotation keeps its figures, dates and names, both ways."""

from __future__ import annotations

import pytest

from rag.answer.check.verify import check_translation

ORIGINAL = "Министр Анна Ковальски заявила, что 14 мая в Тверь прибыли 120 врачей."


def test_a_faithful_translation_stands() -> None:
    assert check_translation("Minister Anna Kowalski said that 120 doctors arrived in Tver on 14 May.", ORIGINAL, "en") is None
    assert (
        check_translation("Министър Анна Ковалски заяви, че на 14 май в Твер са пристигнали 120 лекари.", ORIGINAL, "bg") is None
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Minister Anna Kowalski said that 12 doctors arrived in Tver on 14 May.", "number"),
        ("Minister Anna Kowalski said that 120 doctors arrived in Tver on 15 May.", "date"),
        ("Minister Anna Kowalski said that 120 doctors arrived in Minsk on 14 May.", "name"),
        ("Minister Anna Kowalski said that 120 doctors arrived in Tver.", "date"),
        ("Minister Anna Kowalski said that doctors arrived in Tver on 14 May.", "number"),
        ("Minister Anna Kowalski said that 120 doctors and 30 nurses arrived in Tver on 14 May.", "number"),
    ],
)
def test_a_translation_with_another_figure_date_or_name_does_not(text: str, code: str) -> None:
    refused = check_translation(text, ORIGINAL, "en")
    assert refused is not None
    assert (refused.text, refused.code) == (text, code)
