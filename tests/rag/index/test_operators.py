"""The operators of a search."""

from __future__ import annotations

import pytest

from rag.index.operators import Operators, parse_operators
from rag.text import lemmas
from rag.text.tokens import surface


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", Operators("plain words")),
        ('the "New Bridge" over it', Operators("the New Bridge over it", (("new", "bridge"),))),
        ("bridge -ferry", Operators("bridge", (), (("ferry",),))),
        ('bridge -"old ferry"', Operators("bridge", (), (("old", "ferry"),))),
        ('"мост" -паром', Operators("мост", (("мост",),), (("паром",),))),
        ('"26 000 души"', Operators("26 000 души", (("26000", "души"),))),
        ('"a" "b" -c -d', Operators("a b", (("a",), ("b",)), (("c",), ("d",)))),
        # Not operators: hyphens within words and between spaces, other quotation marks, a lone mark, an empty phrase.
        ("Ким Чен-ун", Operators("Ким Чен-ун")),
        ("премьер-министр вице-премьер", Operators("премьер-министр вице-премьер")),
        ("1941 - 1945", Operators("1941 - 1945")),
        ("«Дяоюйтай» и “bridge”", Operators("«Дяоюйтай» и “bridge”")),
        ('5" pipe', Operators('5" pipe')),
        ('"new bridge', Operators('"new bridge')),
        ('"new bridge" and "ferry', Operators('new bridge and "ferry', (("new", "bridge"),))),
        ('bridge ""', Operators('bridge ""')),
        ("— сказал он", Operators("— сказал он")),
        # Only exclusions: something is left to search for.
        ("-ferry", Operators("-ferry", (), (("ferry",),))),
    ],
)
def test_operators_are_found_where_they_are_meant(text: str, expected: Operators) -> None:
    assert parse_operators(text) == expected


def allowed(search: str, passage: str, language: str) -> bool:
    operators = parse_operators(search).within(("bg", "en", "ru"))
    return operators.allow(" ".join(surface(passage)), " ".join(lemmas(passage, language)))


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("A new bridge here.", True),
        ("new bridge", True),
        ("A newbridge.", False),
        ("New bridge, ferry.", False),
        ("A bridge, new.", False),
    ],
)
def test_a_passage_is_allowed_by_whole_words_in_order(passage: str, expected: bool) -> None:
    assert allowed('"new bridge" -ferry', passage, "en") is expected


@pytest.mark.parametrize(
    ("search", "passage", "language"),
    [
        ('"новый мост"', "Строители нового моста ушли.", "ru"),
        ('"нового моста"', "Открыли новый мост.", "ru"),
        ('"Сергей Лавров"', "Встреча с Сергеем Лавровым прошла вчера.", "ru"),
        ('"Лаврова"', "Вчера говорил Лавров.", "ru"),
        ('"стар мост"', "На стария мост беше тихо.", "bg"),
        ('"мостът"', "Градът има мост.", "bg"),
        ('"мост"', "Мостовете са два.", "bg"),
        ('"the bridges of Ostrel"', "They saw the bridge of Ostrel.", "en"),
        ('"Ким Чен-ун"', "Лидерът Ким Чен Ун мълча.", "bg"),
        ('"Ким Чен Ун"', "Лидерът Ким Чен-ун мълча.", "bg"),
        ('"вице президент"', "Говори вице-президентът.", "bg"),
        ('"26 000 души"', "Дойдоха 26 000 души.", "bg"),
    ],
)
def test_a_phrase_is_found_in_other_forms_of_its_words_and_excluded_in_them(search: str, passage: str, language: str) -> None:
    assert allowed(search, passage, language)
    assert not allowed(f"нещо -{search}", passage, language)


@pytest.mark.parametrize(
    ("excluded", "passage", "language"),
    [
        ("-мост", "Под мостами было темно.", "ru"),
        ("-паромом", "Паром ушёл.", "ru"),
        ("-мост", "Под мостовете беше тъмно.", "bg"),
        ("-президентът", "Новият президент дойде.", "bg"),
        ("-bridge", "The bridges were closed.", "en"),
        ("-Путин", "Речь Путина была короткой.", "ru"),
    ],
)
def test_an_excluded_word_is_excluded_in_its_other_forms(excluded: str, passage: str, language: str) -> None:
    assert not allowed(f"нечто {excluded}", passage, language)
    assert allowed(f"нечто {excluded}", "The weather, погода, времето.", language)


@pytest.mark.parametrize(
    ("search", "passage", "language"),
    [
        ('"мост"', "На место прибыли двое.", "ru"),
        ('"новый мост"', "Новый старый мост.", "ru"),
        ('"мост над реката"', "Мост на реката.", "bg"),
        ('"bridge"', "The bridgehead held.", "en"),
    ],
)
def test_a_phrase_is_not_found_in_other_words(search: str, passage: str, language: str) -> None:
    assert not allowed(search, passage, language)


def test_prose_has_no_operators() -> None:
    for text in ('Who wrote the song "Ferry" on the -harbour ?', 'They sang "Ferry".', 'She asked: "Is it the -harbour?"'):
        assert parse_operators(text) == Operators(text)
    assert parse_operators('who wrote the song "Ferry"').phrases == (("ferry",),)
    assert parse_operators('"Is it the harbour?"').phrases == (("is", "it", "the", "harbour"),)
