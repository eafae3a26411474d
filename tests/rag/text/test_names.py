"""Names: one key for all spellings, names in running text, and which two may be the same."""

from __future__ import annotations

from importlib.resources import files
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.names import asked_names, found_names, name_key, name_keys, names, same_name, sure_names, term_keys
from rag.text.sounds import readings, sound_keys
from rag.text.tokens import tokenize


@pytest.mark.parametrize(
    "spellings",
    [
        "Пхеньян Пхенян Pyongyang Пхеньяне", "Зеленский Зеленски Zelensky Zelenskyy Зеленского", "Макрон Macron Макрона",
        "Медведев Medvedev Медведевым", "Путин Putin Путина Путину", "Пекин Beijing Peking Пекине", "САЩ США USA",
        "Чжан Джан Zhang", "Кисида Кишида Kishida", "Гамбург Хамбург Hamburg",
    ],
)  # fmt: skip
def test_a_name_has_one_key_in_its_spellings(spellings: str) -> None:
    assert len({name_key(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    "spellings",
    [
        "Джонсон Джонсън Johnson", "Уилсон Вильсон Wilson", "Хюстън Хьюстон Houston", "Шольц Шолц Scholz", "Жак Jacques",
        "Цзиньпин Цзинпин Дзинпин Jinping", "Тэтчер Тачър Thatcher", "Олланд Оланд Hollande", "Майкл Майкъл Michael",
        "Чавес Chávez", "Кочев Kochev Кочева", "Ченун Чен-ун Jong-un", "Штайнмайер Щайнмайер Steinmeier", "Эдвард Едуард Edward",
        "Хрущев Хрущёв Khrushchev Хрушчов",
    ],
)  # fmt: skip
def test_a_spelling_that_is_read_in_several_ways_meets_the_others_in_one_of_them(spellings: str) -> None:
    for one, other in combinations(spellings.split(), 2):
        assert set(name_keys(f"a {one}")) & set(name_keys(f"a {other}")), (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Ким Чен Ына"), ("Ким Чен-ун", "Ким Чен Ын"), ("Путин", "Vladimir Putin"), ("США", "United States"),
        ("Северной Кореи", "North Korea"), ("ООН", "UN"), ("Организацией Объединённых Наций", "ООН"),
        ("Ursula von der Leyen", "Урсула фон дер Ляйен"),
        ("Иванов", "Иванова"), ("Biden", "Байдън"), ("Европейския съюз", "EU"), ("О'Брайен", "O'Brien"), ("Xi'an", "Сиань"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Putin", "Patton"), ("Иванов", "Иванович"), ("США", "ООН"), ("Boris Johnson", "Борис"),
        ("Boris Johnson", "Борис Ельцин"), ("Ким Чен Ын", "Kim Jong-il"), ("North Korea", "Южная Корея"),
        ("Путин", "Пекин"), ("Xi", "Ли"), ("", "Putin"), ("...", "..."),
    ],
)  # fmt: skip
def test_different_names_are_not(one: str, other: str) -> None:
    assert not same_name(one, other)
    assert not same_name(other, one)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The president of France, Emmanuel Macron, met Ursula von der Leyen in Brussels on Monday. Prices rose.", "en",
         ["France", "Emmanuel Macron", "Ursula von der Leyen", "Brussels"]),
        ("В Пекине говорил В. Зеленский. Цены растут, и Европейский союз ждёт Си Цзиньпина.", "ru",
         ["Пекине", "В. Зеленский", "Европейский союз", "Си Цзиньпина"]),
        ("Цените растат. Според Ким Чен-ун САЩ грешат. Байдън мълчи.", "bg", ["Ким Чен-ун", "САЩ", "Байдън"]),
        ("U.S. troops left. They told us who won, not the WHO.", "en", ["U.S.", "WHO"]),
        ("", None, []),
    ],
)  # fmt: skip
def test_names_are_found_in_running_text(text: str, language: str | None, expected: list[str]) -> None:
    found = names(text, language)
    assert [name.text for name in found] == expected
    assert [text[name.start : name.end] for name in found] == expected
    assert all(name.keys for name in found)


def test_listed_names_are_known_in_all_cases_and_only_as_they_are_written() -> None:
    assert "=vienna" in name_keys("в Вене")
    assert "=saudi-arabia" in name_keys("из Саудовской Аравии")
    assert "=united-states" in name_keys("the US said")
    assert "=united-states" not in name_keys("he told us")
    assert "=world-health-organization" not in name_keys("She Who Knows")
    assert {"=georgia"} <= set(name_keys("в Грузии"))


def test_the_list_names_each_thing_in_three_languages() -> None:
    text = (files("rag.text") / "exonyms.txt").read_text("utf-8")
    rows = [line.split("|") for line in text.splitlines() if "|" in line]
    assert {len(row) for row in rows} == {3}
    assert all(part.strip() for row in rows for names_ in row for part in names_.split(";"))
    firsts = [row[0].split(";")[0].strip() for row in rows]
    assert len(firsts) == len(set(firsts))
    for english, russian, bulgarian in rows:
        assert not set("абвгд") & set(english)
        assert not set("ыэё") & set(bulgarian.lower())
        assert not set("ѝ") & set(russian)


def test_a_question_without_capitals_may_ask_about_any_word() -> None:
    asked = asked_names("какво стана вчера в пхенян")
    assert any("=pyongyang" in name.keys and name.sure for name in asked)
    assert any(not name.sure for name in asked)  # "вчера" might be one, and is in the dictionary
    assert {name.sure for name in asked_names("Какво стана в Пхенян")} == {True}
    assert not any("=united-states" in name.keys for name in asked_names("What did Macron tell us"))


def test_a_questions_terms_have_the_keys_of_the_names_in_them() -> None:
    text = "Кога Ким Чен-ун посети САЩ"
    spans = [(token.start, token.end) for token in tokenize(text)]
    keys = term_keys(text, spans)
    assert sure_names(text, spans) == (False, True, True, False, True)
    assert keys[0] == keys[3] == ()
    assert found_names(keys, frozenset(name_keys("Kim Jong Un flew to the United States."))) == (0, 0.9, 0.9, 0, 1)
    assert found_names(keys, frozenset(name_keys("Nobody flew anywhere."))) == (0, 0, 0, 0, 0)


@given(st.text(max_size=40))
def test_any_text_has_keys_and_is_the_same_as_itself(text: str) -> None:
    assert all(" " not in key and key for key in name_keys(text))
    assert all(text[name.start : name.end] == name.text for name in names(text, "ru"))
    assert isinstance(name_key(text), str)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzšžčабвгдежзийклмнопрстуфхцчшщъыьэюя'", min_size=1, max_size=20))
def test_a_word_has_eight_readings_at_most_from_a_spelling_and_few_keys(word: str) -> None:
    assert len(readings(word)) <= 24
    assert len(set(sound_keys(word))) == len(sound_keys(word))
