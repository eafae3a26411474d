"""How two answers that differ stand to each other, and which figure, day or state of a report is its answer. All invented."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from rag import crosscheck
from rag.answer.cross.crosscheck import heard
from rag.answer.cross.likeness import needed
from rag.answer.cross.wanted import wanted
from rag.answer.scope import differ_in_sort, marks, part_of
from rag.index.rank import RankedSentence
from rag.text import split_sentences
from rag.types import Conflict, Document
from rag.values import read_values

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def report(text: str, *, doc: str, language: str = "en", day: date = MONDAY) -> list[RankedSentence]:
    document = Document(id=doc, text=text, source=doc, sha256="", language=language, published=day, outlet="Post")
    spans = split_sentences(text)
    return [RankedSentence(document, span, 60.0 - n, np.array([1.0, 0.0]), 0.8, 0.45) for n, span in enumerate(spans)]


def found(question: str, one: str, other: str, *, languages: str = "en en", later: date = MONDAY) -> Conflict | None:
    here, there = languages.split()
    reports = report(one, doc="a", language=here) + report(other, doc="b", language=there, day=later)
    conflicts = crosscheck((), question=question, sentences=reports)
    return conflicts[0] if conflicts else None


def relation(question: str, one: str, other: str, *, languages: str = "en en", later: date = MONDAY) -> str | None:
    conflict = found(question, one, other, languages=languages, later=later)
    return conflict.relation if conflict else None


# ---- a part and the whole


@pytest.mark.parametrize(
    ("question", "part", "whole", "languages"),
    [
        ("How many pupils missed school in Tarn?", "In the town 210 pupils missed school in Tarn.",
         "In Tarn 1,700 pupils missed school.", "en en"),
        ("How many goals has Dina Orr scored?", "Dina Orr has scored 9 goals in the cup.",
         "Dina Orr has scored 31 goals in all competitions.", "en en"),
        ("Сколько человек задержаны в Тарне?", "В Тарне задержаны 16 человек.",
         "Всего в Тарне и в пяти странах задержаны 58 человек.", "ru ru"),
        ("Колко дъжд е паднал в Тарн?", "За един час в Тарн паднаха 31 мм дъжд.",
         "За 24 часа в Тарн паднаха 78 мм дъжд.", "bg bg"),
        ("Сколько золота добыл «Тарн»?", "Во втором квартале «Тарн» добыл 3,1 тонны золота.",
         "За полугодие «Тарн» добыл 5,8 тонны золота.", "ru ru"),
        ("Колко състезатели ще участват в Тарн?", "В Тарн при жените ще участват 58 състезатели.",
         "В Тарн ще участват 131 състезатели, мъжете и жените.", "bg bg"),
    ],
)  # fmt: skip
def test_far_apart_figures_of_a_part_and_of_the_whole_are_of_different_scope(
    question: str, part: str, whole: str, languages: str
) -> None:
    assert relation(question, part, whole, languages=languages) == "scope"


def test_near_figures_contradict_whatever_one_says_of_its_whole() -> None:
    one, other = "In Tarn 13 people were aboard, and all are safe.", "In Tarn 17 people were aboard, the men said."
    assert relation("How many people were aboard in Tarn?", one, other) == "contradiction"
    assert relation("How many people were aboard in Tarn?", one, other.replace("17", "77")) == "scope"


def test_how_small_a_figure_is_makes_no_part_of_it() -> None:
    whole = marks("The ship was 14 miles off.")
    assert not part_of(marks("The ship was only three kilometres off."), whole)
    assert part_of(marks("The first ship was three kilometres off."), whole)


def test_net_is_not_gross_however_near_the_two_lie() -> None:
    assert differ_in_sort(marks("11,8 млн. нетно"), marks("12,1 млн. брутно"))
    assert not differ_in_sort(marks("11.8 million in the town"), marks("12.1 million in the county"))


def test_a_day_of_a_month_is_no_month() -> None:
    assert "period" not in marks("It opened on January 8") | marks("Открит на 8 януари")
    assert set(marks("It opened in January")["period"]) == {"month"}


# ---- vague figures


@pytest.mark.parametrize(
    ("question", "vague", "exact", "languages"),
    [
        ("How many storks were counted at Tarn?", "In Tarn 26,470 storks were counted, 57 volunteers from all towns said.",
         "About 26,000 storks were counted at Tarn on Sunday in one of the regions.", "en en"),
        ("How many books were damaged in Tarn?", "In Tarn up to 4,000 books were damaged altogether.",
         "In Tarn 2,100 books were damaged.", "en en"),
        ("How many penguins died in Tarn?", "Tens of thousands of penguins died in Tarn.",
         "In Tarn 47,000 penguins died.", "en en"),
        ("На каква височина се издигна облакът над Тарн?", "Облакът над Тарн се издигна на около 12 км.",
         "Облакът над Тарн в региона се издигна на 11,7 км.", "bg bg"),
    ],
)  # fmt: skip
def test_what_one_report_says_vaguely_is_no_other_scope_and_no_update(
    question: str, vague: str, exact: str, languages: str
) -> None:
    assert relation(question, vague, exact, languages=languages, later=TUESDAY) == "approximation"


def test_a_least_number_of_victims_may_have_grown() -> None:
    one, other = "At least 12 people died in the Tarn flood.", "In the Tarn flood 15 people died."
    assert relation("How many people died in the Tarn flood?", one, other, later=TUESDAY) == "update"


def test_what_a_figure_rose_to_is_no_bound() -> None:
    hedges = [
        read_values(text, language)[0].hedge
        for text, language in (
            ("До 11 нарасна броят на ранените.", "bg"),
            ("Огонь разросся до 1100 гектаров.", "ru"),
            ("До 20 души могат да влязат.", "bg"),
        )
    ]
    assert hedges == ["exact", "exact", "at_most"]


def test_kilograms_and_grams_are_one_weight() -> None:
    one, other = "Слитъкът от Тарн тежи 4,6 кг.", "Слитъкът от Тарн тежи четири килограма и шестстотин грама."
    assert found("Колко тежи слитъкът от Тарн?", one, other, languages="bg bg") is None
    assert found("Колко тежи слитъкът от Тарн?", one, other.replace("шест", "девет"), languages="bg bg") is not None


# ---- days


def test_two_times_of_one_day_contradict_unless_they_are_told_by_two_clocks() -> None:
    question = "When did the Tarn send its last message?"
    one = "The Tarn sent its last message at 2.10am on Monday."
    conflict = found(question, one, "The last message of the Tarn was sent at 4.35am on Monday.")
    assert conflict is not None
    assert [side.value for side in conflict.sides] == ["02:10 (“2.10am”)", "04:35 (“4.35am”)"]
    assert found(question, one, "The last message of the Tarn was sent at 2:10 on Monday.") is None
    evening = "The last message of the Tarn was sent at 14:10 on Monday."
    assert found(question, one, evening) is None


@pytest.mark.parametrize(
    ("question", "planned", "moved", "languages"),
    [
        ("When will the Tarn hall open?", "The Tarn hall will open on 4 May.",
         "The Tarn hall, which had been due to open on 4 May, will open on 9 June instead.", "en en"),
        ("Когда откроется зал в Тарне?", "Зал в Тарне откроется 4 мая.",
         "Открытие зала в Тарне, намечавшееся на 4 мая, перенесено на 9 июня.", "ru ru"),
        ("Кога ще отвори залата в Тарн?", "Залата в Тарн ще отвори на 4 май.",
         "Откриването на залата в Тарн, планирано за 4 май, се отлага за 9 юни.", "bg bg"),
        ("Когда откроется зал в Тарне?", "Зал в Тарне откроется 4 мая.",
         "Открытие зала в Тарне сдвинуто на 9 июня. Ранее открытие зала в Тарне планировалось на 4 мая.", "ru ru"),
    ],
)  # fmt: skip
def test_a_day_that_was_planned_is_not_the_answer_of_who_tells_of_another(
    question: str, planned: str, moved: str, languages: str
) -> None:
    conflict = found(question, planned, moved, languages=languages, later=TUESDAY)
    assert conflict is not None
    assert conflict.relation == "update"
    assert ["9" in side.value for side in conflict.sides] == [False, True]


def test_what_is_put_back_to_a_day_lies_ahead() -> None:
    text = "Engineers have put back the opening to October 30 after tests revealed cracks."
    (day,) = (value for value in read_values(text, "en", published=date(2026, 8, 17)) if value.kind == "date")
    assert day.low == date(2026, 10, 30).toordinal()


# ---- yes and no


def test_that_there_will_be_none_does_not_deny_that_it_is_called_off() -> None:
    question = "Was the Tarn fair cancelled?"
    assert found(question, "The Tarn fair was cancelled.", "There will be no fair in Tarn.") is None
    assert relation(question, "The Tarn fair was cancelled.", "The Tarn fair was not cancelled.") == "contradiction"


def test_a_state_told_in_passing_counts_less_than_what_the_sentence_says() -> None:
    conflict = found(
        "Жива ли Дина Орр?",
        "Dina Orr is dead.",
        "Dina Orr, the climber whose death was announced on Monday, is alive.",
        later=TUESDAY,
    )
    assert conflict is not None
    assert [side.value for side in conflict.sides] == ["нет (“dead”)", "да (“alive”)"]


def test_what_stands_before_a_speaker_who_is_told_of_at_length_is_what_was_said() -> None:
    given = "Пассажиры поезда в Тарне получили воду, заявили в компании."
    denied = (
        "Ни воды, ни еды нам в Тарне не дали, рассказали пассажиры поезда, застрявшего в понедельник под городом при минус 34."
    )
    assert relation("Была ли вода у пассажиров поезда в Тарне?", given, denied, languages="ru ru") == "contradiction"


def test_a_question_whether_a_ban_is_in_force_is_after_the_ban() -> None:
    one, other = "Вносът на сирене от Тарн е забранен от днес.", "Tarn said that the ban on its cheese was lifted."
    assert relation("В сила ли е забраната за сирене от Тарн?", one, other, languages="bg en", later=TUESDAY) == "update"


# ---- who


def test_who_withdrew_is_not_who_will_play_however_that_is_told() -> None:
    conflict = found(
        "Who will play Lara Vent in the Tarn final?",
        "Kira Loban will play Lara Vent in the Tarn final.",
        "After all Jana Hosk goes to the Tarn final when Kira Loban, who will play Lara Vent no more, withdrew on Sunday.",
        later=TUESDAY,
    )
    assert conflict is not None
    assert (conflict.relation, [side.value for side in conflict.sides]) == ("update", ["Kira Loban", "Jana Hosk"])


# ---- of one matter


@pytest.mark.parametrize(
    ("question", "one", "other", "languages"),
    [
        ("How many envoys did Bulgaria expel?", "Bulgaria expelled seven envoys.",
         "Седем пратеници бяха изгонени, петима заминаха.", "en bg"),
        ("How many envoys did Turkey expel?", "Turkey expelled seven envoys.",
         "Turkish officials expelled five envoys.", "en en"),
        ("How many runners fell ill in Sofia?", "In Sofia 29 runners fell ill.",
         "In the Bulgarian capital 41 runners fell ill.", "en en"),
    ],
)  # fmt: skip
def test_a_country_is_named_by_its_adjective_and_its_own_press_need_not_name_it(
    question: str, one: str, other: str, languages: str
) -> None:
    here, there = languages.split()
    answers = heard(wanted(question), report(one, doc="a", language=here) + report(other, doc="b", language=there))
    assert [answer[0].report.missing for answer in answers] == [(), ()]


def test_the_more_reports_answer_the_likelier_a_difference_must_be_of_one_thing() -> None:
    question = wanted("How many died in Tarn?")
    one, other = heard(question, report("Three people died in Tarn.", doc="a") + report("Five people died in Tarn.", doc="b"))
    assert needed(question, one[0], other[0], among=2) < needed(question, one[0], other[0], among=9)
