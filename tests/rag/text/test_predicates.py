"""The same key for the same thing said to have happened, in three languages."""

from __future__ import annotations

import pytest

from rag.text.predicates import predicates


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        (
            "agree",
            ("They agreed to meet again.", "Стороны условились о встрече.", "За какво се договориха те?", "О чём договорились?"),
        ),
        ("die", ("Two people were killed.", "Двое погибли.", "Двама души загинаха.")),
        ("close", ("The bridge was closed.", "Мост закрыли.", "Мостът беше затворен.")),
        ("deny", ("The firm denied it.", "Компания опровергла это.", "Фирмата отрече.")),
        ("promise", ("He promised help.", "Он пообещал помощь.", "Той обеща помощ.")),
    ],
)
def test_words_for_one_thing_share_a_key(key: str, texts: tuple[str, ...]) -> None:
    assert all(key in predicates(text) for text in texts), [sorted(predicates(text)) for text in texts]


def test_a_treaty_is_not_an_agreeing_nor_a_letter_a_letting() -> None:
    assert "agree" not in predicates("в соответствии с Договором о стратегическом сотрудничестве")
    assert predicates("Това е писмо.") == frozenset()
