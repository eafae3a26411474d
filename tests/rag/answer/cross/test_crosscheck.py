"""Where reports of one matter differ, and how. All reports are invented; equal vectors are alike to the embedder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

import numpy as np
import pytest

from rag import Archive, crosscheck
from rag.answer.assembly import assemble
from rag.answer.cross.crosscheck import check
from rag.answer.cross.matter import on_the_matter
from rag.answer.cross.statements import reports
from rag.answer.cross.wanted import wanted
from rag.answer.quote import cite
from rag.index.rank import RankedSentence, Ranking
from rag.text import split_sentences
from rag.types import Claim, Conflict, Document

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
HURT = "How many people were hurt in the Kelden crash?"


def report(
    text: str,
    *,
    doc: str,
    language: str = "en",
    day: date = MONDAY,
    outlet: str = "Post",
    angle: float = 0.0,
    score: float = 60.0,
) -> list[RankedSentence]:
    """An article's sentences as the ranking gives them, the first the best."""
    document = Document(id=doc, text=text, source=doc, sha256="", language=language, published=day, outlet=outlet)
    vector = np.array([np.cos(angle), np.sin(angle)])
    spans = split_sentences(text)
    return [RankedSentence(document, span, score - n, vector, 0.8, 0.45) for n, span in enumerate(spans)]


def found(question: str, *reports: list[RankedSentence]) -> Conflict | None:
    conflicts = crosscheck((), question=question, sentences=[s for sentences in reports for s in sentences])
    assert len(conflicts) <= 1
    return conflicts[0] if conflicts else None


def values(conflict: Conflict) -> list[str]:
    return [side.value for side in conflict.sides]


def docs(conflict: Conflict) -> list[list[str]]:
    return [[citation.doc_id for citation in side.citations] for side in conflict.sides]


# ---- numbers


def test_two_counts_of_one_day_contradict_with_both_quotations() -> None:
    conflict = found(
        HURT,
        report("Nineteen people were hurt in the Kelden crash. The line is closed.", doc="a"),
        report("The Kelden crash left 27 people injured, the hospital said. Eight ambulances came.", doc="b"),
    )
    assert conflict is not None
    assert (conflict.about, conflict.relation) == ("number", "contradiction")
    assert values(conflict) == ["19 injured (“Nineteen people”)", "27 injured (“27 people injured”)"]
    assert conflict.sides[0].citations[0].quote == "Nineteen people were hurt in the Kelden crash."
    assert conflict.sides[1].attribution == "the hospital"


@pytest.mark.parametrize(
    ("question", "one", "other", "languages"),
    [
        (
            "How long did the Brin talks last?",
            "The talks in Brin lasted 2.5 hours.",
            "Переговоры в Брине длились 150 минут.",
            "en ru",
        ),
        (
            "How long did the Brin talks last?",
            "Talks in Brin took two and a half hours.",
            "Разговорите в Брин траяха 2,5 часа.",
            "en bg",
        ),
        (
            "How far did the Sarn slick spread?",
            "The Sarn slick spread over 40 kilometres.",
            "The slick at Sarn is 25 miles long.",
            "en en",
        ),
        ("How many live in Tarn?", "Tarn has 18,204 inhabitants.", "There are 18.2 thousand people in Tarn.", "en en"),
        ("When did Tarn flood?", "Tarn was flooded on Sunday, March 1.", "Тарн затопило вчера.", "en ru"),
    ],
)
def test_what_agrees_after_conversion_and_rounding_is_no_conflict(question: str, one: str, other: str, languages: str) -> None:
    first, second = languages.split()
    assert found(question, report(one, doc="a", language=first), report(other, doc="b", language=second)) is None


def test_a_bound_beside_a_figure_is_an_approximation() -> None:
    conflict = found(
        HURT,
        report("At least 12 people were hurt in the Kelden crash.", doc="a"),
        report("In the crash at Kelden 15 people were hurt.", doc="b"),
    )
    assert conflict is not None
    assert conflict.relation == "approximation"


