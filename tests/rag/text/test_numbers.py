"""Figures in digits and in words, in three languages."""

from __future__ import annotations

import pytest

from rag.text.numbers import figures


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Срещата продължи два часа и половина.", "bg", {"2", "0.5"}),
        ("Встреча длилась 2,5 часа.", "ru", {"2.5"}),
        ("Twelve people were hurt.", "en", {"12"}),
        ("Пострадали двенадцать человек.", "ru", {"12"}),
        ("Пострадаха дванайсет души.", "bg", {"12"}),
        ("More than 380,000 came.", "en", {"380000"}),
        ("Пришли более 380 000 человек.", "ru", {"380000"}),
        ("One of them said nothing.", "en", set()),
        ("Разговор продолжался полтора часа.", "ru", {"1.5"}),
    ],
)
def test_figures_are_read_in_digits_and_in_words(text: str, language: str, expected: set[str]) -> None:
    assert figures(text, language) == expected
