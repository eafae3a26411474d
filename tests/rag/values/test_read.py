"""What holds of reading values whatever they are: offsets, languages, hidden characters, texts of any kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.values import read_values

Read = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More than 12 people were killed.", "More than 12 people"),
        ("Переговоры длились чуть более 2,5 часа.", "чуть более 2,5 часа"),
        ("Беше на около 34 километра.", "около 34 километра"),
        ("Он стоит $5 млн.", "$5 млн"),
        ("On Tuesday, 2 September 2025, it closed.", "Tuesday, 2 September 2025"),
    ],
)
def test_a_value_is_the_slice_that_states_it_with_its_hedge(text: str, expected: str) -> None:
    (value,) = read_values(text, {"М": "en", "О": "ru"}.get(text[0]))
    assert text[value.start : value.end] == value.text == expected


@pytest.mark.parametrize(
    ("text", "what"),
    [("12 people died.", "dead"), ("Погибли 12 человек, сообщил мэр Крылов.", "dead"), ("Загинаха 12 души.", "dead")],
)
def test_without_a_language_it_is_told_by_the_letters(text: str, what: str) -> None:
    assert [value.what for value in read_values(text, None)] == [what]
    assert [value.what for value in read_values(text, "de")] == [what]


def test_soft_hyphens_and_stress_marks_are_read_over_and_kept_in_the_slice() -> None:
    text = "Переговоры длились два ча\u00adса\u0301 и закончились."
    (value,) = read_values(text, "ru")
    assert (value.kind, value.low, value.text) == ("duration", 7200.0, "два ча\u00adса")


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
@pytest.mark.parametrize("language", ["ru", "bg"])
def test_thousands_stand_apart_by_any_space(language: str, space: str) -> None:
    (value,) = read_values(f"380{space}000", language)
    assert value.low == 380_000


@pytest.mark.parametrize(
    ("text", "language", "figure"),
    [
        ("1,234", "en", 1234), ("1.234", "en", 1.234), ("1,234.5", "en", 1234.5), ("2.5", "en", 2.5),
        ("1,234,567", "en", 1234567),
        ("1.234", "bg", 1234), ("1.234,56", "bg", 1234.56), ("2,5", "bg", 2.5), ("380,000", "bg", 380000),
        ("1.234.567", "bg", 1234567),
        ("2,345 млн", "ru", 2345000), ("0,125", "ru", 0.125), ("1 234,56", "ru", 1234.56), ("2½", "en", 2.5),
        ("2 1/2", "en", 2.5),
        ("5 тыс. 200", "ru", 5200), ("1 млн 200 тыс.", "ru", 1200000), ("два миллиона триста тысяч", "ru", 2300000),
        ("one hundred and twenty-three thousand", "en", 123000), ("сто двайсет и три хиляди", "bg", 123000),
    ],
)  # fmt: skip
def test_figures_are_read_by_the_marks_of_their_language(text: str, language: str, figure: float) -> None:
    assert [value.low for value in read_values(text, language)] == [pytest.approx(figure)]


def test_the_day_of_a_moment_of_publication_counts() -> None:
    moment = datetime(2025, 9, 3, 23, 30, tzinfo=UTC)
    assert read_values("yesterday", "en", published=moment) == read_values("yesterday", "en", published=date(2025, 9, 3))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Никога няма да забравим жертвите.", "bg"),
        ("Няма данни за пострадали.", "bg"),
        ("There were no reports of casualties.", "en"),
        ("Они говорили во второй половине дня.", "ru"),
        ("Разговаряха на четири очи.", "bg"),
        ("По време на Втората световна война.", "bg"),
        ("The three-dimensional model is on show.", "en"),
        ("The cave is from 5000 BC.", "en"),
        ("It runs on all 4x4 cars.", "en"),
    ],
)
def test_what_states_no_value_gives_none(read: Read, text: str, language: str) -> None:
    assert read(text, language) == []


@given(st.text(alphabet="0123456789.,:-–/ %$€°½№()'\n abcdmkзцидевтри", max_size=60), st.sampled_from(["en", "ru", "bg"]))
def test_any_text_gives_values_in_order_that_are_its_slices(text: str, language: str) -> None:
    at = 0
    for value in read_values(text, language, published=date(2025, 9, 3)):
        assert at <= value.start < value.end <= len(text)
        assert text[value.start : value.end] == value.text
        at = value.end


PIECES = """
12 0 1 2.5 380,000 1.000.000 half third two сто двести пять пола половин трета една three-year-old million тыс. млн хил.
% $ € km мили ч. часа hour hours an a and и с половиной more than over около до at least from to от between между May
may 3 September септември сентября 2025 1980s -х г. Tuesday вторник last миналата прошлой week седмица неделе year
година году ago назад преди yesterday вчера people души человек killed погибли загинаха no няма нет one in five : - – ,
. ( ) second XIX век century aged минус °C C k m bn
"""


@given(st.lists(st.sampled_from(sorted(set(PIECES.split()))), max_size=12), st.sampled_from(["en", "ru", "bg"]), st.booleans())
def test_any_order_of_words_of_values_is_read_without_an_error(words: list[str], language: str, dated: bool) -> None:
    text = " ".join(words)
    for value in read_values(text, language, published=date(2025, 9, 3) if dated else None):
        assert text[value.start : value.end] == value.text