def test_rounded_figures_agree_and_further_ones_do_not() -> None:
    hours = "How long did the Brin talks last?"
    three = report("The talks in Brin lasted three hours.", doc="b")
    assert found(hours, report("The talks in Brin lasted 2 hours 55 minutes.", doc="a"), three) is None
    conflict = found(hours, report("The talks in Brin lasted two and a half hours.", doc="a"), three)
    assert conflict is not None
    assert conflict.relation == "contradiction"


def test_several_documents_with_one_value_share_a_side() -> None:
    conflict = found(
        HURT,
        report("Nineteen people were hurt in the Kelden crash.", doc="a"),
        report("The Kelden crash hurt 27 people.", doc="b"),
        report("В аварии в Келдене пострадали 19 человек.", doc="c", language="ru"),
    )
    assert conflict is not None
    assert docs(conflict) == [["a", "c"], ["b"]]


def test_the_value_is_said_in_the_reader_s_language_beside_its_words() -> None:
    conflict = found(
        "Колко е глобен клубът „Рила“?",
        report("The club Rila was fined 15,000 euros.", doc="a"),
        report("Клубът „Рила“ е глобен с 40 000 евро.", doc="b", language="bg"),
    )
    assert conflict is not None
    assert values(conflict)[0] == "15\u00a0000 евро (“15,000 euros”)"


def test_a_figure_of_something_else_is_not_held_against_one() -> None:
    first = report("Nineteen people were hurt in the Kelden crash.", doc="a")
    assert found(HURT, first, report("After the crash at Kelden 40 trains were cancelled.", doc="b")) is None
    assert found(HURT, first, report("The crash at Kelden killed six people.", doc="b")) is None


def test_years_and_hours_are_not_of_one_thing() -> None:
    question = "How long will the Kelden line be closed?"
    assert (
        found(question, report("The Kelden line closed for three years.", doc="a"), report("Kelden waits four hours.", doc="b"))
        is None
    )


# ---- updates and scope


def test_a_later_report_of_a_change_is_an_update_oldest_first() -> None:
    conflict = found(
        HURT,
        report("The number of hurt in the Kelden crash rose to 15 on Tuesday.", doc="late", day=TUESDAY),
        report("Twelve people were hurt in the Kelden crash.", doc="early"),
    )
    assert conflict is not None
    assert conflict.relation == "update"
    assert docs(conflict) == [["early"], ["late"]]


def test_a_later_report_that_names_the_earlier_value_is_an_update_though_it_has_both() -> None:
    conflict = found(
        "How many homes in Sarn are without power?",
        report("In Sarn 3,800 homes are without power.", doc="a"),
        report("By noon 450 homes in Sarn were without power, down from 3,800.", doc="b", day=TUESDAY),
    )
    assert conflict is not None
    assert conflict.relation == "update"
    assert "450" in values(conflict)[1]


def test_a_correction_is_an_update_whatever_its_figure() -> None:
    conflict = found(
        "How much did the Brin tram cost?",
        report("The Brin tram cost 80 million euros.", doc="a"),
        report("The Brin tram cost 18 million euros, not 80 million. We apologise for the mistake.", doc="b", day=TUESDAY),
    )
    assert conflict is not None
    assert conflict.relation == "update"
    assert [v.split()[0] for v in values(conflict)] == ["80", "18"]


def test_values_of_different_wholes_are_a_difference_of_scope() -> None:
    conflict = found(
        "How many pupils have measles in Sarn?",
        report("In the town of Sarn 310 pupils have measles.", doc="a"),
        report("Across the province of Sarn 1,260 pupils have measles.", doc="b"),
    )
    assert conflict is not None
    assert conflict.relation == "scope"
    assert conflict.sides[0].scope == "town"


def test_talks_alone_and_with_delegations_are_never_one_figure() -> None:
    conflict = found(
        "How long did the talks in Brin last?",
        report("The talks in Brin lasted over 2.5 hours. Then the two spoke alone for about an hour.", doc="a"),
        report(
            "The meeting in Brin took two and a half hours. With the delegations they spoke for over an hour and a half.", doc="b"
        ),
    )
    assert conflict is not None
    assert conflict.relation == "scope"
    assert len(conflict.sides) == 4
    assert {side.scope for side in conflict.sides} >= {"alone", "delegations"}


