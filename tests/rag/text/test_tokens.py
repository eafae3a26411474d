"""Tokens and lemmas: forms of one word meet, in index and query alike."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text import lemmas, stopwords, tokenize
from rag.text.lexicon import Lexicon
from rag.text.normalise import fold_word


def _texts(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


def test_words_keep_their_hyphens_and_apostrophes() -> None:
    assert _texts("Тет-а-тет Ким Чен-уна don’t F-16, G7!") == ["тет-а-тет", "ким", "чен-уна", "don't", "f-16", "g7"]


def test_stress_marks_and_soft_hyphens_do_not_break_a_word() -> None:
    assert _texts("мо\u0301ло\u00adко пёс") == ["молоко", "пес"]


def test_numbers_are_whole_and_dates_fall_into_their_parts() -> None:
    assert _texts("380,000 2,5 26 000 1\u00a0200,5 10-та 80-летие 19th") == [
        "380,000", "2,5", "26 000", "1 200,5", "10-та", "80-летие", "19th"
    ]  # fmt: skip
    assert _texts("03.09.2025 10:15 3.1.4 2024-2025") == ["03", "09", "2025", "10", "15", "3", "1", "4", "2024", "2025"]
    assert {token.kind for token in tokenize("10-та 2,5")} == {"number"}
    assert {token.kind for token in tokenize("G7 мост")} == {"word"}


@pytest.mark.parametrize(
    ("written", "lemma"),
    [("380,000", "380000"), ("380 000", "380000"), ("2,5", "2.5"), ("2.5", "2.5"), ("1,200.5", "1200.5"), ("1.200,5", "1200.5"),
     ("10-та", "10"), ("80-й", "80"), ("19th", "19"), ("0,125", "0.125"), ("2025", "2025")],
)  # fmt: skip
def test_a_number_has_one_lemma_however_it_is_written(written: str, lemma: str) -> None:
    assert lemmas(written, "ru") == (lemma,)


def test_an_anniversary_meets_its_other_cases() -> None:
    assert lemmas("80-летие", "ru") == lemmas("80-летия", "ru")


@pytest.mark.parametrize(("language", "at_least"), [("bg", 0.95), ("ru", 0.95), ("en", 0.9)])
@pytest.mark.parametrize("half", ["tuned", "held out"])
def test_forms_of_one_word_share_a_lemma(data: Path, language: str, half: str, at_least: float) -> None:
    met = pairs = 0
    seen: Counter[str] = Counter()
    for line in (data / "inflections.txt").read_text("utf-8").splitlines():
        listed, *forms = line.split()
        seen[listed] += 1
        if listed != language or (seen[listed] % 2 == 1) != (half == "tuned"):
            continue
        first, *others = (lemmas(f"x {form}", language)[1] for form in forms)
        pairs += len(others)
        met += others.count(first)
    assert pairs >= 15
    assert met / pairs >= at_least


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("ru", "Корея", "Китай"), ("ru", "мост", "место"), ("ru", "Путин", "путь"), ("bg", "мост", "място"), ("bg", "Русия", "рус"),
     ("bg", "страна", "странен"), ("en", "ferry", "fair"), ("en", "ship", "sheep")],
)  # fmt: skip
def test_different_words_keep_apart(language: str, one: str, other: str) -> None:
    assert lemmas(one, language) != lemmas(other, language)


def test_a_surname_is_not_taken_for_a_common_word() -> None:
    assert lemmas("встретил Лаврова и Лаврову", "ru")[1] == lemmas("видел Лавров", "ru")[1]
    assert lemmas("сказал Путину", "ru")[1] == "путин"


def test_a_word_in_another_script_is_not_bent_to_the_texts_language() -> None:
    assert lemmas("агентство Reuters сообщило", "ru")[1] == "reuters"
    assert lemmas("the newspaper Правды said", "en")[2] == "правды"


def test_words_of_an_unknown_language_are_only_folded() -> None:
    assert lemmas("«Ёлки» ГОДИНАТА 2,5", None) == ("елки", "годината", "2.5")
    assert lemmas("Зеңгір", "kk") == ("зеңгір",)


def test_function_words_are_known_with_their_lemmas() -> None:
    assert {"который", "что", "еще"} <= stopwords("ru")
    assert {"кой", "ѝ", "съм"} <= stopwords("bg")
    assert {"what", "do", "don't"} <= stopwords("en")
    assert stopwords(None) == stopwords("xx") == frozenset()
    assert not {"мост", "president", "държава"} & (stopwords("ru") | stopwords("bg") | stopwords("en"))


@given(st.text(max_size=80), st.sampled_from([None, "ru", "bg", "en"]))
def test_each_token_has_a_span_and_a_lemma(text: str, language: str | None) -> None:
    tokens = tokenize(text)
    assert len(lemmas(text, language)) == len(tokens)
    previous = 0
    for token in tokens:
        assert previous <= token.start < token.end <= len(text)
        assert fold_word(text[token.start : token.end]) == token.text
        previous = token.end


def test_a_dictionary_is_built_once_then_opened_and_rebuilt_when_damaged(tmp_path: Path) -> None:
    assert Lexicon(tmp_path).get_dictionary("en").get("houses") == "house"
    (built,) = tmp_path.iterdir()
    stamp = built.stat().st_mtime_ns
    assert Lexicon(tmp_path).get_dictionary("en").get("houses") == "house"
    assert built.stat().st_mtime_ns == stamp
    built.write_bytes(b"not a trie")
    assert Lexicon(tmp_path).get_dictionary("en").get("houses") == "house"
    assert [path.name for path in tmp_path.iterdir()] == [built.name]
    assert built.stat().st_size > 100_000


def test_a_dictionary_serves_where_nothing_can_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    dictionary = Lexicon(blocked / "lemmas").get_dictionary("en")
    assert dictionary["cities"] == "city"
    assert dictionary.get("no such form") is None
