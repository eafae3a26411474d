"""Parts after a unit, hedges at a distance, days of the past, and figures that only look like ranges or counts."""

from __future__ import annotations

from datetime import date

import pytest

from rag.values import read_values

DAY = date(2029, 10, 3)


@pytest.mark.parametrize(
    ("language", "text", "low", "hedge"),
    [
        ("bg", "Разговорът трая три часа и четвърт.", 11700, "exact"),
        ("ru", "Заседание шло два с четвертью часа.", 8100, "exact"),
        ("en", "The river fell by a metre and a half.", 1.5, "exact"),
        ("en", "The rate fell by half a percentage point.", 0.5, "exact"),
        ("ru", "Он отсутствовал как минимум в течение 6 месяцев.", 6 * 30.4375 * 86400, "at_least"),
        ("en", "The boat can sail further than 100 kilometres.", 100_000, "more_than"),
        ("ru", "Их нашли более чем через час.", 3600, "more_than"),
    ],
)
def test_a_part_or_a_hedge_that_stands_apart_is_read_with_its_figure(language: str, text: str, low: float, hedge: str) -> None:
    [value] = read_values(text, language)
    assert (value.low, value.hedge) == (pytest.approx(low), hedge)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The strike began on February 18.", date(2029, 2, 18)),
        ("The strike will begin on February 18.", date(2030, 2, 18)),
        ("She will visit the port next, on Monday.", date(2029, 10, 8)),
    ],
)
def test_a_day_without_a_year_follows_the_tense_of_its_verb(text: str, day: date) -> None:
    [value] = read_values(text, "en", published=DAY)
    assert value.low == day.toordinal()


def test_a_share_and_the_total_it_led_to_are_no_range() -> None:
    assert [(v.kind, v.low) for v in read_values("Sales rose 8 per cent to 143,000.", "en")] == [
        ("percent", 8),
        ("number", 143_000),
    ]


def test_the_number_of_a_bus_counts_no_buses() -> None:
    assert read_values("The number 14 bus route was closed.", "en") == ()