# ---- dates, yes and no, who


def test_two_days_of_one_event_contradict() -> None:
    conflict = found(
        "When was the painting stolen in Oster?",
        report("The painting was stolen in Oster on February 9.", doc="a"),
        report("Картину в Остере украли 4 февраля.", doc="b", language="ru"),
    )
    assert conflict is not None
    assert (conflict.about, conflict.relation) == ("date", "contradiction")
    assert values(conflict)[1] == "4 February 2026 (“4 февраля”)"


@pytest.mark.parametrize(
    ("question", "one", "other", "second"),
    [
        ("Is the pass at Vrana closed?", "The pass at Vrana is closed.", "Проходът Врана е отворен.", "bg"),
        ("Did Senator Holt back the tax?", "Senator Holt backed the tax.", "Senator Holt did not back the tax.", "en"),
        ("Is Captain Ros in custody?", "Captain Ros is in custody.", "Капитана Рос отпустили на свободу.", "ru"),
        (
            "Did the Sarn guards carry weapons?",
            "The Sarn guards carried weapons.",
            "Никой от пазачите в Сарн не носеше оръжие.",
            "bg",
        ),
    ],
)
def test_yes_stands_against_no(question: str, one: str, other: str, second: str) -> None:
    conflict = found(question, report(one, doc="a"), report(other, doc="b", language=second))
    assert conflict is not None
    assert conflict.about == "polarity"
    assert {value.split()[0] for value in values(conflict)} == {"yes", "no"}


def test_two_ways_to_say_the_same_state_agree() -> None:
    question = "Did the Brin concert take place?"
    one = report("The concert in Brin was cancelled.", doc="a")
    assert found(question, one, report("Концертът в Брин няма да се състои.", doc="b", language="bg")) is None
    assert found(question, one, report("The concert in Brin was held.", doc="b")) is not None


def test_a_state_reported_on_a_later_day_is_an_update() -> None:
    conflict = found(
        "Is the pass at Vrana closed?",
        report("The pass at Vrana is closed.", doc="a"),
        report("The pass at Vrana is open again.", doc="b", day=TUESDAY),
    )
    assert conflict is not None
    assert conflict.relation == "update"


def test_what_may_come_is_not_held_against_what_did() -> None:
    may = report("The council of Sarn may approve the plan.", doc="a")
    assert (
        found("Did the council of Sarn approve the plan?", may, report("The council of Sarn rejected the plan.", doc="b")) is None
    )


def test_two_names_for_one_deed_contradict_and_two_spellings_agree() -> None:
    question = "Who founded the shelter in Oster?"
    one = report("The shelter in Oster was founded by Clara Weiss.", doc="a")
    conflict = found(question, one, report("The shelter in Oster was founded by Piet Kuyper.", doc="b"))
    assert conflict is not None
    assert (conflict.about, values(conflict)) == ("actor", ["Clara Weiss", "Piet Kuyper"])
    assert found(question, one, report("Приют в Остере основала Клара Вайс.", doc="b", language="ru")) is None


def test_who_said_it_is_told_apart_for_a_question_that_asks() -> None:
    conflict = found(
        "Who announced the strike in Sarn?",
        report("The strike in Sarn was announced by the union.", doc="a"),
        report("The strike in Sarn was announced by Mayor Paul Rehm.", doc="b"),
    )
    assert conflict is not None
    assert conflict.about == "attribution"


# ---- another matter


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("How many died in Tarn?", "Three people died in Tarn.", "Five people died in Holm."),
        (
            "How many saw the Sarn fair in 2026?",
            "The Sarn fair in 2026 drew 2,300 visitors.",
            "In 2025 the Sarn fair drew 1,700 visitors.",
        ),
        (
            "Who won the Sarn chess cup?",
            "The Sarn chess cup was won by Dina Orr.",
            "The Sarn draughts cup was won by Emil Krupp.",
        ),
        ("How much was Greta Lind awarded?", "Greta Lind was awarded 75,000 euros.", "Barney Lind was awarded 20,000 euros."),
    ],
)
def test_another_place_year_sort_or_namesake_is_another_matter(question: str, one: str, other: str) -> None:
    assert found(question, report(one, doc="a"), report(other, doc="b", angle=0.3)) is None


