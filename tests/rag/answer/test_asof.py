"""The day whose state of knowledge a question asks for."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answer.asof import as_known
from rag.types import Query

LATEST = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("How many were hurt as of 3 September 2025?", date(2025, 9, 3)),
        ("How many were hurt, as of September 3?", date(2025, 9, 3)),
        ("Сколько пострадавших по состоянию на 3 сентября?", date(2025, 9, 3)),
        ("Колко са ранените към 3 септември 2025 г.?", date(2025, 9, 3)),
        ("Колко са ранените към 3 септември?", date(2025, 9, 3)),
    ],
)
def test_the_day_is_read_in_three_languages_and_filters(question: str, day: date) -> None:
    query, known = as_known(Query(question), lambda: LATEST)
    assert known == query.until == day
    assert query.text == question


def test_a_day_without_a_year_is_the_last_that_the_archive_has() -> None:
    assert as_known(Query("How many were hurt as of 3 September?"), lambda: date(2025, 9, 2))[1] == date(2024, 9, 3)
    assert as_known(Query("How many were hurt as of 3 September?"), lambda: None)[1] is None


@pytest.mark.parametrize(
    "question",
    [
        "How many were hurt on 3 September?",
        "As of that day, what was said on 3 September 2025?",
        "Who is head of the office as of now?",
        "Как отнасяте се към 3 хиляди лева глоба?",
    ],
)
def test_other_dates_and_figures_are_never_taken_for_it(question: str) -> None:
    query, known = as_known(Query(question), lambda: LATEST)
    assert (query.until, known) == (None, None)


def test_the_filter_of_the_query_goes_before_a_later_day_and_is_told() -> None:
    until = date(2025, 9, 1)
    query, known = as_known(Query("How many were hurt as of 3 September 2025?", until=until), lambda: LATEST)
    assert query.until == known == until
    assert as_known(Query("How many were hurt?", until=until), lambda: LATEST)[1] == until
