from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from rag.ingest.dates import DateError, find_dates, nearest_year, parse_date, read_stamp


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025-10-11", date(2025, 10, 11)),
        ("20251011", date(2025, 10, 11)),
        ("2025.09.04.", date(2025, 9, 4)),
        ("2025/09/04", date(2025, 9, 4)),
        ("04.09.2025", date(2025, 9, 4)),
        ("11 окт. 2025 г.", date(2025, 10, 11)),
        ("4 сентября 2025 года", date(2025, 9, 4)),
        ("4-го сентября 2025", date(2025, 9, 4)),
        ("ЧЕТВЕРГ, 4 СЕНТЯБРЯ 2025", date(2025, 9, 4)),
        ("12 март 2025 г.", date(2025, 3, 12)),
        ("1 януари 2025", date(2025, 1, 1)),
        ("Sept. 4, 2025", date(2025, 9, 4)),
        ("4th September 2025", date(2025, 9, 4)),
        ("4 September, 2025", date(2025, 9, 4)),
        ("May 4, 2025", date(2025, 5, 4)),
        ("13/04/2025", date(2025, 4, 13)),
        ("04/13/2025", date(2025, 4, 13)),
        ("05/05/2025", date(2025, 5, 5)),
        ("2025-09-04 10:18", datetime(2025, 9, 4, 10, 18)),
        ("2025-09-04T10:18:05Z", datetime(2025, 9, 4, 10, 18, 5, tzinfo=UTC)),
        ("4 сентября 2025, 10:15 МСК", datetime(2025, 9, 4, 10, 15, tzinfo=timezone(timedelta(hours=3)))),
        ("12 март 2025, 10.15 ч.", datetime(2025, 3, 12, 10, 15)),
        ("March 4, 2025, 10:18 p.m.", datetime(2025, 3, 4, 22, 18)),
        ("Thu, 04 Sep 2025 10:18:00 +0300", datetime(2025, 9, 4, 10, 18, tzinfo=timezone(timedelta(hours=3)))),
    ],
)
def test_a_date_is_read_in_each_of_its_forms(written: str, meant: date) -> None:
    read = parse_date(written)
    assert read == meant
    assert type(read) is type(meant)


@pytest.mark.parametrize(
    "written",
    ["2025-02-30", "30.02.2025", "31 февраля 2025", "0001-01-01", "2025", "2025-09", "Sep 2025", "yesterday", "1756944000",
     "2025-09-04T25:00", "4 мая 2025 и 5 мая 2025", "в 2025 году", ""],
)  # fmt: skip
def test_what_is_no_single_day_of_the_calendar_is_refused_with_its_value(written: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(written)
    assert repr(written)[1:-1] in str(caught.value)


def test_slashes_are_ambiguous_in_english_and_day_first_elsewhere() -> None:
    with pytest.raises(DateError, match="two days"):
        parse_date("03/04/2025")
    assert parse_date("03/04/2025", day_first=True) == date(2025, 4, 3)


RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
BULGARIAN = "януари февруари март април май юни юли август септември октомври ноември декември"
ENGLISH = "January February March April May June July August September October November December"


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_has_its_names_in_three_languages(number: int) -> None:
    names = [names.split()[number - 1] for names in (RUSSIAN, BULGARIAN, ENGLISH)]
    for name in (*names, names[2][:3]):
        assert parse_date(f"9 {name} 2025") == date(2025, number, 9)


def test_dates_in_a_text_come_with_their_places_and_impossible_ones_are_passed_over() -> None:
    text = "От 31 февраля 2025 до 4 мая 2025 г., затем 2025.06.01."
    assert [(text[f.start : f.end], f.value) for f in find_dates(text)] == [
        ("4 мая 2025 г.", date(2025, 5, 4)),
        ("2025.06.01", date(2025, 6, 1)),
    ]


@pytest.mark.parametrize("text", ["версия 1.2.2025.3", "счёт 12:30", "10.2025", "192.168.2025.1", "5-10-20255"])
def test_other_numbers_are_no_dates(text: str) -> None:
    assert list(find_dates(text)) == []


def test_a_stamp_gives_the_first_date_and_what_is_left_of_its_line() -> None:
    assert read_stamp("13 августа 2025 / 10:18") == (datetime(2025, 8, 13, 10, 18), "/")
    assert read_stamp("11.02.2025 12:14 | 12.02.2025 15:40") == (datetime(2025, 2, 11, 12, 14), "|")
    assert read_stamp("Мост открыли вчера") is None


def test_a_day_without_a_year_takes_the_nearest() -> None:
    assert nearest_year(9, 4, date(2025, 9, 5)) == date(2025, 9, 4)
    assert nearest_year(12, 31, date(2026, 1, 1)) == date(2025, 12, 31)
    assert nearest_year(1, 1, date(2025, 12, 31)) == date(2026, 1, 1)
    assert nearest_year(5, 1, date(2025, 9, 5)) is None  # 127 days off
    assert nearest_year(2, 30, date(2025, 3, 1)) is None
