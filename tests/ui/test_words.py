"""The page's own words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args, get_type_hints

import pytest

from rag import errors
from rag.types import AbstentionReason, Conflict, Packing, Query, Silence, Support
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


@pytest.mark.parametrize(
    ("support", "said"),
    [
        (Support(1, 1, 1), "A single source"),
        (Support(9, 7, 3), "Reported by 7 outlets, 3 of them independent"),
        (Support(7, 7, 7), "Reported by 7 outlets, independently"),
        (Support(5, 4, 1), "Reported by 4 outlets, all after one source"),
        (Support(2, 1, 1), "Reported by 1 outlet in 2 documents"),
        (Support(3, 1, 3), "Reported by 1 outlet in 3 documents"),
        (Support(3, 0, 2), "Reported in 3 documents, 2 of them independent"),
        (Support(4, 2, 4), "Reported by 2 outlets, independently"),
    ],
)
def test_support_is_said_in_words(support: Support, said: str) -> None:
    assert words.support(support) == said


def test_every_kind_of_difference_has_words() -> None:
    hints = get_type_hints(Conflict)
    said = {words.difference(about, relation) for about in get_args(hints["about"]) for relation in get_args(hints["relation"])}
    assert len(said) == len(get_args(hints["about"])) * len(get_args(hints["relation"]))


def test_silence_and_packing_are_counted() -> None:
    assert words.silence(Silence("language", "bg", 1)) == ("Bulgarian", "1 document")
    assert words.silence(Silence("outlet", "bg", 1200)) == ("bg", "1,200 documents")
    assert words.packing(Packing(1, 0, 800, 4096)) == "It read 1 passage: 800 of the 4,096 tokens that it can take."


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (errors.ModelError("x"), "The language model failed"),
        (errors.PackageMissing("torch", "A thing"), "A package is missing"),
        (errors.StampMismatch("x"), "The archive was made under other settings"),
        (errors.ArchiveError("x"), "This did not work"),
    ],
)
def test_an_error_has_the_title_of_its_kind(error: errors.SverkaError, title: str) -> None:
    assert words.problem(error) == title


def test_whole_months_and_years_are_called_by_their_names() -> None:
    assert words.period(date(2024, 2, 1), date(2024, 2, 29)) == "February 2024"
    assert words.period(date(1968, 1, 1), date(1968, 12, 31)) == "1968"
    assert words.period(date(2024, 2, 1), date(2024, 2, 28)) == "1 February 2024 – 28 February 2024"
    assert words.period(date(2024, 1, 1), date(2025, 12, 31)) == "1 January 2024 – 31 December 2025"
    assert words.period(date(2024, 2, 1), date(2024, 2, 1)) == "1 February 2024"


def test_an_estimate_is_never_called_certain() -> None:
    assert [words.estimate(p) for p in (1.0, 0.996, 0.99, 0.5, 0.01, 0.004, 0.0)] == [
        *("over 99%", "over 99%", "99%", "50%"),
        *("1%", "under 1%", "under 1%"),
    ]
