"""Spellings of one name in two scripts or two languages, and names that differ in a letter."""

from __future__ import annotations

import pytest

from rag.answer.check.gentilics import place_of
from rag.answer.check.naming import akin, alike
from rag.answer.check.spelling import spelt_alike

ONE = """
Майами Miami|Хрущёва Khrushchev|Ли Lee|Уэлдоне Уелдън|Уэлдоне Weldon|Эйр Еър|Уэйн Wayne|Джонсън Johnson|Байдън Biden
Тръмп Trump|Трамп Тръмп|Уолтер Walter|Уилсон Вилсон|Гамбург Хамбург|Мюллер Müller|Мюлер Мюллера|Бордо Bordeaux|Сяопин Xiaoping
Шрьодер Schroeder|Шрёдер Schröder|Чарльз Charles|Мохаммед Mohammed|Эрдоган Erdoğan|Квасьневский Kwasniewski|Чърчил Черчилль
Шекспир Shakespeare|Макейн McCain|Джокович Đoković|Щербаков Shcherbakov|Zelenskyy Zelensky|Георгиевой Georgieva
"""
TWO = """
Merrin Муррин|Velta Волта|Волта Велта|Tarn Торн|Valchev Велев|Helena Йелена|Kraus Крайс|Сидоров Сидорин|Иванов Ивашов|Minsk Пинск
Омск Томск|Мария Марта|Anna Инна|Olga Елга|Каменка Калинка|Костов Костин|Драгов Драгин|Amalia Емилия|Harris Норрис
"""


def pairs(listed: str) -> list[tuple[str, str]]:
    return [(one, other) for line in listed.strip().splitlines() for one, other in [p.split() for p in line.split("|")]]


@pytest.mark.parametrize(("one", "other"), pairs(ONE))
def test_one_name_spelt_in_two_ways_is_one(one: str, other: str) -> None:
    assert spelt_alike(one, other)
    assert spelt_alike(other, one)


@pytest.mark.parametrize(("one", "other"), pairs(TWO))
def test_names_that_differ_in_a_letter_are_two(one: str, other: str) -> None:
    assert not spelt_alike(one, other)
    assert not spelt_alike(other, one)


def test_listed_names_and_adjectives_of_places_are_told_apart_by_the_list() -> None:
    assert alike("Венгрия", "Унгария")
    assert not alike("Нигер", "Нигерия")
    assert akin("Hungarian", "Венгрия")
    assert akin("унгарски", "Hungary")
    assert not akin("Австралийский", "Austria")
    assert place_of("шведских") == {"=sweden"}
    assert place_of("индустрия") == place_of("турист") == frozenset()


@pytest.mark.parametrize("word", ["", "-", "’", "😀", "\u0301", "ъъъ", "ьь", "123", "שלום", "x" * 3000, "ж" * 3000, "ёлkа"])
def test_no_word_breaks_the_comparison(word: str) -> None:
    for other in ("", "Perth", "Пермь", word):
        assert spelt_alike(word, other) == spelt_alike(other, word)
