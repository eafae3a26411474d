"""Spellings of one name in two scripts or two languages, and names that differ in a letter."""

from __future__ import annotations

import pytest

from rag.answer.check.generic import generic
from rag.answer.check.gentilics import place_of
from rag.answer.check.naming import abbreviates, akin, alike, listed
from rag.answer.check.spelling import sounds_alike, spelt_alike

ONE = """
Майами Miami|Хрущёва Khrushchev|Ли Lee|Уэлдоне Уелдън|Уэлдоне Weldon|Эйр Еър|Уэйн Wayne|Джонсън Johnson|Байдън Biden
Тръмп Trump|Трамп Тръмп|Уолтер Walter|Уилсон Вилсон|Гамбург Хамбург|Мюллер Müller|Мюлер Мюллера|Бордо Bordeaux|Сяопин Xiaoping
Шрьодер Schroeder|Шрёдер Schröder|Чарльз Charles|Мохаммед Mohammed|Эрдоган Erdoğan|Квасьневский Kwasniewski|Чърчил Черчилль
Шекспир Shakespeare|Макейн McCain|Джокович Đoković|Щербаков Shcherbakov|Zelenskyy Zelensky|Георгиевой Georgieva
Дымов Dumov|Тырново Tarnovo|Ярын Yaran|Матийо Матье|Krzysztof Кшиштоф|Раной Rana|Боум Boom|Ходжич Hodzic|Холкомб Холком
Фелиша Felicia
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


def test_a_name_of_another_language_may_sound_a_little_otherwise_and_in_one_language_may_not() -> None:
    assert sounds_alike("Олдвичем", "Алдуич", abroad=True)
    assert not sounds_alike("Олдвичем", "Алдуич")
    assert not sounds_alike("Лондон", "Линдън", abroad=True)
    assert not sounds_alike("Стивен", "Стофан", abroad=True)


def test_korean_names_of_three_syllables_are_one_in_every_way_of_writing_them() -> None:
    for other in ("Ким Чен Ыном", "Ким Чен-ун", "Ким Чен Ун", "Kim Jong-un"):
        assert alike("Kim Jong Un", other), other
    for other in ("Ким Чен Ир", "Ким Ир Сен", "Kim Yo Jong"):
        assert not alike("Kim Jong Un", other), other
    assert alike("Kim Il Sung", "Ким Ир Сен")
    assert not alike("Смирна Ким Чен Ын", "Porto Kim Jong Un")


@pytest.mark.parametrize(
    ("short", "words", "home", "fits"),
    [
        ("ССПЖ", "Служба спасения пострадавших животных", True, True),
        ("ГСОР", "Госслужбы охраны рек", True, True),
        ("МСОР", "Госслужбы охраны рек", True, False),
        ("СБТП", "World Bank Transport Programme", False, True),
        ("СФТП", "World Bank Transport Programme", False, False),
        ("ТАКС", "Told Anna Karen Sand", False, False),
    ],
)
def test_an_abbreviation_has_the_first_letters_of_the_words_or_of_their_translations(
    short: str, words: str, home: bool, fits: bool
) -> None:
    assert abbreviates(short, words.split(), home=home) is fits


def test_an_adjective_of_a_listed_place_is_that_place() -> None:
    assert listed("дунайской") == listed("Danube") == {"=danube"}
    assert "=sofia" in listed("софийските")
    assert akin("Ловницкой", "Ловница")
    assert akin("равнишка", "Равник")
    assert place_of("казаха") == place_of("есен") == frozenset()  # they said; autumn
    assert place_of("бразильский-нидерланды") == frozenset()


def test_a_word_that_tells_apart_is_an_adjective_and_no_beginning_of_another_name() -> None:
    assert generic("белый") == generic("бялата") == generic("white") != frozenset()
    assert generic("югоизточна") == generic("southeastern") != frozenset()
    assert generic("белград") == generic("новосибирск") == generic("goldman") == frozenset()


@pytest.mark.parametrize("word", ["", "-", "’", "😀", "\u0301", "ъъъ", "ьь", "123", "שלום", "x" * 3000, "ж" * 3000, "ёлkа"])
def test_no_word_breaks_the_comparison(word: str) -> None:
    for other in ("", "Perth", "Пермь", word):
        assert spelt_alike(word, other) == spelt_alike(other, word)
