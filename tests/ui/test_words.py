"""The page's own words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

import pytest

from rag.types import AbstentionReason, Query
from ui import words


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (1.0, "very likely holds"),
        (0.9, "very likely holds"),
        (0.89, "probably holds"),
        (0.75, "probably holds"),
        (0.5, "may hold"),
        (0.49, "probably does not hold"),
        (0.1, "very likely does not hold"),
        (0.0, "very likely does not hold"),
    ],
)
def test_confidence_is_a_sentence(probability: float, said: str) -> None:
    assert words.confidence(probability) == f"The archive {said} the answer."


def test_every_reason_for_no_answer_has_words() -> None:
    assert set(words.NO_ANSWER) == set(get_args(AbstentionReason))


def test_a_day_is_written_out_whether_or_not_its_hour_is_known() -> None:
    assert words.dated(date(2025, 9, 3)) == "3 September 2025"
    assert words.dated(datetime(2025, 9, 3, 23, 59, tzinfo=UTC)) == "3 September 2025"
    assert words.dated(None) == "undated"


def test_an_unknown_language_code_is_shown_as_it_is() -> None:
    assert [words.language(code) for code in ("bg", "qq", None)] == ["Bulgarian", "qq", "language unknown"]


def test_lists_and_counts_read_like_english() -> None:
    assert [words.listed(list(items)) for items in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
    assert [words.counted(n, "source") for n in (0, 1, 1200)] == ["0 sources", "1 source", "1,200 sources"]


def test_the_days_of_an_archive_are_a_span_or_one_day_or_nothing() -> None:
    first, last = date(2025, 9, 1), date(2025, 9, 2)
    assert words.span_of_days(first, last) == "1 September 2025 – 2 September 2025"
    assert words.span_of_days(first, first) == "1 September 2025"
    assert words.span_of_days(None, None) is None


def test_a_query_without_filters_has_no_scope() -> None:
    assert words.scope(Query("q")) == ()
