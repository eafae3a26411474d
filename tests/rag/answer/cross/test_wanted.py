"""What questions want, and the words that tell a change, a whole and a state, in three languages."""

from __future__ import annotations

import pytest

from rag.answer import scope
from rag.answer.cross import changes
from rag.answer.cross.wanted import wanted
from rag.answer.polarity import negation, states


@pytest.mark.parametrize(
    ("question", "about", "kinds"),
    [
        ("How many people were hurt in Tarn?", "number", ("number",)),
        ("Колко струва билетът?", "number", ("money", "number")),
        ("Во сколько обошёлся ремонт?", "number", ("money", "number")),
        ("За сколько продали дом?", "number", ("money",)),
        ("How long did the talks last?", "number", ("duration",)),
        ("Как долго шли переговоры?", "number", ("duration",)),
        ("На колко години е кметът?", "number", ("age", "duration")),
        ("How far did the horse swim?", "number", ("distance",)),
        ("Какой процент жителей проголосовал?", "number", ("percent",)),
        ("Is the firm paying 180 or 200 million euros?", "number", ("money",)),
        ("When did the bridge fall?", "date", ("date",)),
        ("В колко часа започва мачът?", "date", ("time",)),
        ("Во сколько взлетел самолёт?", "date", ("time",)),
        ("Who was the first to die when the bridge fell?", "actor", ()),
        ("Кой е новият кмет?", "actor", ()),
        ("Who announced that the road is closed?", "attribution", ()),
        ("Кто сообщил о взрыве?", "attribution", ()),
        ("Did the council approve the plan?", "polarity", ()),
        ("Подписа ли кметът договора?", "polarity", ()),
        ("Отменили ли концерт?", "polarity", ()),
        ("Why did the bridge fall?", "attribution", ("cause",)),
        ("Где упал вертолёт?", "actor", ("place",)),
        ("How did the bridge fall?", None, ()),
        ("Как се стигна до срутването?", None, ()),
        ("What happened in Tarn?", None, ()),
    ],
)
def test_a_question_wants_a_value_of_a_kind_a_day_yes_or_no_or_somebody(
    question: str, about: str | None, kinds: tuple[str, ...]
) -> None:
    asked = wanted(question)
    assert (asked.about, asked.kinds) == (about, kinds)


def test_what_is_counted_and_which_names_are_given_is_read() -> None:
    asked = wanted("Колко души загинаха при пожара в хотел „Марица“ в Сливак?")
    assert asked.what == "dead"
    assert {(name.text, name.quoted) for name in asked.names} == {("Марица", True), ("Сливак", False)}


@pytest.mark.parametrize(
    ("question", "now"),
    [
        ("Is the pass closed?", True),
        ("Who will chair the summit?", True),
        ("Кой ще дирижира концерта?", True),
        ("Когда откроют аэропорт?", True),
        ("Who founded the shelter?", False),
        ("Сколько стоил ремонт?", False),
        ("When was the dam built?", False),
    ],
)
def test_a_question_after_what_is_or_will_be_is_told_from_one_after_what_was(question: str, now: bool) -> None:
    assert wanted(question).now is now


@pytest.mark.parametrize(
    ("text", "corrects", "tells"),
    [
        ("The number of dead rose to six.", False, True),
        ("Броят на загиналите нарасна на шест.", False, True),
        ("Матч перенесён на 17 марта.", False, True),
        ("Correction: the bridge was built in 1961.", True, False),
        ("Редакция отзывает вчерашнюю заметку.", True, False),
        ("Това не е вярно: мостът е от 1961 г.", True, False),
        ("Six people died on Monday.", False, False),
    ],
)
def test_corrections_and_changes_are_told_by_their_words(text: str, corrects: bool, tells: bool) -> None:
    assert changes.corrects(text) is corrects
    assert changes.changes(text) is tells


@pytest.mark.parametrize(
    ("before", "after", "earlier"),
    [
        ("homes without power, down from ", "", True),
        ("вместо обещанных ", "", True),
        ("нарасна от ", " на шест", True),
        ("вырос с ", " до шести", True),
        ("е глобен с ", " евро", False),
        ("събраха повече от ", ".", False),
        ("The toll rose to ", "", False),
    ],
)
def test_a_value_that_held_before_is_told_from_the_one_that_holds(before: str, after: str, earlier: bool) -> None:
    assert changes.held_before(before, after) is earlier


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("in the town of Sarn", "по всей области", True),
        ("разговаряха на четири очи", "в присъствието на делегации", True),
        ("all schools", "primary schools", True),
        ("За ночь выпало", "за весь декабрь", True),
        ("in the town of Sarn", "в городе", False),
        ("in Sarn", "в городе", False),
    ],
)
def test_words_of_different_wholes_differ(one: str, other: str, differ: bool) -> None:
    assert scope.differ(scope.marks(one), scope.marks(other)) is differ


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("The bridge is closed.", "Мостът е отворен."),
        ("The painter died.", "Художник жив."),
        ("The council approved it.", "Съветът го отхвърли."),
        ("Радар был выключен.", "The radar was on."),
        ("Swimming is forbidden.", "The ban on swimming was lifted."),
        ("He signed it.", "Он его не подписал."),
        ("Permission was given.", "Разрешения он не давал."),
        ("Есть погибшие.", "Загинали няма."),
    ],
)
def test_opposite_states_are_of_one_row_and_do_not_both_hold(text: str, other: str) -> None:
    held = {state.row: state.holds for state in states(text)}
    assert any(state.row in held and state.holds != held[state.row] for state in states(other))


def test_what_may_be_is_no_state() -> None:
    assert [state.maybe for state in states("The council may approve it.")] == [True]
    assert [state.maybe for state in states("The council approved it.")] == [False]


def test_not_only_denies_nothing() -> None:
    assert negation("Not only the mayor came.") is None
    assert negation("The mayor did not come.") is not None