def test_sentences_that_are_nothing_alike_are_not_held_against_each_other() -> None:
    first = report("Nineteen people were hurt in the Kelden crash.", doc="a")
    second = report("The Kelden crash hurt 27 people.", doc="b", angle=1.6)
    assert found(HURT, first, second) is None


def test_a_namesake_is_told_by_the_given_name_and_a_surname_alone_is_enough() -> None:
    asked = wanted("How much was Greta Lind awarded?")
    texts = {
        "a": "Greta Lind was awarded 75,000 euros.",
        "b": "The novelist Barney Lind was awarded 20,000.",
        "c": "Lind got 75,000.",
    }
    ranked = [s for doc, text in texts.items() for s in report(text, doc=doc)]
    assert [r.doc_id for r in on_the_matter(asked, reports(ranked))] == ["a", "c"]


def test_reports_far_apart_in_time_are_of_two_occasions() -> None:
    first = report("Nineteen people were hurt in the Kelden crash.", doc="a")
    assert found(HURT, first, report("The Kelden crash hurt 27 people.", doc="b", day=date(2025, 3, 2))) is None


def test_one_document_alone_differs_from_nobody() -> None:
    assert found(HURT, report("Nineteen people were hurt in the Kelden crash. Later 27 people were hurt.", doc="a")) is None


# ---- what is said of both sides by the one report, and claims alone


def test_a_report_that_gives_two_parties_figures_is_held_against_another_by_both() -> None:
    checked = check(
        "How many visitors did the Sarn fair draw?",
        [
            *report("The Sarn fair drew 40,000 visitors.", doc="a"),
            *report(
                "The Sarn fair drew 40,000 visitors, the organisers said. Police said 25,000 visitors came to Sarn.", doc="b"
            ),
        ],
    )
    assert checked is not None
    assert checked.relation == "contradiction"
    assert [[finding.report.doc_id for finding in group] for group in checked.groups] == [["a", "b"], ["b"]]


def test_support_counts_all_who_say_so_not_only_those_cited() -> None:
    class Alone:
        def origins(self, doc_ids: Iterable[str]) -> dict[str, str]:
            return {doc_id: doc_id for doc_id in doc_ids}

    places = ("Arlen", "Borvik", "Cassel", "Dunmor", "Elsby", "Fenwick", "Garrow")
    ranked = [
        s for p in places for s in report(f"From {p}: the Kelden crash hurt 19 people, {p} heard.", doc=p, outlet=f"{p} Post")
    ]
    ranked += report("The Kelden crash hurt 27 people.", doc="other")
    made = assemble(HURT, Ranking((), tuple(ranked), 1.0, {}), cast(Archive, Alone()))
    support = made.claims[0].support
    assert support is not None
    assert (support.documents, support.outlets) == (7, 7)
    assert len(made.claims[0].citations) == 5


def test_claims_alone_are_compared_where_they_count_one_thing() -> None:
    def claim(text: str, doc: str) -> Claim:
        document = Document(id=doc, text=text, source=doc, sha256="", language="en", published=MONDAY)
        return Claim(text, (cite(document, 0, len(text)),))

    one = claim("Twelve people were injured in the Kelden crash.", "a")
    (conflict,) = crosscheck([one, claim("Fifteen people were injured in the Kelden crash.", "b")])
    assert (conflict.about, conflict.relation, values(conflict)) == ("number", "contradiction", ["12 injured", "15 injured"])
    assert crosscheck([one, claim("Twelve people were injured in the crash at Kelden.", "b")]) == ()
    assert crosscheck([one, claim("Forty trees fell in Holm.", "b")]) == ()
    further = [claim("The Kelden crash injured 15 people.", "b"), claim("In the Kelden crash 15 people were injured.", "c")]
    (conflict,) = crosscheck([one, *further, claim("Twelve people were injured in the crash at Kelden.", "d")])
    assert docs(conflict) == [["a", "d"], ["b", "c"]]  # a side for each value, and not a conflict for each pair
