"""What a question asks for, and whether a sentence offers it."""

from __future__ import annotations

import pytest

from rag.text.question import analyse, offers


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        ("How long did the talks last?", "en", "duration"),
        ("Сколько времени длились переговоры?", "ru", "duration"),
        ("Колко дълго продължиха преговорите?", "bg", "duration"),
        ("How many people were hurt in the accident?", "en", "number"),
        ("Сколько человек пострадало в аварии?", "ru", "number"),
        ("Колко души пострадаха при катастрофата?", "bg", "number"),
        ("When was the bridge closed?", "en", "date"),
        ("В каком году открыли этот мост?", "ru", "date"),
        ("Кога беше затворен мостът?", "bg", "date"),
        ("Who signed the agreement?", "en", "person"),
        ("Кто подписал соглашение?", "ru", "person"),
        ("Кой подписа споразумението?", "bg", "person"),
        ("Where did the ministers meet?", "en", "name"),
        ("Где встретились министры?", "ru", "name"),
        ("Къде се срещнаха министрите?", "bg", "name"),
        ("Why was the bridge closed?", "en", None),
    ],
)
def test_the_kind_of_answer_is_read_off_the_question(question: str, language: str, kind: str | None) -> None:
    found = analyse(question)
    assert (found.language, found.kind) == (language, kind)


def test_function_words_are_not_telling_words() -> None:
    assert [term.lemma for term in analyse("How long did the official talks last?").terms] == ["long", "official", "talk", "last"]


def test_a_question_of_function_words_alone_keeps_them() -> None:
    assert analyse("Who was it?").terms


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("What did Anna Weller agree on in March 2031?", "What did agree on in"),
        ("За какво се договориха Янев и Томас през 2031?", "За какво се договориха и през"),
        ("Кто подписал «Договор»?", "Кто подписал"),
        ("О чём они говорили в августе 2031 года?", "О чём они говорили в"),
        ("Who is Anna?", "Who is"),
        ("When?", "When?"),
        ("where did they meet?", "where did they meet?"),
    ],
)
def test_the_bare_question_is_without_names_and_figures(question: str, bare: str) -> None:
    assert analyse(question).bare == bare


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How long did it last?", "Разговорът продължи два часа и половина.", True),
        ("How long did it last?", "They spoke alone for about an hour.", True),
        ("How long did it last?", "Это записано в договоре от 19 июня 2024 года.", False),
        ("How long did it last?", "Градът отбеляза 80-ата годишнина.", False),
        ("How many were hurt?", "Пострадаха дванайсет души.", True),
        ("How many of the 12 were hurt?", "There were 12 of them.", False),
        ("When was it closed?", "Мостът е затворен на 3 март.", True),
        ("When was it closed?", "The bridge is closed.", False),
        ("Who signed it?", "It was signed by Anna Weller.", True),
        ("Who is Anna Weller?", "Anna Weller spoke to reporters.", False),
        ("Where did they meet?", "Они встретились в Варне.", True),
        ("Where did they meet?", "Они встретились вечером.", False),
    ],
)
def test_a_sentence_offers_what_is_asked_for_or_not(question: str, sentence: str, expected: bool) -> None:
    assert offers(analyse(question), sentence) is expected
